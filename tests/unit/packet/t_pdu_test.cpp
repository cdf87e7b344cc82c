// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "tests/unit/packet/decode.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::Inner;
using packet::Layer;
using packet::Packet;
using wire::Fault;

namespace {

// The layer of a G-PDU with [t_pdu]; its spans are not used after.
Layer g_pdu(const Octets& t_pdu) {
  const Octets frame = ethernet(ipv4(17, udp(2152, 2152, gtpu(255, 1, t_pdu))));
  const Packet packet = decode(frame);
  REQUIRE(packet.layers.size() == 1);
  return packet.layers[0];
}

}  // namespace

TEST_CASE("an IPv4 user packet") {
  const Inner inner = g_pdu(user_packet(40)).inner;
  CHECK(inner.payload == Inner::Payload::ip);
  CHECK(inner.ip_version == 4);
  CHECK(inner.src.text() == "100.64.0.1");
  CHECK(inner.dst.text() == "203.0.113.9");
  CHECK(inner.has_addresses);
  CHECK(inner.protocol == 17);
  CHECK(inner.length == 68);
  CHECK(inner.has_ports);
  CHECK(inner.src_port == 5000);
  CHECK(inner.dst_port == 53);
  CHECK(inner.dscp == 10);
  CHECK(inner.octets.size() == 68);
  CHECK(inner.offset == 14 + 20 + 8 + 8);
  CHECK_FALSE(inner.truncated);
  CHECK_FALSE(inner.is_fragment);
}

TEST_CASE("an IPv6 user packet with extension headers") {
  const Octets upper = tcp(443, 50000, counting(10), 0x12);
  const Inner inner = g_pdu(ipv6(0, hex("3c 00 010400000000") + hex("06 00 010400000000") + upper)).inner;
  CHECK(inner.ip_version == 6);
  CHECK(inner.protocol == 6);
  CHECK(inner.length == 40 + 16 + upper.size());
  CHECK(inner.src_port == 443);
  CHECK(inner.dst_port == 50000);
  CHECK(inner.tcp_flags == 0x12);
}

TEST_CASE("upper layers of user packets") {
  for (const std::uint8_t protocol : std::initializer_list<std::uint8_t>{17, 6, 132, 136}) {
    const Inner inner = g_pdu(ipv4(protocol, hex("1388 0035") + zeros(20))).inner;
    CHECK(inner.has_ports);
    CHECK(inner.src_port == 5000);
    CHECK(inner.dst_port == 53);
  }
  const Inner ping = g_pdu(ipv4(1, hex("08 01 0000 00000000"))).inner;
  CHECK(ping.has_icmp_type);
  CHECK(ping.icmp_type == 8);
  CHECK(ping.icmp_code == 1);
  CHECK(g_pdu(ipv6(58, hex("86 00 0000 00000000"))).inner.icmp_type == 134);
  const Inner esp = g_pdu(ipv4(50, zeros(30))).inner;
  CHECK_FALSE(esp.has_ports);
  CHECK_FALSE(esp.has_icmp_type);
  CHECK(esp.protocol == 50);
}

TEST_CASE("what is there of a T-PDU that ends inside its IP header") {
  const Octets whole = user_packet();
  CHECK(g_pdu(cut(whole, 0, 3)).inner.ip_version == 4);
  CHECK_FALSE(g_pdu(cut(whole, 0, 3)).inner.has_length);
  const Layer ten = g_pdu(cut(whole, 0, 10));
  CHECK(ten.inner.has_length);
  CHECK(ten.inner.length == 68);
  CHECK(ten.inner.has_protocol);
  CHECK(ten.inner.src.empty());
  CHECK(ten.inner.truncated);
  CHECK(ten.header.faults.has(Fault::inner_length_beyond_packet));
  const Inner sixteen = g_pdu(cut(whole, 0, 16)).inner;
  CHECK(sixteen.src.text() == "100.64.0.1");
  CHECK(sixteen.dst.empty());
  CHECK_FALSE(sixteen.has_addresses);
  CHECK_FALSE(g_pdu(cut(whole, 0, 23)).inner.has_ports);
  CHECK(g_pdu(cut(whole, 0, 24)).inner.has_ports);

  const Octets v6 = ipv6(17, udp(1, 2, {}));
  CHECK_FALSE(g_pdu(cut(v6, 0, 6)).inner.has_protocol);
  CHECK(g_pdu(cut(v6, 0, 7)).inner.protocol == 17);
  CHECK(g_pdu(cut(v6, 0, 24)).inner.src.text() == "2001:db8::1");
  CHECK(g_pdu(cut(v6, 0, 39)).inner.dst.empty());
}

TEST_CASE("inner IP headers that make no sense") {
  Octets packet = user_packet();
  SECTION("IHL of one word") { packet[0] = std::byte{0x41}; }
  SECTION("IHL of 60 octets in a packet of 20") {
    packet.resize(20);
    packet[0] = std::byte{0x4f};
  }
  SECTION("total length smaller than the header") {
    packet[2] = std::byte{0};
    packet[3] = std::byte{19};
  }
  const Layer layer = g_pdu(packet);
  CHECK(layer.header.faults.has(Fault::inner_malformed));
  CHECK_FALSE(layer.header.faults.malformed());
  CHECK(layer.inner.payload == Inner::Payload::ip);
  CHECK(layer.inner.ip_version == 4);
  CHECK_FALSE(layer.inner.has_addresses);
}

TEST_CASE("an inner length beyond the T-PDU is a violation of the sender") {
  Octets packet = user_packet(0);
  packet[2] = std::byte{5};
  const Layer layer = g_pdu(packet);
  CHECK(layer.inner.length == 5 * 256 + 28);
  CHECK(layer.inner.truncated);
  CHECK(layer.inner.dst_port == 53);
  CHECK(layer.header.faults.has(Fault::inner_length_beyond_packet));
}

TEST_CASE("T-PDUs that are not IP") {
  CHECK(g_pdu(ethernet(user_packet())).inner.payload == Inner::Payload::ethernet);
  for (const Octets& tagged : {vlan(7, user_packet()), vlan(8, vlan(7, user_packet()), 0x8100)}) {
    const Layer layer = g_pdu(ethernet(tagged, 0x8100));
    CHECK(layer.inner.payload == Inner::Payload::ethernet);
    CHECK(layer.inner.dst_port == 53);
  }
  CHECK(g_pdu(ethernet(zeros(28), 0x0806)).inner.payload == Inner::Payload::ethernet);
  CHECK(g_pdu(hex("ff03 0021") + user_packet()).inner.payload == Inner::Payload::ppp);
  CHECK(g_pdu(hex("c021 01 01 0004")).inner.payload == Inner::Payload::ppp);
  CHECK(g_pdu(be8(0x95) + zeros(40)).inner.payload == Inner::Payload::unknown);
  CHECK(g_pdu({}).inner.payload == Inner::Payload::none);
}

TEST_CASE("a MAC address that begins like an IP header") {
  Octets frame = ethernet(user_packet());
  frame[0] = std::byte{0x46};
  CHECK(g_pdu(frame).inner.payload == Inner::Payload::ethernet);
  // And an IP packet that looks like Ethernet: its source address is where the EtherType would be.
  const Octets packet = ipv4(17, udp(1, 2, counting(8)), {.src = "8.0.69.0"});
  CHECK(g_pdu(packet).inner.payload == Inner::Payload::ip);
}

TEST_CASE("a GTPv0 T-PDU") {
  const Octets packet = user_packet();
  const Octets message = hex("1e ff") + be16(packet.size()) + hex("0001 0002 ff ffffff 0010103254769850") + packet;
  const Octets frame = ethernet(ipv4(17, udp(3386, 3386, message)));
  const Packet decoded = decode(frame);
  REQUIRE(decoded.layers.size() == 1);
  CHECK(decoded.layers[0].inner.dst_port == 53);
}

TEST_CASE("GTP in GTP") {
  Octets packet = user_packet();
  for (std::uint32_t teid = 3; teid >= 1; --teid) packet = ipv4(17, udp(2152, 2152, gtpu(255, teid, packet)));
  const Octets frame = ethernet(packet);
  const Packet decoded = decode(frame);
  REQUIRE(decoded.layers.size() == 3);
  CHECK(decoded.layers[0].header.teid == 1);
  CHECK(decoded.layers[2].header.teid == 3);
  CHECK(decoded.layers[1].inner.dst_port == 2152);
  CHECK(decoded.layers[2].inner.dst_port == 53);
  CHECK(decoded.layers[2].offset == 14 + 3 * 28 + 2 * 8);
}

TEST_CASE("GTP in GTP is followed to a fixed depth") {
  Octets nested = user_packet();
  for (int i = 0; i < 40; ++i) nested = ipv4(17, udp(2152, 2152, gtpu(255, 1, nested)));
  const Octets frame = ethernet(nested);
  const Packet decoded = decode(frame);
  REQUIRE(decoded.layers.size() == packet::kMaxLayers);
  CHECK(decoded.layers.back().header.faults.has(Fault::layers_too_many));
  CHECK_FALSE(decoded.layers.front().header.faults.has(Fault::layers_too_many));
}
