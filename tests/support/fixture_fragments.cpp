// SPDX-License-Identifier: GPL-2.0-or-later
//
// "fragments": IPv4 and IPv6 fragments of the outer packet and of the T-PDU, in and out of order, twice and never.
#include "tests/support/network.hpp"

namespace gtp::test {
namespace {

constexpr std::string_view kA = "192.0.2.1";
constexpr std::string_view kB = "198.51.100.1";
constexpr std::string_view kA6 = "2001:db8::1";
constexpr std::string_view kB6 = "2001:db8::2";
constexpr std::string_view kUe = "10.45.0.7";
constexpr std::string_view kServer = "203.0.113.9";
constexpr std::uint16_t kMore = 0x2000;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kIpv6Fragment = 44;

// Octets [from, to) of an IP payload as IPv4 fragment.
Octets ipv4_fragment(std::string_view src, std::string_view dst, const Octets& payload, std::uint16_t id,
                     std::size_t from, std::size_t to) {
  const bool last = to >= payload.size();
  const auto fragment = static_cast<std::uint16_t>(from / 8 | (last ? 0 : kMore));
  return ip_packet(src, dst, kUdp, cut(payload, from, last ? payload.size() : to), id, fragment);
}

Octets ipv6_piece(const Octets& payload, std::uint32_t id, std::size_t from, std::size_t to) {
  const bool last = to >= payload.size();
  return ip_packet(
      kA6, kB6, kIpv6Fragment,
      ipv6_fragment(kUdp, static_cast<std::uint16_t>(from), !last, id, cut(payload, from, last ? payload.size() : to)));
}

Octets g_pdu(std::uint32_t teid, const Octets& t_pdu) {
  return ethernet_frame(udp_packet(kA, kB, 2152, 2152, gtpu(255, teid, t_pdu)));
}

}  // namespace

void make_fragments(FixtureFile& file) {
  const Octets t_pdu = udp_packet(kUe, kServer, 5000, 53, counting(200));
  const Octets outer = udp_segment(kA, kB, 2152, 2152, gtpu(255, 0x11, t_pdu));
  const auto piece = [&](std::uint16_t id, std::size_t from, std::size_t to) {
    file.add(ethernet_frame(ipv4_fragment(kA, kB, outer, id, from, to)));
  };
  // In order.
  piece(1, 0, 96);
  piece(1, 96, 192);
  piece(1, 192, 999);
  // Out of order, one piece twice.
  piece(2, 192, 999);
  piece(2, 96, 192);
  piece(2, 96, 192);
  piece(2, 0, 96);
  // Never complete.
  piece(3, 0, 96);

  const Octets outer6 = udp_segment(kA6, kB6, 2152, 2152, gtpu(255, 0x12, t_pdu));
  file.add(ethernet_frame(ipv6_piece(outer6, 0x77, 0, 120)));
  file.add(ethernet_frame(ipv6_piece(outer6, 0x77, 120, 999)));

  // The user's packet in two G-PDUs; and the same identification in another tunnel meanwhile.
  const Octets segment = udp_segment(kUe, kServer, 5000, 53, counting(200));
  const Octets other = udp_segment(kUe, kServer, 6000, 53, counting(120));
  file.add(g_pdu(0x21, ipv4_fragment(kUe, kServer, segment, 9, 0, 104)));
  file.add(g_pdu(0x22, ipv4_fragment(kUe, kServer, other, 9, 0, 64)));
  file.add(g_pdu(0x22, ipv4_fragment(kUe, kServer, other, 9, 64, 999)));
  file.add(g_pdu(0x21, ipv4_fragment(kUe, kServer, segment, 9, 104, 999)));
}

}  // namespace gtp::test
