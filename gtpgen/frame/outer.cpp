// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/outer.hpp"

#include "gtpgen/frame/fold.hpp"
#include "libcommon/packet/checksum.hpp"
#include "libcommon/packet/ip_header.hpp"
#include "libcommon/packet/link_layer.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint8_t kHopLimit = 64;
constexpr std::uint16_t kDontFragment = 0x4000;

}  // namespace

void write_ip_header(ByteWriter& out, const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                     std::size_t payload, std::uint8_t dscp, bool df) noexcept {
  const std::size_t start = out.size();
  if (source.is_v6()) {
    out.u32(0x60000000U | std::uint32_t{dscp} << 22);
    out.u16(static_cast<std::uint16_t>(payload));
    out.u8(protocol);
    out.u8(kHopLimit);
    out.put(source.octets());
    out.put(destination.octets());
    return;
  }
  out.u8(0x45);
  out.u8(static_cast<std::uint8_t>(dscp << 2));
  out.u16(static_cast<std::uint16_t>(20 + payload));
  out.u16(0);
  out.u16(df ? kDontFragment : 0);
  out.u8(kHopLimit);
  out.u8(protocol);
  out.u16(0);
  out.put(source.octets());
  out.put(destination.octets());
  if (!out.overflowed()) out.patch(start + 10, packet::ipv4_header_checksum(out.view().subspan(start)), 2);
}

void write_link_header(ByteWriter& out, const LinkHeader& link, int ip_version) noexcept {
  out.put(link.destination);
  out.put(link.source);
  out.u16(ip_version == 6 ? packet::kEtherTypeIpv6 : packet::kEtherTypeIpv4);
}

void write_udp_datagram(ByteWriter& out, const OuterHeader& outer, const OuterStyle& style, Bytes message) noexcept {
  write_ip_header(out, outer.source, outer.destination, packet::protocol::kUdp, 8 + message.size(), style.dscp,
                  style.df);
  const std::size_t udp = out.size();
  out.u16(outer.source_port);
  out.u16(outer.destination_port);
  out.u16(static_cast<std::uint16_t>(8 + message.size()));
  out.u16(0);
  out.put(message);
  if (out.overflowed()) return;
  const std::uint16_t checksum =
      packet::upper_layer_checksum(outer.source, outer.destination, packet::protocol::kUdp, out.view().subspan(udp));
  out.patch(udp + 6, checksum == 0 ? 0xffff : checksum, 2);
}

}  // namespace gtp::gen
