// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::Packet;
using wire::Fault;

namespace {
const Octets kMessage = gtpu(255, 0x11223344, user_packet());
const Octets kDatagram = udp(2152, 2152, kMessage);
}  // namespace

TEST_CASE("IPv4 options and padding behind the total length") {
  const Octets frame = ethernet(ipv4(17, kDatagram, {.options = hex("94040000")}) + hex("deadbeef0000"));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].message.size() == kMessage.size());
  CHECK(packet.layers[0].offset == 14 + 24 + 8);
  CHECK(packet.layers[0].header.faults.empty());
  CHECK(packet.layers[0].transport == packet::Transport::udp);
  CHECK(packet.layers[0].src_port == 2152);
}

TEST_CASE("IPv4 headers that contradict themselves") {
  Octets frame = ethernet(ipv4(17, kDatagram));
  SECTION("total length smaller than the header") {
    frame[16] = std::byte{0};
    frame[17] = std::byte{10};
  }
  SECTION("IHL below five") { frame[14] = std::byte{0x44}; }
  CHECK(decode(frame).layers.empty());
  CHECK(decode(frame).rejected == Packet::Rejected::ip_malformed);
}

TEST_CASE("total length zero, as segmentation offload leaves it, means to the end") {
  Octets frame = ethernet(ipv4(17, kDatagram));
  frame[16] = frame[17] = std::byte{0};
  CHECK(only_teid(decode(frame)) == 0x11223344);
}

TEST_CASE("IPv6 extension headers are walked") {
  const Octets options = hex("11 00 010400000000");
  const Octets hop_by_hop = ethernet(ipv6(0, options + kDatagram), 0x86dd);
  CHECK(only_teid(decode(hop_by_hop)) == 0x11223344);
  // Routing (16 octets), authentication (24), destination options.
  const Octets chain = hex("33 01") + zeros(14) + hex("3c 04") + zeros(22) + options + kDatagram;
  const Octets all = ethernet(ipv6(43, chain), 0x86dd);
  CHECK(only_teid(decode(all)) == 0x11223344);
  Octets sixty;
  for (int i = 0; i < 60; ++i) sixty = sixty + be8(i < 59 ? 60 : 17) + hex("00 010400000000");
  const Octets long_chain = ethernet(ipv6(60, sixty + kDatagram), 0x86dd);
  CHECK(only_teid(decode(long_chain)) == 0x11223344);
}

TEST_CASE("an IPv6 extension header longer than the packet") {
  const Octets frame = ethernet(ipv6(60, hex("11 ff 010400000000") + kDatagram), 0x86dd);
  CHECK(decode(frame).layers.empty());
  CHECK(decode(frame).rejected == Packet::Rejected::ip_malformed);
}

TEST_CASE("IPv6 atomic fragments are decoded at once") {
  const Octets frame = ethernet(ipv6(44, ipv6_fragment(17, 0, false, 7, kDatagram)), 0x86dd);
  const Packet packet = decode(frame);
  CHECK(only_teid(packet) == 0x11223344);
  CHECK_FALSE(packet.has_fragment);
}

TEST_CASE("UDP lengths") {
  Octets frame = ethernet(ipv4(17, kDatagram));
  SECTION("below eight is malformed") {
    frame[38] = std::byte{0};
    frame[39] = std::byte{4};
    CHECK(decode(frame).layers.empty());
    CHECK(decode(frame).rejected == Packet::Rejected::udp_malformed);
    CHECK(decode(frame).rejected_port == 2152);
  }
  SECTION("beyond the IP payload: what is there") {
    frame[38] = std::byte{0x0f};
    CHECK(only_teid(decode(frame)) == 0x11223344);
  }
  SECTION("short of the IP payload: the rest is not UDP's") {
    frame[39] = std::byte{8 + 8};
    const Packet packet = decode(frame);
    REQUIRE(packet.layers.size() == 1);
    CHECK(packet.layers[0].message.size() == 8);
    CHECK(packet.layers[0].header.faults.has(Fault::length_beyond_packet));
  }
}

TEST_CASE("an empty datagram on a GTP port is counted") {
  const Octets frame = ethernet(ipv4(17, udp(40000, 2152, {})));
  CHECK(decode(frame).rejected == Packet::Rejected::empty);
  CHECK(decode(frame).rejected_port == 2152);
  const Octets other = ethernet(ipv4(17, udp(40000, 53, {})));
  CHECK(decode(other).rejected == Packet::Rejected::no);
}

TEST_CASE("several messages in one TCP segment") {
  const Octets first = hex("4e 01 0000 0007");
  const Octets second = hex("4e 02 0002 0008 0e01");
  const Octets frame = ethernet(ipv4(6, tcp(3386, 40000, first + second)));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 2);
  CHECK(packet.layers[0].header.protocol == wire::Protocol::gtp_prime);
  CHECK(packet.layers[0].header.sequence_number == 7);
  CHECK(packet.layers[0].transport == packet::Transport::tcp);
  CHECK(packet.layers[1].header.sequence_number == 8);
  CHECK(packet.layers[1].offset == packet.layers[0].offset + 6);
  const Octets acknowledgement = ethernet(ipv4(6, tcp(3386, 40000, {})));
  CHECK(decode(acknowledgement).layers.empty());
  CHECK(decode(acknowledgement).rejected == Packet::Rejected::no);
}

TEST_CASE("a charging message that goes on in the next TCP segment") {
  const Octets request = hex("4e f0 0fa0 0007 7e 01 fc 0f99") + counting(500);
  const Octets frame = ethernet(ipv4(6, tcp(40000, 3386, request)));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.message_type == 240);
  CHECK(packet.layers[0].header.faults.has(Fault::captured_short));
  CHECK_FALSE(packet.layers[0].header.faults.has(Fault::length_beyond_packet));
  const Octets middle = ethernet(ipv4(6, tcp(40000, 3386, counting(500))));
  CHECK(decode(middle).layers.empty());
  CHECK(decode(middle).rejected == Packet::Rejected::no);
}

TEST_CASE("ICMP errors quote the datagram they are about") {
  const Octets whole = ipv4(17, kDatagram, {.src = "10.0.0.1", .dst = "10.0.0.2"});
  const Octets frame = ethernet(ipv4(1, hex("03 03 0000 00000000") + cut(whole, 0, 60)));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].quoted);
  CHECK(packet.layers[0].src.text() == "192.0.2.1");
  CHECK(packet.layers[0].src_port == 2152);
  CHECK(packet.layers[0].header.teid == 0x11223344);
  CHECK(packet.layers[0].header.faults.has(Fault::captured_short));
  CHECK_FALSE(packet.layers[0].header.faults.malformed());

  const Octets v6 = ethernet(ipv6(58, hex("01 04 0000 00000000") + ipv6(17, kDatagram)), 0x86dd);
  REQUIRE(decode(v6).layers.size() == 1);
  CHECK(decode(v6).layers[0].quoted);
  const Octets echo = ethernet(ipv4(1, hex("08 00 0000 00000000") + whole));
  CHECK(decode(echo).layers.empty());
  const Octets error_about_error =
      ethernet(ipv4(1, hex("03 03 0000 00000000") + ipv4(1, hex("03 03 0000 00000000") + whole)));
  CHECK(decode(error_about_error).layers.empty());
}

TEST_CASE("IP in IP and GRE around GTP") {
  const Octets tunnelled = ethernet(ipv4(4, ipv4(17, kDatagram, {.src = "10.9.9.9"})));
  REQUIRE(decode(tunnelled).layers.size() == 1);
  CHECK(decode(tunnelled).layers[0].src.text() == "10.9.9.9");
  const Octets gre = ethernet(ipv4(47, hex("2000 86dd 00000001") + ipv6(17, kDatagram)));
  CHECK(only_teid(decode(gre)) == 0x11223344);
  Octets matryoshka = ipv4(17, kDatagram);
  for (int i = 0; i < 6; ++i) matryoshka = ipv4(4, matryoshka);
  CHECK(decode(matryoshka, packet::LinkType::raw).layers.empty());
}

TEST_CASE("a frame that the capture cut is no malformed message") {
  const Octets frame = ethernet(ipv4(17, kDatagram));
  const Octets start = cut(frame, 0, 62);
  for (const std::size_t wire_length : {frame.size(), std::size_t{62}}) {
    const Packet packet = decode(start, packet::LinkType::ethernet, wire_length);
    REQUIRE(packet.layers.size() == 1);
    CHECK(packet.layers[0].header.faults.has(Fault::captured_short));
    CHECK_FALSE(packet.layers[0].header.faults.has(Fault::length_beyond_packet));
    CHECK(packet.layers[0].inner.truncated);
    CHECK_FALSE(packet.layers[0].header.faults.has(Fault::inner_length_beyond_packet));
  }
}
