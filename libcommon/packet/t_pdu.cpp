// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/t_pdu.hpp"

#include "libcommon/packet/link_layer.hpp"

namespace gtp::packet {
namespace {

constexpr std::uint16_t kPppLcp = 0xc021;
constexpr std::uint16_t kPppPap = 0xc023;
constexpr std::uint16_t kPppChap = 0xc223;
constexpr std::uint16_t kPppIpcp = 0x8021;
constexpr std::uint16_t kPppIpv6cp = 0x8057;
constexpr std::uint16_t kEtherTypeLldp = 0x88cc;
constexpr std::uint16_t kEtherTypePtp = 0x88f7;
constexpr std::uint16_t kEtherTypeEapol = 0x888e;
constexpr std::uint16_t kEtherTypePppoeDiscovery = 0x8863;

// An EtherType that Ethernet PDU sessions carry, and for IP the matching nibble behind it.
bool looks_like_ethernet(const View& view) noexcept {
  if (view.size() < 15) return false;
  const int nibble = load_u8(view.data() + 14) >> 4;
  switch (load_u16(view.data() + 12)) {
    case kEtherTypeIpv4:
      return nibble == 4;
    case kEtherTypeIpv6:
      return nibble == 6;
    case kEtherTypeArp:
    case kEtherTypeVlan:
    case kEtherTypeProviderVlan:
    case kEtherTypeMpls:
    case kEtherTypePppoeDiscovery:
    case kEtherTypePppoeSession:
    case kEtherTypeEapol:
    case kEtherTypeLldp:
    case kEtherTypePtp:
      return true;
    default:
      return false;
  }
}

// PPP with (RFC 1662: ff 03) or without address and control, then a protocol number.
bool looks_like_ppp(View view) noexcept {
  if (view.size() >= 4 && load_u16(view.data()) == 0xff03) view.skip(2);
  if (view.size() < 2) return false;
  switch (load_u16(view.data())) {
    case kPppIpv4:
    case kPppIpv6:
    case kPppLcp:
    case kPppPap:
    case kPppChap:
    case kPppIpcp:
    case kPppIpv6cp:
      return true;
    default:
      return false;
  }
}

Inner::Payload classify_non_ip(const View& view) noexcept {
  if (looks_like_ethernet(view)) return Inner::Payload::ethernet;
  if (looks_like_ppp(view)) return Inner::Payload::ppp;
  return Inner::Payload::unknown;
}

}  // namespace

void decode_upper_layer(const IpHeader& ip, Inner& inner) noexcept {
  const View& upper = ip.payload;
  const std::byte* p = upper.data();
  switch (ip.protocol) {
    case protocol::kTcp:
      if (upper.size() >= 14) inner.tcp_flags = load_u8(p + 13);
      [[fallthrough]];
    case protocol::kUdp:
    case protocol::kUdpLite:
    case protocol::kSctp:
      if (upper.size() < 4) return;
      inner.has_ports = true;
      inner.src_port = load_u16(p);
      inner.dst_port = load_u16(p + 2);
      return;
    case protocol::kIcmp:
    case protocol::kIcmpv6:
      if (upper.size() < 2) return;
      inner.has_icmp_type = true;
      inner.icmp_type = load_u8(p);
      inner.icmp_code = load_u8(p + 1);
      return;
    default:
      return;
  }
}

namespace {

void fill_ip(const IpHeader& ip, Inner& inner) noexcept {
  inner.ip_version = ip.version;
  inner.protocol = ip.protocol;
  inner.dscp = ip.dscp;
  inner.has_length = ip.has_length;
  inner.has_protocol = ip.has_protocol;
  inner.length = ip.length;
  inner.src = ip.src;
  inner.dst = ip.dst;
  inner.has_addresses = !ip.dst.empty();
  inner.is_fragment = ip.is_fragment;
  inner.more_fragments = ip.more_fragments;
  inner.fragment_offset = static_cast<std::uint16_t>(ip.fragment_offset / 8);
}

// To the IP packet of an Ethernet frame, behind at most two VLAN tags. False: no IP in it.
bool skip_ethernet(View& view) noexcept {
  for (std::size_t at = 12; at <= 20 && view.size() >= at + 2; at += 4) {
    switch (load_u16(view.data() + at)) {
      case kEtherTypeIpv4:
      case kEtherTypeIpv6:
        view.skip(at + 2);
        return true;
      case kEtherTypeVlan:
      case kEtherTypeProviderVlan:
        break;
      default:
        return false;
    }
  }
  return false;
}

// The frame of an Ethernet PDU session: payload stays `ethernet`, the IP packet in it is decoded as any other.
bool decode_ethernet(View frame, Layer& layer, IpHeader& ip) noexcept {
  if (!skip_ethernet(frame) || read_ip_header(frame, ip) != IpStatus::ok) return false;
  fill_ip(ip, layer.inner);
  layer.inner.truncated = ip.has_length && ip.length > frame.size();
  if (ip.has_upper_layer()) decode_upper_layer(ip, layer.inner);
  return true;
}

}  // namespace

bool decode_t_pdu(const View& t_pdu, Layer& layer, IpHeader& ip) noexcept {
  Inner& inner = layer.inner;
  inner.octets = t_pdu.octets;
  inner.offset = t_pdu.offset;
  if (t_pdu.octets.empty()) return false;

  const IpStatus status = read_ip_header(t_pdu, ip);
  // A MAC address may begin with 4 or 6 too; then the IP length hardly fits.
  const bool fits =
      status == IpStatus::ok && ip.length == t_pdu.wire && (ip.version == 6 || load_u16(t_pdu.data() + 2) != 0);
  if (!fits && (status == IpStatus::not_ip || looks_like_ethernet(t_pdu))) {
    inner.payload = classify_non_ip(t_pdu);
    return inner.payload == Inner::Payload::ethernet && decode_ethernet(t_pdu, layer, ip);
  }

  inner.payload = Inner::Payload::ip;
  fill_ip(ip, inner);
  inner.truncated = ip.has_length && ip.length > t_pdu.size();
  if (ip.has_length && ip.length > t_pdu.wire) layer.header.faults.add(wire::Fault::inner_length_beyond_packet);
  if (status == IpStatus::malformed) layer.header.faults.add(wire::Fault::inner_malformed);
  if (status != IpStatus::ok) return false;
  if (ip.has_upper_layer()) decode_upper_layer(ip, inner);
  return true;
}

}  // namespace gtp::packet
