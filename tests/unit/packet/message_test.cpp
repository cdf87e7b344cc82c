// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which datagrams on the ports are messages, and of which protocol.
#include <catch2/catch.hpp>

#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::Packet;
using packet::PortUse;
using wire::Fault;
using wire::Protocol;

namespace {

Octets on_ports(std::uint16_t src, std::uint16_t dst, const Octets& payload) {
  return ethernet(ipv4(17, udp(src, dst, payload)));
}

Protocol protocol_of(std::uint16_t port, const Octets& payload) {
  const Octets frame = on_ports(port, port, payload);
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  return packet.layers[0].header.protocol;
}

Packet::Rejected rejection(std::uint16_t src, std::uint16_t dst, const Octets& payload) {
  const Octets frame = on_ports(src, dst, payload);
  const Packet packet = decode(frame);
  CHECK(packet.layers.empty());
  return packet.rejected;
}

const Octets kEchoV1 = hex("32 01 0004 00000000 0007 0000");
const Octets kEchoV2 = hex("40 01 0009 00000100 03 0001 00 07");
const Octets kEchoV0 = hex("1e 01 0000 0001 0000 ff ffffff 0000000000000000");
const Octets kEchoPrime = hex("4e 01 0000 0001");

}  // namespace

TEST_CASE("the version and PT decide which GTP it is") {
  CHECK(protocol_of(2123, kEchoV1) == Protocol::gtpv1_c);
  CHECK(protocol_of(2152, kEchoV1) == Protocol::gtpv1_u);
  CHECK(protocol_of(2123, kEchoV2) == Protocol::gtpv2_c);
  CHECK(protocol_of(2123, kEchoV0) == Protocol::gtpv0);
  CHECK(protocol_of(3386, kEchoV0) == Protocol::gtpv0);
  CHECK(protocol_of(3386, kEchoPrime) == Protocol::gtp_prime);
  CHECK(protocol_of(3386, hex("0f 01 0000 0001")) == Protocol::gtp_prime);
  CHECK(protocol_of(3386, hex("2f 01 0000 0001")) == Protocol::gtp_prime);
  CHECK(protocol_of(8805, pfcp(1, 1, hex("0060 0004 e8000000"))) == Protocol::pfcp);
}

TEST_CASE("GTP' on a GTP port is decoded and remarked") {
  const Octets frame = on_ports(2152, 2152, hex("20 01 0000 0001"));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.protocol == Protocol::gtp_prime);
  CHECK(packet.layers[0].header.faults.has(Fault::unexpected_protocol_type));
}

TEST_CASE("either port is enough") {
  const Octets request = on_ports(40000, 2123, kEchoV2);
  const Octets response = on_ports(2123, 40000, kEchoV2);
  CHECK(decode(request).layers.size() == 1);
  CHECK(decode(response).layers.size() == 1);
  const Octets neither = on_ports(40000, 40001, kEchoV2);
  CHECK(decode(neither).layers.empty());
  CHECK(decode(neither).rejected == Packet::Rejected::no);
}

TEST_CASE("extra ports win over the well-known ones") {
  const packet::Decoder decoder({{5000, PortUse::gtp_u}, {2152, PortUse::none}, {2123, PortUse::pfcp}});
  Packet packet;
  const Octets moved = on_ports(5000, 40000, kEchoV1);
  decoder.decode(packet::LinkType::ethernet, moved, moved.size(), packet);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.protocol == Protocol::gtpv1_u);
  const Octets old = on_ports(2152, 40000, kEchoV1);
  decoder.decode(packet::LinkType::ethernet, old, old.size(), packet);
  CHECK(packet.layers.empty());
  const Octets other = on_ports(2123, 2123, pfcp(1, 9, hex("0060 0004 e8000000")));
  decoder.decode(packet::LinkType::ethernet, other, other.size(), packet);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.sequence_number == 9);
}

TEST_CASE("versions that do not exist are not GTP") {
  CHECK(rejection(2123, 2123, Octets(1400, std::byte{0xff})) == Packet::Rejected::unsupported_version);
  CHECK(rejection(2152, 2152, hex("70 ff 0004 00000001 45000000")) == Packet::Rejected::unsupported_version);
  CHECK(rejection(8805, 8805, hex("40 01 0004 00000100")) == Packet::Rejected::unsupported_version);
  const Octets seven = on_ports(2123, 2123, Octets(20, std::byte{0xff}));
  CHECK(decode(seven).rejected_version == 7);
}

TEST_CASE("other traffic on the ports is not taken for GTP") {
  // A DNS response to source port 2152, whose id looks like GTPv0; and one whose id looks like a G-PDU.
  const Octets answer = hex("8180 0001 0001 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001");
  CHECK(rejection(53, 2152, hex("1234") + answer) == Packet::Rejected::not_gtp);
  CHECK(rejection(53, 2152, hex("30ff") + answer) == Packet::Rejected::not_gtp);
  CHECK(rejection(53, 2123, hex("4820") + answer) == Packet::Rejected::not_gtp);
  CHECK(rejection(2152, 2152, zeros(1400)) == Packet::Rejected::not_gtp);
  // A game on 3386: GTP' version 1, type 0.
  CHECK(rejection(29255, 3386, hex("27 00 0000 02 59 0000 c800 325e a56f 0100")) == Packet::Rejected::not_gtp);
}

TEST_CASE("an unknown type with a fitting length is an unknown message") {
  const Octets frame = on_ports(2152, 2152, gtpu(200, 1, hex("010203")));
  REQUIRE(decode(frame).layers.size() == 1);
  CHECK(decode(frame).layers[0].header.message_type == 200);
}

TEST_CASE("a sender's wrong length does not hide a user packet") {
  Octets message = gtpu(255, 5, user_packet());
  message[2] = message[3] = std::byte{0xff};
  const Octets frame = on_ports(40000, 2152, message);
  REQUIRE(decode(frame).layers.size() == 1);
  CHECK(decode(frame).layers[0].header.faults.has(Fault::length_beyond_packet));
  CHECK(decode(frame).layers[0].inner.dst_port == 53);
}

TEST_CASE("a known type with a length that is too large: by the other port") {
  const Octets message = hex("48 20 07d0 00000000 00000100 01 0008 00 0010103254769850");
  const Octets client = on_ports(40000, 2123, message);
  REQUIRE(decode(client).layers.size() == 1);
  CHECK(decode(client).layers[0].header.faults.has(Fault::length_beyond_packet));
  CHECK(rejection(53, 2123, message) == Packet::Rejected::not_gtp);
}

TEST_CASE("one octet is a header that is cut") {
  const Octets frame = on_ports(2152, 2152, hex("30"));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].header.protocol == Protocol::gtpv1_u);
  CHECK(packet.layers[0].header.faults.has(Fault::header_cut));
  CHECK(packet.layers[0].header.faults.malformed());
}

TEST_CASE("a piggybacked GTPv2-C message is a layer of its own") {
  const Octets first = gtpv2(33, 1, 5, hex("02 0002 00 1000"), true);
  const Octets second = gtpv2(95, 2, 6, hex("49 0001 00 05"));
  const Octets frame = on_ports(2123, 2123, first + second);
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 2);
  CHECK_FALSE(packet.layers[0].piggybacked);
  CHECK(packet.layers[1].piggybacked);
  CHECK(packet.layers[1].header.message_type == 95);
  CHECK(packet.layers[1].offset == packet.layers[0].offset + first.size());
  CHECK(packet.layers[0].message.size() == first.size());
  CHECK(packet.layers[0].header.faults.empty());
}

TEST_CASE("P without a second message, and with more than one") {
  const Octets alone = on_ports(2123, 2123, gtpv2(33, 1, 5, {}, true));
  REQUIRE(decode(alone).layers.size() == 1);
  CHECK(decode(alone).layers[0].header.faults.has(Fault::piggyback_missing));
  Octets many;
  for (std::uint32_t i = 0; i < 20; ++i) many = many + gtpv2(1, 0, i, {}, true);
  const Octets frame = on_ports(2123, 2123, many);
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 2);
  CHECK_FALSE(packet.layers[0].header.faults.has(Fault::piggyback_too_many));
  CHECK(packet.layers[1].header.faults.has(Fault::piggyback_too_many));
  const Octets rubbish = on_ports(2123, 2123, gtpv2(33, 1, 5, {}, true) + hex("ffff"));
  REQUIRE(decode(rubbish).layers.size() == 1);
  CHECK(decode(rubbish).layers[0].header.faults.has(Fault::trailing_octets));
  CHECK(decode(rubbish).layers[0].header.faults.has(Fault::piggyback_missing));
}

TEST_CASE("bundled PFCP messages follow on") {
  const Octets bundle = pfcp(52, 1, {}, true) + pfcp(52, 2, {}, true) + pfcp(52, 3, {});
  const Octets frame = on_ports(8805, 8805, bundle);
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 3);
  CHECK(packet.layers[2].header.sequence_number == 3);
  CHECK(packet.layers[2].piggybacked);
  const Octets rubbish = on_ports(8805, 8805, pfcp(52, 1, {}, true) + hex("ffff"));
  CHECK(decode(rubbish).layers[0].header.faults.has(Fault::follow_on_missing));
}

TEST_CASE("the QFI of the PDU Session Container") {
  const Octets frame = on_ports(2152, 2152, gtpu_pdu_session(0x77, 1, 9, user_packet()));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  CHECK(packet.layers[0].has_pdu_session);
  CHECK(packet.layers[0].pdu_type == 1);
  CHECK(packet.layers[0].qfi == 9);
  CHECK(packet.layers[0].inner.src_port == 5000);
  const Octets plain = on_ports(2152, 2152, gtpu(255, 1, user_packet()));
  CHECK_FALSE(decode(plain).layers[0].has_pdu_session);
}
