// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/datagram.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/receive/inner_packet.hpp"
#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

TEST_CASE("a plain G-PDU") {
  const Octets octets = g_pdu(udp4_packet());
  const Datagram datagram = read_datagram(octets);
  CHECK(datagram.kind == Datagram::Kind::g_pdu);
  CHECK(datagram.teid == 0x51a0ff17);
  CHECK_FALSE(datagram.sequence_number);
  CHECK_FALSE(datagram.qfi);
  CHECK(datagram.t_pdu_at == 8);
  CHECK(datagram.t_pdu.size() == udp4_packet().size());
}

TEST_CASE("a G-PDU with a PDU Session Container, by the short way and the long one") {
  const Octets short_way = g_pdu_with_qfi(udp4_packet());
  // The same with a sequence number, which only the full decoder reads.
  Octets long_way = short_way;
  long_way[0] = std::byte{0x36};
  store(long_way, 8, 0x0102);
  for (const Octets& octets : {short_way, long_way}) {
    const Datagram datagram = read_datagram(octets);
    CHECK(datagram.kind == Datagram::Kind::g_pdu);
    CHECK(datagram.qfi == 9);
    CHECK(datagram.pdu_session_at == 13);
    CHECK(datagram.pdu_session_length == 2);
    CHECK(datagram.t_pdu_at == 16);
    CHECK(datagram.t_pdu.size() == udp4_packet().size());
  }
  CHECK(read_datagram(long_way).sequence_number == 0x0102);
}

TEST_CASE("signalling messages are told apart") {
  CHECK(read_datagram(hex("32 01 0004 00000000 abcd 00 00")).kind == Datagram::Kind::echo_request);
  CHECK(read_datagram(hex("32 01 0004 00000000 abcd 00 00")).sequence_number == 0xabcd);
  CHECK(read_datagram(hex("32 02 0006 00000000 abcd 00 00 0e 00")).kind == Datagram::Kind::echo_response);
  CHECK(read_datagram(hex("32 1a 0010 00000000 0000 00 00 10 00000005 85 0004 c0000201")).kind ==
        Datagram::Kind::error_indication);
  CHECK(read_datagram(hex("30 fe 0000 00000005")).kind == Datagram::Kind::end_marker);
  CHECK(read_datagram(hex("30 1f 0002 00000000 8d 00")).kind == Datagram::Kind::supported_extension_headers);
  CHECK(read_datagram(hex("48 03 0004 00000000")).kind == Datagram::Kind::version_not_supported);
}

TEST_CASE("what is no GTP-U, or cut, is malformed") {
  CHECK(read_datagram({}).kind == Datagram::Kind::malformed);
  CHECK(read_datagram(hex("30 ff 0000 51a0ff")).kind == Datagram::Kind::malformed);
  CHECK(read_datagram(hex("30 ff 0005 51a0ff17 00000000")).kind == Datagram::Kind::malformed);    // longer than it is
  CHECK(read_datagram(hex("20 ff 0000 51a0ff17")).kind == Datagram::Kind::malformed);             // GTP'
  CHECK(read_datagram(hex("48 20 0004 51a0ff17")).kind == Datagram::Kind::malformed);             // GTPv2
  CHECK(read_datagram(hex("34 ff 0004 51a0ff17 0000 00 85")).kind == Datagram::Kind::malformed);  // no extension there
  CHECK(read_datagram(hex("34 ff 0008 51a0ff17 0000 00 85 00 00 00 00")).kind == Datagram::Kind::malformed);
}

TEST_CASE("inner packets of all kinds that carry a stamp") {
  const InnerPacket v4 = read_inner_packet(udp4_packet());
  CHECK(v4.status == InnerPacket::Status::ok);
  CHECK(v4.version == 4);
  CHECK(v4.upper_at == 20);
  CHECK(v4.payload_at == 28);
  CHECK(v4.end == 48);
  const InnerPacket v6 = read_inner_packet(udp6_packet());
  CHECK(v6.status == InnerPacket::Status::ok);
  CHECK(v6.payload_at == 48);
  const InnerPacket icmp = read_inner_packet(ipv4(1, hex("0800 0000 0001 0002 ff")));
  CHECK(icmp.status == InnerPacket::Status::ok);
  CHECK(icmp.payload_at == 28);
  const InnerPacket tcp =
      read_inner_packet(ipv4(6, hex("03e8 07d0 00000000 00000000 6018 ffff 0000 0000 01010101 aa")));
  CHECK(tcp.status == InnerPacket::Status::ok);
  CHECK(tcp.payload_at == 44);
  CHECK(tcp.end == 45);
}

TEST_CASE("padding behind the inner packet is none of its payload") {
  Octets padded = udp4_packet();
  padded.resize(padded.size() + 6);
  CHECK(read_inner_packet(padded).end == 48);
  CHECK(has_right_checksums(padded, read_inner_packet(padded)));
}

TEST_CASE("inner packets that cannot be read") {
  CHECK(read_inner_packet({}).status == InnerPacket::Status::malformed);
  CHECK(read_inner_packet(hex("50")).status == InnerPacket::Status::malformed);
  Octets cut = udp4_packet();
  cut.pop_back();
  CHECK(read_inner_packet(cut).status == InnerPacket::Status::malformed);
  Octets fragment = udp4_packet();
  fragment[6] = std::byte{0x20};
  CHECK(read_inner_packet(fragment).status == InnerPacket::Status::opaque);
  CHECK(read_inner_packet(ipv4(47, hex("0000 0800"))).status == InnerPacket::Status::opaque);
  Octets wrong_length = udp4_packet();
  store(wrong_length, 24, 9);
  CHECK(read_inner_packet(wrong_length).status == InnerPacket::Status::opaque);
}

TEST_CASE("every octet of an inner packet is under a checksum, one way or the other") {
  for (const Octets& right : {udp4_packet(), udp6_packet()}) {
    REQUIRE(has_right_checksums(right, read_inner_packet(right)));
    for (std::size_t i = 0; i < right.size(); ++i) {
      INFO("octet " << i);
      Octets wrong = right;
      wrong[i] ^= std::byte{0x10};
      const InnerPacket packet = read_inner_packet(wrong);
      // IPv6 leaves class, flow label and hop limit to themselves.
      const bool unprotected =
          read_inner_packet(right).version == 6 && (i == 1 || i == 2 || i == 3 || i == 7 || i == 0);
      if (packet.status == InnerPacket::Status::ok && !unprotected) CHECK_FALSE(has_right_checksums(wrong, packet));
    }
  }
}

TEST_CASE("a UDP checksum of 0 says nothing over IPv4 and is wrong over IPv6") {
  Octets v4 = udp4_packet();
  store(v4, 26, 0);
  CHECK(has_right_checksums(v4, read_inner_packet(v4)));
  Octets v6 = udp6_packet();
  store(v6, 46, 0);
  CHECK_FALSE(has_right_checksums(v6, read_inner_packet(v6)));
}
