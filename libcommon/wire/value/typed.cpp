// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/typed.hpp"

#include <algorithm>

namespace gtp::wire {
namespace {

// An address that is not all there stays empty: IpAddress::from() takes 4 or 16 octets.
void read_ipv4(Cursor& at, Addresses& out) noexcept { out.ipv4 = IpAddress::from(at.take(4)); }
void read_ipv6(Cursor& at, Addresses& out) noexcept {
  const Bytes octets = at.take(16);
  if (octets.size() == 16) out.ipv6 = IpAddress::from(octets);
}

void read_teid(Cursor& at, TunnelEndpoint& out) noexcept {
  out.id = at.u32();
  out.has_id = !at.failed();
}

}  // namespace

bool is_unspecified(const IpAddress& address) noexcept {
  const Bytes octets = address.octets();
  return std::all_of(octets.begin(), octets.end(), [](std::byte b) { return b == std::byte{0}; });
}

// | V4 | V6 | interface type (6) | TEID (4) | [IPv4] | [IPv6] |
FTeid read_gtpv2_f_teid(Bytes value) noexcept {
  FTeid out;
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  out.interface_type = flags & 0x3f;
  read_teid(at, out);
  if ((flags & 0x80) != 0) read_ipv4(at, out.addresses);
  if ((flags & 0x40) != 0) read_ipv6(at, out.addresses);
  return out;
}

// | spare, PDN type (3) | [prefix length] [IPv6] | [IPv4] |
Addresses read_paa(Bytes value) noexcept {
  constexpr std::uint8_t kIpv4 = 1;
  constexpr std::uint8_t kIpv6 = 2;
  constexpr std::uint8_t kIpv4v6 = 3;
  Addresses out;
  Cursor at(value);
  const std::uint8_t type = at.u8() & 7;
  // Peers that have nothing to allocate send less.
  const std::size_t needed = type == kIpv4 ? 4 : type == kIpv6 ? 17 : 21;
  if (at.remaining() < needed) return out;
  if (type == kIpv6 || type == kIpv4v6) {
    at.skip(1);
    read_ipv6(at, out);
  }
  if (type == kIpv4 || type == kIpv4v6) read_ipv4(at, out);
  return out;
}

// | spare, organization (4) | type | [IPv4] [IPv6] |
Addresses read_end_user_address(Bytes value) noexcept {
  constexpr std::uint8_t kIpv4 = 0x21;
  constexpr std::uint8_t kIpv6 = 0x57;
  constexpr std::uint8_t kIpv4v6 = 0x8d;
  Addresses out;
  Cursor at(value);
  at.skip(1);
  const std::uint8_t type = at.u8();
  const bool v4 = type == kIpv4 || type == kIpv4v6;
  const bool v6 = type == kIpv6 || type == kIpv4v6;
  const std::size_t length = at.remaining();
  if (v4 && (length == 4 || (v6 && length == 20))) read_ipv4(at, out);
  if (v6 && at.remaining() == 16) read_ipv6(at, out);
  return out;
}

IpAddress read_gsn_address(Bytes value) noexcept { return IpAddress::from(value); }

// | spare, CHID, CH, V6, V4 | TEID (4) | [IPv4] | [IPv6] |; with CH nothing is chosen yet
TunnelEndpoint read_pfcp_f_teid(Bytes value) noexcept {
  TunnelEndpoint out;
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  if ((flags & 0x04) != 0) return out;
  read_teid(at, out);
  if ((flags & 0x01) != 0) read_ipv4(at, out.addresses);
  if ((flags & 0x02) != 0) read_ipv6(at, out.addresses);
  return out;
}

// | spare, V4, V6 | SEID (8) | [IPv4] | [IPv6] |
TunnelEndpoint read_pfcp_f_seid(Bytes value) noexcept {
  TunnelEndpoint out;
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  out.id = at.u64();
  out.has_id = !at.failed();
  if ((flags & 0x02) != 0) read_ipv4(at, out.addresses);
  if ((flags & 0x01) != 0) read_ipv6(at, out.addresses);
  return out;
}

// | description (2) | [TEID (4)] | [IPv4] | [IPv6] | …; the bits of the description say which
TunnelEndpoint read_pfcp_outer_header_creation(Bytes value) noexcept {
  TunnelEndpoint out;
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  const bool multicast = (at.u8() & 0x04) != 0;
  if (at.failed()) return out;
  if ((flags & 0x03) != 0 || multicast) read_teid(at, out);
  if ((flags & 0x15) != 0) read_ipv4(at, out.addresses);
  if ((flags & 0x2a) != 0) read_ipv6(at, out.addresses);
  return out;
}

// | spare, …, V4, V6 | [IPv4] | [IPv6] | …
Addresses read_pfcp_ue_ip_address(Bytes value) noexcept {
  Addresses out;
  Cursor at(value);
  const std::uint8_t flags = at.u8();
  if ((flags & 0x02) != 0) read_ipv4(at, out);
  if ((flags & 0x01) != 0) read_ipv6(at, out);
  return out;
}

}  // namespace gtp::wire
