// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/inner_packet.hpp"

#include "libcommon/packet/checksum.hpp"
#include "libcommon/packet/ip_header.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kIpv4Header = 20;
constexpr std::size_t kIpv6Header = 40;
constexpr std::size_t kUdpHeader = 8;
constexpr std::size_t kIcmpHeader = 8;
constexpr std::size_t kTcpHeader = 20;
constexpr std::uint16_t kFragmentBits = 0x3fff;  // more fragments, offset

// The header in front of the upper layer. False: there is no such header.
bool read_ip(Bytes octets, InnerPacket& out, bool& fragment) noexcept {
  if (octets.empty()) return false;
  const std::byte* at = octets.data();
  out.version = static_cast<std::uint8_t>(load_u8(at) >> 4);
  if (out.version == 4) {
    const std::size_t header = std::size_t{4} * (load_u8(at) & 0x0f);
    if (header < kIpv4Header || octets.size() < header) return false;
    out.end = load_u16(at + 2);
    out.protocol = load_u8(at + 9);
    out.upper_at = header;
    fragment = (load_u16(at + 6) & kFragmentBits) != 0;
  } else if (out.version == 6 && octets.size() >= kIpv6Header) {
    out.end = kIpv6Header + load_u16(at + 4);
    out.protocol = load_u8(at + 6);
    out.upper_at = kIpv6Header;
  } else {
    return false;
  }
  return out.end >= out.upper_at && out.end <= octets.size();
}

// 0: not one of ours.
std::size_t upper_header_length(Bytes upper, std::uint8_t protocol, std::uint8_t version) noexcept {
  switch (protocol) {
    case packet::protocol::kUdp:
      return upper.size() >= kUdpHeader && load_u16(upper.data() + 4) == upper.size() ? kUdpHeader : 0;
    case packet::protocol::kTcp: {
      if (upper.size() < kTcpHeader) return 0;
      const std::size_t length = std::size_t{4} * (load_u8(upper.data() + 12) >> 4);
      return length >= kTcpHeader && length <= upper.size() ? length : 0;
    }
    case packet::protocol::kIcmp:
      return version == 4 && upper.size() >= kIcmpHeader ? kIcmpHeader : 0;
    case packet::protocol::kIcmpv6:
      return version == 6 && upper.size() >= kIcmpHeader ? kIcmpHeader : 0;
    default:
      return 0;
  }
}

}  // namespace

InnerPacket read_inner_packet(Bytes octets) noexcept {
  InnerPacket out;
  bool fragment = false;
  if (!read_ip(octets, out, fragment)) return out;
  out.status = InnerPacket::Status::opaque;
  if (fragment) return out;
  const std::size_t length =
      upper_header_length(octets.subspan(out.upper_at, out.end - out.upper_at), out.protocol, out.version);
  if (length == 0) return out;
  out.payload_at = out.upper_at + length;
  out.status = InnerPacket::Status::ok;
  return out;
}

bool has_right_checksums(Bytes octets, const InnerPacket& packet) noexcept {
  const Bytes upper = octets.subspan(packet.upper_at, packet.end - packet.upper_at);
  if (packet.version == 4) {
    if (packet::ipv4_header_checksum(octets.first(packet.upper_at)) != 0) return false;
    if (packet.protocol == packet::protocol::kIcmp) {
      packet::Checksum sum;
      sum.add(upper);
      return sum.value() == 0;
    }
  }
  if (packet.protocol == packet::protocol::kUdp && load_u16(upper.data() + 6) == 0) return packet.version == 4;
  const std::size_t address = packet.version == 4 ? 4 : 16;
  const std::size_t src_at = packet.version == 4 ? 12 : 8;
  packet::Checksum sum;
  sum.add(octets.subspan(src_at, 2 * address));
  sum.add_u16(packet.protocol);
  // The upper layer's length, of which no IP packet has more than 16 bits.
  sum.add_u16(static_cast<std::uint16_t>(upper.size()));
  sum.add(upper);
  return sum.value() == 0;
}

}  // namespace gtp::gen
