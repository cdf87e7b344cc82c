// SPDX-License-Identifier: GPL-2.0-or-later
//
// Octets for the tests of what is received, put together by hand from RFC 791, 768 and TS 29.281.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "libcommon/packet/checksum.hpp"
#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::gen::test {

using Octets = std::vector<std::byte>;

inline Octets hex(std::string_view text) {
  Octets out;
  unsigned value = 0;
  int digits = 0;
  for (const char c : text) {
    if (c == ' ') continue;
    value = value << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    if (++digits % 2 == 0) out.push_back(static_cast<std::byte>(value & 0xff));
  }
  return out;
}

inline void append(Octets& to, const Octets& more) { to.insert(to.end(), more.begin(), more.end()); }

inline void store(Octets& octets, std::size_t at, std::uint16_t value) {
  octets[at] = static_cast<std::byte>(value >> 8);
  octets[at + 1] = static_cast<std::byte>(value & 0xff);
}

// A stamp of tunnel 2, sequence number 7, due at 0x1000 ns, run 0x1234; and two octets behind it.
inline Octets stamp_payload() { return hex("4754 00 000002 00000007 000000001000 1234 abcd"); }

// UDP from port 1000 to 2000 with a right checksum.
inline Octets udp(const Octets& payload, const IpAddress& src, const IpAddress& dst) {
  Octets out = hex("03e8 07d0 0000 0000");
  append(out, payload);
  store(out, 4, static_cast<std::uint16_t>(out.size()));
  store(out, 6, packet::upper_layer_checksum(src, dst, 17, out));
  return out;
}

inline Octets ipv4(std::uint8_t protocol, const Octets& upper) {
  Octets out = hex("4500 0000 0001 0000 4000 0000 0a2d0001 0a2e0002");
  out[9] = static_cast<std::byte>(protocol);
  store(out, 2, static_cast<std::uint16_t>(out.size() + upper.size()));
  store(out, 10, packet::ipv4_header_checksum(Bytes(out).first(20)));
  append(out, upper);
  return out;
}

inline Octets ipv6(std::uint8_t protocol, const Octets& upper) {
  Octets out = hex("60000000 0000 00 40 20010db8000000000000000000000001 20010db8000000000000000000000002");
  out[6] = static_cast<std::byte>(protocol);
  store(out, 4, static_cast<std::uint16_t>(upper.size()));
  append(out, upper);
  return out;
}

inline IpAddress ue4() { return IpAddress::v4(0x0a2d0001); }
inline IpAddress server4() { return IpAddress::v4(0x0a2e0002); }
inline IpAddress ue6() { return *IpAddress::parse("2001:db8::1"); }
inline IpAddress server6() { return *IpAddress::parse("2001:db8::2"); }

inline Octets udp4_packet() { return ipv4(17, udp(stamp_payload(), ue4(), server4())); }
inline Octets udp6_packet() { return ipv6(17, udp(stamp_payload(), ue6(), server6())); }

// A G-PDU of TEID 0x51a0ff17.
inline Octets g_pdu(const Octets& inner) {
  Octets out = hex("30 ff 0000 51a0ff17");
  store(out, 2, static_cast<std::uint16_t>(inner.size()));
  append(out, inner);
  return out;
}

// The same with an uplink PDU Session Container of QFI 9.
inline Octets g_pdu_with_qfi(const Octets& inner) {
  Octets out = hex("34 ff 0000 51a0ff17 0000 00 85 01 10 09 00");
  store(out, 2, static_cast<std::uint16_t>(inner.size() + 8));
  append(out, inner);
  return out;
}

}  // namespace gtp::gen::test
