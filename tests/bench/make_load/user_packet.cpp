// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/make_load/user_packet.hpp"

#include <algorithm>
#include <array>

#include "libcommon/packet/checksum.hpp"

namespace gtp::test {
namespace {

constexpr std::uint8_t kTtl = 64;
constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kIcmpv6 = 58;

const std::array<std::byte, UserPacket::kMaxLength>& payload_octets() {
  static const auto octets = [] {
    std::array<std::byte, UserPacket::kMaxLength> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::byte>(i & 0xff);
    return out;
  }();
  return octets;
}

bool is_icmp(UserPacket::Kind kind) {
  return kind == UserPacket::Kind::icmp_echo_request || kind == UserPacket::Kind::icmp_echo_reply;
}

std::uint8_t protocol_of(const UserPacket& packet) {
  if (is_icmp(packet.kind)) return packet.src.is_v4() ? kIcmp : kIcmpv6;
  return packet.kind == UserPacket::Kind::tcp ? kTcp : kUdp;
}

std::size_t transport_header_size(const UserPacket& packet) { return packet.kind == UserPacket::Kind::tcp ? 20 : 8; }
std::size_t ip_header_size(const UserPacket& packet) { return packet.src.is_v4() ? 20 : 40; }

std::uint8_t icmp_type(const UserPacket& packet) {
  const bool request = packet.kind == UserPacket::Kind::icmp_echo_request;
  if (packet.src.is_v4()) return request ? 8 : 0;
  return request ? 128 : 129;
}

// Writes the header with a checksum of zero; returns where in the header the checksum stands.
std::size_t write_transport_header(ByteWriter& out, const UserPacket& packet, std::size_t segment_length) {
  if (is_icmp(packet.kind)) {
    out.u8(icmp_type(packet));
    out.zeros(3);
    out.u16(packet.src_port);
    out.u16(packet.dst_port);
    return 2;
  }
  out.u16(packet.src_port);
  out.u16(packet.dst_port);
  if (packet.kind == UserPacket::Kind::tcp) {
    out.u32(0x10000000U + packet.id);
    out.u32(0x20000000U + packet.id);
    out.u8(0x50);
    out.u8(packet.tcp_flags);
    out.u16(65535);
    out.u32(0);
    return 16;
  }
  out.u16(static_cast<std::uint16_t>(segment_length));
  out.u16(0);
  return 6;
}

}  // namespace

void write_ip_header(ByteWriter& out, const IpHeader& header, std::size_t payload_length) {
  const auto traffic_class = static_cast<std::uint8_t>(header.dscp << 2);
  if (header.src.is_v4()) {
    const std::size_t at = out.size();
    out.u8(0x45);
    out.u8(traffic_class);
    out.u16(static_cast<std::uint16_t>(20 + payload_length));
    out.u16(header.id);
    out.u16(0);
    out.u8(kTtl);
    out.u8(header.protocol);
    out.u16(0);
    out.put(header.src.octets());
    out.put(header.dst.octets());
    if (!out.overflowed()) out.patch(at + 10, packet::ipv4_header_checksum(out.view().subspan(at)), 2);
    return;
  }
  out.u32(0x60000000U | std::uint32_t{traffic_class} << 20);
  out.u16(static_cast<std::uint16_t>(payload_length));
  out.u8(header.protocol);
  out.u8(kTtl);
  out.put(header.src.octets());
  out.put(header.dst.octets());
}

std::size_t size_of(const UserPacket& packet) {
  return std::clamp(packet.length, ip_header_size(packet) + transport_header_size(packet), UserPacket::kMaxLength);
}

void write_user_packet(ByteWriter& out, const UserPacket& packet) {
  const std::size_t segment_length = size_of(packet) - ip_header_size(packet);
  const std::uint8_t protocol = protocol_of(packet);
  write_ip_header(out,
                  {.src = packet.src, .dst = packet.dst, .protocol = protocol, .dscp = packet.dscp, .id = packet.id},
                  segment_length);
  const std::size_t at = out.size();
  const std::size_t checksum_at = at + write_transport_header(out, packet, segment_length);
  out.put(slice(payload_octets(), 0, segment_length - transport_header_size(packet)));
  if (out.overflowed()) return;
  packet::Checksum sum;
  if (protocol != kIcmp) {
    sum.add_pseudo_header(packet.src, packet.dst, protocol, static_cast<std::uint32_t>(segment_length));
  }
  sum.add(out.view().subspan(at));
  const std::uint16_t value = sum.value();
  out.patch(checksum_at, value == 0 && protocol == kUdp ? 0xffff : value, 2);
}

}  // namespace gtp::test
