// SPDX-License-Identifier: GPL-2.0-or-later
//
// No octet outside the frame is read: rich frames cut at every octet and with every octet changed, each in a buffer of
// its own size so that the address sanitizer sees the first step over the end.
#include <catch2/catch.hpp>

#include "libcommon/packet/reassembler.hpp"
#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::LinkType;
using packet::Packet;

namespace {

std::vector<Octets> rich_frames() {
  const Octets inner = ipv6(0, hex("06 00 010400000000") + tcp(443, 50000, counting(6)));
  const Octets nested = ipv4(17, udp(2152, 2152, gtpu_pdu_session(2, 0, 5, inner)), {.options = hex("94040000")});
  const Octets v6 = ipv6(
      44,
      ipv6_fragment(60, 0, false, 1, hex("11 00 010400000000") + udp(2152, 2152, gtpu_pdu_session(1, 1, 9, nested))));
  const Octets pair = gtpv2(33, 1, 5, hex("02 0002 00 1000"), true) + gtpv2(95, 2, 6, hex("49 0001 00 05"));
  return {
      ethernet(vlan(1, mpls(16, false, mpls(17, true, v6)), 0x8847), 0x88a8),
      ethernet(ipv4(17, udp(2123, 2123, pair))),
      ethernet(ipv4(17, udp(8805, 8805, pfcp(52, 1, {}, true) + pfcp(52, 2, {})))),
      ethernet(ipv4(1, hex("0b 00 0000 00000000") + ipv4(17, udp(2152, 2152, gtpu(255, 1, user_packet(4)))))),
      ethernet(ipv4(47, hex("b000 0800 00000000 00000001 00000002") + ipv4(6, tcp(3386, 1, hex("4e 01 0000 0001"))))),
      ethernet(hex("11 00 0001") + be16(2 + nested.size()) + hex("0021") + nested, 0x8864),
      ethernet(
          ipv4(51, hex("11 01 0000 00000001 00000002") + udp(2152, 2152, gtpu(255, 1, ethernet(zeros(28), 0x806))))),
      ethernet(ipv4(17, udp(3386, 3386, hex("1e ff 001c 0001 0002 ff ffffff 0010103254769850") + user_packet(0)))),
  };
}

// Everything that the decoder hands out lies in the frame.
void check_spans(const Packet& packet, Bytes frame) {
  const auto inside = [&](Bytes part, std::size_t offset) {
    REQUIRE(offset + part.size() <= frame.size());
    if (!part.empty()) REQUIRE(part.data() == frame.data() + offset);
  };
  for (const packet::Layer& layer : packet.layers) {
    inside(layer.message, layer.offset);
    inside(layer.inner.octets, layer.inner.offset);
    REQUIRE(layer.header.body_offset <= layer.header.body_end);
    REQUIRE(layer.header.body_end <= layer.message.size());
  }
  if (packet.has_fragment) inside(packet.fragment.payload, packet.fragment.payload_offset);
}

void decode_copy(Octets frame, std::size_t wire_length) {
  frame.shrink_to_fit();
  check_spans(decode(frame, LinkType::ethernet, wire_length), frame);
}

}  // namespace

TEST_CASE("the rich frames are understood") {
  const std::vector<Octets> frames = rich_frames();
  const std::vector<std::size_t> layers = {2, 2, 2, 1, 1, 1, 1, 1};
  REQUIRE(frames.size() == layers.size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    INFO("frame " << i);
    const Packet packet = decode(frames[i]);
    CHECK(packet.layers.size() == layers[i]);
    for (const packet::Layer& layer : packet.layers) CHECK_FALSE(layer.header.faults.malformed());
  }
}

TEST_CASE("frames cut at every octet") {
  for (const Octets& frame : rich_frames()) {
    for (std::size_t length = 0; length <= frame.size(); ++length) {
      decode_copy(cut(frame, 0, length), frame.size());
      decode_copy(cut(frame, 0, length), length);
    }
  }
}

TEST_CASE("frames with every octet changed") {
  for (const Octets& frame : rich_frames()) {
    for (std::size_t at = 0; at < frame.size(); ++at) {
      for (const unsigned value : {0x00U, 0x01U, 0x2bU, 0x2cU, 0x33U, 0x3cU, 0x45U, 0x7fU, 0x80U, 0xffU}) {
        Octets changed = frame;
        changed[at] = static_cast<std::byte>(value);
        decode_copy(std::move(changed), frame.size());
      }
    }
  }
}

TEST_CASE("every link type takes every short frame") {
  const Octets noise = counting(64);
  for (const unsigned link : {0U, 1U, 12U, 14U, 101U, 108U, 113U, 228U, 229U, 276U, 999U}) {
    for (std::size_t length = 0; length <= noise.size(); ++length) {
      Octets frame = cut(noise, 0, length);
      frame.shrink_to_fit();
      check_spans(decode(frame, static_cast<LinkType>(link), length), frame);
    }
  }
}
