// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decoder and Reassembler together, as gtpdump uses them.
#include <catch2/catch.hpp>

#include "libcommon/packet/reassembler.hpp"
#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::Packet;
using packet::Reassembled;
using packet::Reassembler;

namespace {

const Octets kUserPacket = user_packet(1800);
const Octets kDatagram = udp(2152, 2152, gtpu(255, 0xfade, kUserPacket));

Octets ipv4_piece(std::size_t from, std::size_t to) {
  const bool more = to < kDatagram.size();
  return ethernet(ipv4(17, cut(kDatagram, from, to),
                       {.id = 7, .fragment = static_cast<std::uint16_t>((more ? 0x2000 : 0) | from / 8)}));
}

}  // namespace

TEST_CASE("an outer datagram appears with its last fragment") {
  const packet::Decoder decoder;
  Reassembler reassembler;
  Reassembled whole;
  const Octets second = ipv4_piece(1000, kDatagram.size());
  Packet packet = decode(second);
  CHECK(packet.layers.empty());
  REQUIRE(packet.has_fragment);
  CHECK(packet.fragment.offset == 1000);
  CHECK_FALSE(packet.fragment.more);
  CHECK_FALSE(packet.fragment.inner);
  CHECK(packet.fragment.id == 7);
  CHECK_FALSE(reassembler.add(packet.fragment, 0, 1, 0, whole));

  const Octets first = ipv4_piece(0, 1000);
  packet = decode(first);
  CHECK(packet.layers.empty());
  REQUIRE(packet.has_fragment);
  REQUIRE(reassembler.add(packet.fragment, 0, 2, 0, whole));
  decoder.decode_reassembled(whole.first, whole.first.payload, packet);
  REQUIRE(packet.layers.size() == 1);
  CHECK_FALSE(packet.has_fragment);
  CHECK(packet.layers[0].header.teid == 0xfade);
  CHECK(packet.layers[0].src.text() == "192.0.2.1");
  CHECK(packet.layers[0].message.size() == 8 + kUserPacket.size());
  CHECK(packet.layers[0].inner.dst_port == 53);
}

TEST_CASE("IPv6 fragments, with an extension header inside the datagram") {
  const packet::Decoder decoder;
  Reassembler reassembler;
  Reassembled whole;
  const Octets datagram = hex("11 00 010400000000") + kDatagram;
  const Octets first = ethernet(ipv6(44, ipv6_fragment(60, 0, true, 5, cut(datagram, 0, 1200))), 0x86dd);
  const Octets last =
      ethernet(ipv6(44, ipv6_fragment(60, 1200, false, 5, cut(datagram, 1200, datagram.size()))), 0x86dd);
  Packet packet = decode(first);
  REQUIRE(packet.has_fragment);
  CHECK_FALSE(reassembler.add(packet.fragment, 0, 1, 0, whole));
  packet = decode(last);
  REQUIRE(packet.has_fragment);
  REQUIRE(reassembler.add(packet.fragment, 0, 2, 0, whole));
  decoder.decode_reassembled(whole.first, whole.first.payload, packet);
  CHECK(only_teid(packet) == 0xfade);
}

TEST_CASE("inner fragments: a layer each, ports and nested GTP with the last") {
  const packet::Decoder decoder;
  Reassembler reassembler;
  Reassembled whole;
  const auto frame_of = [](std::size_t from, std::size_t to) {
    const auto fragment = static_cast<std::uint16_t>((to < kDatagram.size() ? 0x2000 : 0) | from / 8);
    return ethernet(
        ipv4(17, udp(2152, 2152, gtpu(255, 1, ipv4(17, cut(kDatagram, from, to), {.id = 9, .fragment = fragment})))));
  };
  const Octets first = frame_of(0, 800);
  Packet packet = decode(first);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].inner.is_fragment);
  CHECK(packet.layers[0].inner.more_fragments);
  CHECK_FALSE(packet.layers[0].inner.has_ports);
  REQUIRE(packet.has_fragment);
  CHECK(packet.fragment.inner);
  CHECK_FALSE(reassembler.add(packet.fragment, 1, 1, 0, whole));

  const Octets last = frame_of(800, kDatagram.size());
  packet = decode(last);
  REQUIRE(packet.has_fragment);
  CHECK(packet.layers[0].inner.fragment_offset == 100);
  REQUIRE(reassembler.add(packet.fragment, 1, 2, 0, whole));
  decoder.decode_reassembled(whole.first, whole.first.payload, packet);
  REQUIRE(packet.layers.size() == 2);
  CHECK(packet.layers[0].inner.dst_port == 2152);
  CHECK(packet.layers[1].header.teid == 0xfade);
  CHECK(packet.layers[1].src.text() == "192.0.2.1");
  CHECK(packet.layers[1].inner.dst_port == 53);
}

TEST_CASE("a first fragment that the capture cut is decoded as far as it goes") {
  const Octets frame = ipv4_piece(0, 1000);
  const Octets start = cut(frame, 0, 128);
  const Packet packet = decode(start, packet::LinkType::ethernet, frame.size());
  CHECK_FALSE(packet.has_fragment);
  CHECK(only_teid(packet) == 0xfade);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].inner.dst_port == 53);
  CHECK(packet.layers[0].header.faults.has(wire::Fault::captured_short));
  CHECK_FALSE(packet.layers[0].header.faults.has(wire::Fault::length_beyond_packet));
  const Octets second = ipv4_piece(1000, kDatagram.size());
  const Octets second_start = cut(second, 0, 128);
  CHECK_FALSE(decode(second_start, packet::LinkType::ethernet, second.size()).has_fragment);
}
