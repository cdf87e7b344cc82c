// SPDX-License-Identifier: GPL-2.0-or-later
//
// Builds frames from the inside out: ethernet(ipv4(udp(2152, 2152, gtpu(255, 0x1234, ipv4(...))))). Lengths are right
// unless a test overwrites them in the octets; checksums are zero unless a test computes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "libcommon/packet/layer.hpp"
#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::test {

using Octets = std::vector<std::byte>;

inline Octets operator+(Octets left, const Octets& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline Octets be8(std::uint64_t value) { return {static_cast<std::byte>(value)}; }
inline Octets be16(std::uint64_t value) { return be8(value >> 8) + be8(value); }
inline Octets be32(std::uint64_t value) { return be16(value >> 16) + be16(value); }
inline Octets zeros(std::size_t count) { return Octets(count); }
// Octets that differ from their neighbours, to notice when they end up in the wrong place.
inline Octets counting(std::size_t count) {
  Octets out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<std::byte>(i * 7 + i / 256);
  return out;
}
// "30 ff 00 04"; blanks are ignored.
inline Octets hex(std::string_view text) {
  Octets out;
  int digits = 0;
  unsigned value = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    value = value << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    if (++digits % 2 == 0) out.push_back(static_cast<std::byte>(value));
  }
  return out;
}
inline Octets cut(Octets octets, std::size_t from, std::size_t to) {
  const auto at = [&](std::size_t i) { return octets.begin() + static_cast<std::ptrdiff_t>(i); };
  return {at(from), at(to)};
}

inline Octets ethernet(const Octets& payload, std::uint16_t ether_type = 0x0800) {
  return hex("020000000002 020000000001") + be16(ether_type) + payload;
}
// A tag and what it announces: ethernet(vlan(100, ipv4(...)), 0x8100).
inline Octets vlan(std::uint16_t id, const Octets& payload, std::uint16_t ether_type = 0x0800) {
  return be16(id) + be16(ether_type) + payload;
}
inline Octets mpls(std::uint32_t label, bool bottom, const Octets& payload) {
  return be32(label << 12 | (bottom ? 0x100U : 0U) | 64U) + payload;
}

struct Ipv4Options {
  std::uint16_t id = 0;
  std::uint16_t fragment = 0;  // flags and offset as in the header: 0x2000 is MF
  std::string_view src = "192.0.2.1";
  std::string_view dst = "198.51.100.1";
  Octets options = {};
  std::uint8_t dscp = 0;
};
inline Octets address(std::string_view text) {
  const IpAddress parsed = IpAddress::parse(text).value();
  return {parsed.octets().begin(), parsed.octets().end()};
}
inline Octets ipv4(std::uint8_t protocol, const Octets& payload, const Ipv4Options& o = {}) {
  const std::size_t header = 20 + o.options.size();
  return be8(0x40 | header / 4) + be8(o.dscp * 4U) + be16(header + payload.size()) + be16(o.id) + be16(o.fragment) +
         be8(64) + be8(protocol) + be16(0) + address(o.src) + address(o.dst) + o.options + payload;
}
inline Octets ipv6(std::uint8_t next_header, const Octets& payload, std::string_view src = "2001:db8::1",
                   std::string_view dst = "2001:db8::2") {
  return be32(0x60000000) + be16(payload.size()) + be8(next_header) + be8(64) + address(src) + address(dst) + payload;
}
inline Octets ipv6_fragment(std::uint8_t next_header, std::uint16_t offset, bool more, std::uint32_t id,
                            const Octets& payload) {
  return be8(next_header) + be8(0) + be16(offset | (more ? 1 : 0)) + be32(id) + payload;
}

inline Octets udp(std::uint16_t src, std::uint16_t dst, const Octets& payload) {
  return be16(src) + be16(dst) + be16(8 + payload.size()) + be16(0) + payload;
}
inline Octets tcp(std::uint16_t src, std::uint16_t dst, const Octets& payload, std::uint8_t flags = 0x18) {
  return be16(src) + be16(dst) + be32(1) + be32(2) + be8(0x50) + be8(flags) + be16(1000) + be32(0) + payload;
}

// GTPv1 without optional fields.
inline Octets gtpu(std::uint8_t type, std::uint32_t teid, const Octets& body) {
  return be8(0x30) + be8(type) + be16(body.size()) + be32(teid) + body;
}
// GTPv1 with a PDU Session Container.
inline Octets gtpu_pdu_session(std::uint32_t teid, std::uint8_t pdu_type, std::uint8_t qfi, const Octets& body) {
  const Octets rest = hex("0000 00 85 01") + be8(pdu_type * 16U) + be8(qfi) + be8(0) + body;
  return be8(0x34) + be8(255) + be16(rest.size()) + be32(teid) + rest;
}
inline Octets gtpv2(std::uint8_t type, std::uint32_t teid, std::uint32_t sequence, const Octets& ies,
                    bool piggyback = false) {
  return be8(piggyback ? 0x58 : 0x48) + be8(type) + be16(8 + ies.size()) + be32(teid) + be32(sequence << 8) + ies;
}
inline Octets pfcp(std::uint8_t type, std::uint32_t sequence, const Octets& ies, bool follow_on = false) {
  return be8(follow_on ? 0x24 : 0x20) + be8(type) + be16(4 + ies.size()) + be32(sequence << 8) + ies;
}

// A user packet: UDP 5000 -> 53.
inline Octets user_packet(std::size_t payload = 40) {
  return ipv4(17, udp(5000, 53, counting(payload)), {.src = "100.64.0.1", .dst = "203.0.113.9", .dscp = 10});
}

}  // namespace gtp::test
