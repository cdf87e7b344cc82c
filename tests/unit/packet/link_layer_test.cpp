// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::LinkType;

namespace {

const Octets kDatagram = udp(2152, 2152, gtpu(255, 0xabc, user_packet()));
const Octets kIpv4 = ipv4(17, kDatagram);
const Octets kIpv6 = ipv6(17, kDatagram);

packet::Packet check(const Octets& frame, LinkType link, std::size_t message_offset) {
  packet::Packet packet = decode(frame, link);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.teid == 0xabc);
  CHECK(packet.layers[0].offset == message_offset);
  CHECK(packet.layers[0].src.text() == (packet.layers[0].src.is_v4() ? "192.0.2.1" : "2001:db8::1"));
  CHECK(packet.layers[0].dst.text() == (packet.layers[0].src.is_v4() ? "198.51.100.1" : "2001:db8::2"));
  return packet;
}

}  // namespace

TEST_CASE("Ethernet carries IPv4 and IPv6") {
  check(ethernet(kIpv4), LinkType::ethernet, 14 + 20 + 8);
  check(ethernet(kIpv6, 0x86dd), LinkType::ethernet, 14 + 40 + 8);
}

TEST_CASE("VLAN tags are listed from the outside in") {
  CHECK(check(ethernet(vlan(0xe064, kIpv4), 0x8100), LinkType::ethernet, 46).vlan == std::vector<std::uint16_t>{100});
  const std::vector<std::uint16_t> both = {100, 200};
  for (const std::uint16_t outer : std::initializer_list<std::uint16_t>{0x8100, 0x88a8, 0x9100}) {
    CHECK(check(ethernet(vlan(100, vlan(200, kIpv4), 0x8100), outer), LinkType::ethernet, 50).vlan == both);
  }
}

TEST_CASE("MPLS labels are listed down to the bottom of the stack") {
  const std::vector<std::uint32_t> labels = {16, 1048575};
  CHECK(check(ethernet(mpls(16, false, mpls(1048575, true, kIpv4)), 0x8847), LinkType::ethernet, 50).mpls == labels);
  CHECK(check(ethernet(mpls(17, true, kIpv6), 0x8848), LinkType::ethernet, 66).mpls == std::vector<std::uint32_t>{17});
  // No bottom: the stack swallows the packet.
  const Octets endless = ethernet(mpls(16, false, mpls(17, false, {})), 0x8847);
  CHECK(decode(endless).layers.empty());
}

TEST_CASE("PPPoE sessions and SNAP lead to IP") {
  const Octets pppoe = hex("11 00 0001") + be16(2 + kIpv4.size()) + hex("0021") + kIpv4;
  check(ethernet(pppoe, 0x8864), LinkType::ethernet, 14 + 8 + 28);
  const Octets snap = hex("aaaa03 000000 0800") + kIpv4;
  check(ethernet(snap, static_cast<std::uint16_t>(snap.size())), LinkType::ethernet, 14 + 8 + 28);
  const Octets discovery = ethernet(hex("11 09 0001") + be16(2 + kIpv4.size()) + hex("0021") + kIpv4, 0x8864);
  CHECK(decode(discovery).layers.empty());
}

TEST_CASE("Linux cooked captures") {
  const Octets sll = hex("0000 0001 0006 020000000001 0000");
  check(sll + hex("0800") + kIpv4, LinkType::linux_sll, 16 + 28);
  check(sll + hex("86dd") + kIpv6, LinkType::linux_sll, 16 + 48);
  CHECK(check(sll + hex("8100") + vlan(7, kIpv4), LinkType::linux_sll, 20 + 28).vlan == std::vector<std::uint16_t>{7});
  const Octets sll2 = hex("0000 00000002 0001 00 06 020000000001 0000");
  check(hex("0800") + sll2 + kIpv4, LinkType::linux_sll2, 20 + 28);
  check(hex("86dd") + sll2 + kIpv6, LinkType::linux_sll2, 20 + 48);
}

TEST_CASE("raw IP by the version nibble") {
  for (const LinkType link : {LinkType::raw, LinkType::raw_bsd, LinkType::raw_openbsd, LinkType::ipv4}) {
    check(kIpv4, link, 28);
  }
  check(kIpv6, LinkType::raw, 48);
  check(kIpv6, LinkType::ipv6, 48);
}

TEST_CASE("null and loop headers in both byte orders") {
  for (const LinkType link : {LinkType::null, LinkType::loop}) {
    check(hex("00000002") + kIpv4, link, 32);
    check(hex("02000000") + kIpv4, link, 32);
    for (const unsigned family : {10U, 24U, 28U, 30U}) {
      check(be32(family) + kIpv6, link, 52);
      check(be8(family) + hex("000000") + kIpv6, link, 52);
    }
    const Octets appletalk = hex("00000010") + kIpv4;
    CHECK(decode(appletalk, link).layers.empty());
  }
}

TEST_CASE("other traffic gives no layer") {
  const Octets arp = ethernet(zeros(28), 0x0806);
  CHECK(decode(arp).layers.empty());
  CHECK(decode(arp).rejected == packet::Packet::Rejected::no);
  const Octets unknown_link = ethernet(kIpv4);
  CHECK(decode(unknown_link, static_cast<LinkType>(147)).layers.empty());
}
