// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/make_load/message_parts.hpp"

#include "tests/bench/make_load/subscriber.hpp"

namespace gtp::test {
namespace {

constexpr std::uint8_t kPppWithIp = 0x80;
constexpr std::uint16_t kIpcp = 0x8021;
constexpr std::uint16_t kDnsServerV4 = 0x000d;
constexpr std::uint16_t kLinkMtuV4 = 0x0010;
constexpr std::uint8_t kPrimaryDns = 129;
constexpr std::uint8_t kSecondaryDns = 131;

// IPCP with both DNS options (RFC 1332, RFC 1877); [code] 1 is Configure-Request, 3 Configure-Nak.
void write_ipcp(ByteWriter& out, std::uint8_t code, const IpAddress& dns) {
  out.u16(kIpcp);
  out.u8(16);
  out.u8(code);
  out.u8(0);
  out.u16(16);
  for (const std::uint8_t option : {kPrimaryDns, kSecondaryDns}) {
    out.u8(option);
    out.u8(6);
    out.put(dns.octets());
  }
}

}  // namespace

void write_plmn(ByteWriter& out) {
  out.u8(0x00);
  out.u8(0xf1);
  out.u8(0x10);
}

void write_pco_request(ByteWriter& out) {
  out.u8(kPppWithIp);
  write_ipcp(out, 1, IpAddress::v4(0));
  out.u16(kDnsServerV4);
  out.u8(0);
  out.u16(kLinkMtuV4);
  out.u8(0);
}

void write_pco_response(ByteWriter& out) {
  out.u8(kPppWithIp);
  write_ipcp(out, 3, node::kServer);
  out.u16(kDnsServerV4);
  out.u8(4);
  out.put(node::kServer.octets());
  out.u16(kLinkMtuV4);
  out.u8(2);
  out.u16(1400);
}

}  // namespace gtp::test
