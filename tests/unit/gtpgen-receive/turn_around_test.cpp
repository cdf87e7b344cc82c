// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/turn_around.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/receive/inner_packet.hpp"
#include "gtpgen/reflect/teid_map.hpp"
#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

namespace {

// The datagram turned around; [teid] is the new one.
Octets turned(Octets octets, std::uint32_t teid = 0x01020304) {
  REQUIRE(turn_around(octets, read_datagram(octets), teid) == Turned::yes);
  return octets;
}

gtp::Bytes inner_of(const Octets& octets) { return read_datagram(octets).t_pdu; }

}  // namespace

TEST_CASE("UDP over IPv4 comes back from the server's address and port") {
  const Octets back = turned(g_pdu(udp4_packet()));
  const Datagram datagram = read_datagram(back);
  CHECK(datagram.teid == 0x01020304);
  const gtp::Bytes inner = datagram.t_pdu;
  CHECK(gtp::IpAddress::from(inner.subspan(12, 4)) == server4());
  CHECK(gtp::IpAddress::from(inner.subspan(16, 4)) == ue4());
  CHECK(gtp::load_u16(inner.data() + 20) == 2000);
  CHECK(gtp::load_u16(inner.data() + 22) == 1000);
  const InnerPacket packet = read_inner_packet(inner);
  CHECK(has_right_checksums(inner, packet));
  const auto stamp = read_stamp(inner.subspan(packet.payload_at));
  REQUIRE(stamp);
  CHECK(stamp->kind == Stamp::Kind::reflected);
  CHECK(stamp->tunnel == 2);
  CHECK(stamp->sequence == 7);
}

TEST_CASE("UDP over IPv6, and again: two turns are none but for the mark in the stamp") {
  const Octets once = turned(g_pdu(udp6_packet()), 5);
  CHECK(has_right_checksums(inner_of(once), read_inner_packet(inner_of(once))));
  CHECK(gtp::IpAddress::from(inner_of(once).subspan(8, 16)) == server6());
  const Octets twice = turned(once, 0x51a0ff17);
  CHECK(turned(turned(twice, 1), 0x51a0ff17) == twice);
  CHECK(has_right_checksums(inner_of(twice), read_inner_packet(inner_of(twice))));
}

TEST_CASE("the PDU session container says the other direction and the same flow") {
  const Octets back = turned(g_pdu_with_qfi(udp4_packet()));
  CHECK(gtp::load_u8(back.data() + 13) == 0x00);
  CHECK(gtp::load_u8(back.data() + 14) == 0x09);
  CHECK(gtp::load_u8(turned(back).data() + 13) == 0x10);
}

TEST_CASE("an ICMP echo request becomes the reply") {
  Octets request = hex("0800 0000 0001 0002 00112233");
  gtp::packet::Checksum sum;
  sum.add(request);
  store(request, 2, sum.value());
  const Octets back = turned(g_pdu(ipv4(1, request)));
  const gtp::Bytes inner = inner_of(back);
  CHECK(gtp::load_u8(inner.data() + 20) == 0);
  CHECK(has_right_checksums(inner, read_inner_packet(inner)));

  Octets request6 = hex("8000 0000 0001 0002 00112233");
  store(request6, 2, gtp::packet::upper_layer_checksum(ue6(), server6(), 58, request6));
  const Octets back6 = turned(g_pdu(ipv6(58, request6)));
  CHECK(gtp::load_u8(inner_of(back6).data() + 40) == 129);
  CHECK(has_right_checksums(inner_of(back6), read_inner_packet(inner_of(back6))));
}

TEST_CASE("a UDP packet without a checksum gets none, a wrong one stays wrong") {
  Octets none = udp4_packet();
  store(none, 26, 0);
  CHECK(gtp::load_u16(inner_of(turned(g_pdu(none))).data() + 26) == 0);
  Octets wrong = udp4_packet();
  wrong.back() ^= std::byte{0x40};
  const Octets back = turned(g_pdu(wrong));
  CHECK_FALSE(has_right_checksums(inner_of(back), read_inner_packet(inner_of(back))));
}

TEST_CASE("fragments and unknown protocols have their addresses swapped, no more") {
  Octets fragment = udp4_packet();
  store(fragment, 6, 0x2000);
  const Octets back = turned(g_pdu(fragment));
  const gtp::Bytes inner = inner_of(back);
  CHECK(gtp::IpAddress::from(inner.subspan(12, 4)) == server4());
  CHECK(gtp::load_u16(inner.data() + 20) == 1000);
}

TEST_CASE("what is no IP packet stays where it is") {
  Octets octets = g_pdu(hex("ffffffff"));
  const Octets before = octets;
  CHECK(turn_around(octets, read_datagram(octets), 1) == Turned::malformed);
  CHECK(octets == before);
}

TEST_CASE("TEIDs: the same, moved, limited, listed") {
  TeidMap same;
  CHECK(same.find(7) == 7U);
  CHECK_FALSE(same.limited());
  TeidMap moved;
  REQUIRE(moved.take("-0x10").ok());
  CHECK(moved.find(0x20) == 0x10U);
  CHECK(moved.find(0x08) == 0xfffffff8U);
  TeidMap limited;
  REQUIRE(limited.take_known("0x1000+2").ok());
  REQUIRE(limited.take("+1").ok());
  CHECK(limited.find(0x1001) == 0x1002U);
  CHECK_FALSE(limited.find(0x1002));
  CHECK_FALSE(limited.find(0xfff));
  TeidMap listed;
  REQUIRE(listed.take_list("teid,back\n# remark\n1,0x11\r\n 2 , 0x12 ,more\n\n", "list").ok());
  CHECK(listed.find(2) == 0x12U);
  CHECK_FALSE(listed.find(3));
}

TEST_CASE("lists of TEIDs that make no sense are refused with their line") {
  TeidMap map;
  const auto wrong = map.take_list("1,2\n3;4\n", "list");
  REQUIRE_FALSE(wrong.ok());
  CHECK(wrong.error().what == "list:2: \"3;4\" is no pair of TEIDs");
  TeidMap twice;
  CHECK_FALSE(twice.take_list("1,2\n1,3\n", "list").ok());
  TeidMap empty;
  CHECK_FALSE(empty.take_list("teid,back\n", "list").ok());
  TeidMap range;
  CHECK_FALSE(range.take_known("5+0").ok());
  CHECK_FALSE(range.take("+4294967296").ok());
}
