// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/link_layer.hpp"

namespace gtp::packet {
namespace {

// IPv4 or IPv6 by the first nibble, for layers that do not say which.
bool is_ip(const View& view) noexcept {
  if (view.octets.empty()) return false;
  const int nibble = load_u8(view.data()) >> 4;
  return nibble == 4 || nibble == 6;
}

// | TCI: priority 3b, DEI 1b, VLAN id 12b | EtherType |
bool skip_vlan(View& view, std::uint16_t& ether_type, Packet& out) {
  if (view.size() < 4) return false;
  out.vlan.push_back(load_u16(view.data()) & 0x0fff);
  ether_type = load_u16(view.data() + 2);
  view.skip(4);
  return true;
}

// | label 20b | traffic class 3b | bottom of stack 1b | TTL 8b |, repeated; the payload does not say what it is.
bool skip_mpls(View& view, Packet& out) {
  while (view.size() >= 4) {
    const std::uint32_t entry = load_u32(view.data());
    out.mpls.push_back(entry >> 12);
    view.skip(4);
    if ((entry & 0x100) != 0) return is_ip(view);
  }
  return false;
}

// | version, type | code | session (2) | length (2) | PPP protocol (2) |   (RFC 2516, 4)
bool skip_pppoe(View& view) {
  if (view.size() < 8 || load_u8(view.data() + 1) != 0) return false;
  const std::uint16_t length = load_u16(view.data() + 4);
  const std::uint16_t protocol = load_u16(view.data() + 6);
  if (length < 2 || (protocol != kPppIpv4 && protocol != kPppIpv6)) return false;
  view.skip(8);
  view.limit(length - 2U);
  return true;
}

// 802.2 LLC with SNAP: aa aa 03, organisation 00 00 00, EtherType.
bool skip_snap(View& view, std::uint16_t& ether_type) {
  if (view.size() < 8 || load_u32(view.data()) != 0xaaaa0300 || load_u16(view.data() + 4) != 0) return false;
  ether_type = load_u16(view.data() + 6);
  view.skip(8);
  return true;
}

// The family of the BSD headers: AF_INET is 2 everywhere, AF_INET6 differs (Linux 10, NetBSD 24, FreeBSD 28, macOS 30).
// The null header is in the byte order of the machine that captured.
bool is_ip_family(std::uint32_t family) noexcept {
  if (family > 0xffff) family = family >> 24 | (family >> 8 & 0xff00);
  return family == 2 || family == 10 || family == 24 || family == 28 || family == 30;
}

}  // namespace

bool skip_to_ip(std::uint16_t ether_type, View& view, Packet& out) {
  // Each turn consumes octets, so the loop ends with the frame.
  for (;;) {
    switch (ether_type) {
      case kEtherTypeIpv4:
      case kEtherTypeIpv6:
        return true;
      case kEtherTypeVlan:
      case kEtherTypeProviderVlan:
      case kEtherTypeOldQinQ:
        if (!skip_vlan(view, ether_type, out)) return false;
        break;
      case kEtherTypeMpls:
      case kEtherTypeMplsMulticast:
        return skip_mpls(view, out);
      case kEtherTypePppoeSession:
        return skip_pppoe(view);
      default:
        // Up to 1500 it is the length of an 802.3 frame.
        if (ether_type > 1500) return false;
        view.limit(ether_type);
        if (!skip_snap(view, ether_type)) return false;
        break;
    }
  }
}

bool skip_link_layer(LinkType link, View& view, Packet& out) {
  std::size_t header = 0;
  std::size_t type_at = 0;
  switch (link) {
    case LinkType::ethernet:
      header = 14;
      type_at = 12;
      break;
    case LinkType::linux_sll:
      header = 16;
      type_at = 14;
      break;
    case LinkType::linux_sll2:
      header = 20;
      type_at = 0;
      break;
    case LinkType::null:
    case LinkType::loop:
      if (view.size() < 4 || !is_ip_family(load_u32(view.data()))) return false;
      view.skip(4);
      return is_ip(view);
    case LinkType::raw_bsd:
    case LinkType::raw_openbsd:
    case LinkType::raw:
    case LinkType::ipv4:
    case LinkType::ipv6:
      return is_ip(view);
  }
  if (header == 0 || view.size() < header) return false;
  const std::uint16_t ether_type = load_u16(view.data() + type_at);
  view.skip(header);
  return skip_to_ip(ether_type, view, out);
}

}  // namespace gtp::packet
