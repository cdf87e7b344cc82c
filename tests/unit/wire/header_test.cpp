// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/header.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/wire/octets.hpp"

using gtp::test::octets;
using namespace gtp::wire;

namespace {

Header v1(std::string_view hex, bool user_plane = true, std::size_t wire_length = 0) {
  const auto datagram = octets(hex);
  return decode_gtpv1(datagram, wire_length == 0 ? datagram.size() : wire_length, user_plane);
}
Header v2(std::string_view hex, std::size_t wire_length = 0) {
  const auto datagram = octets(hex);
  return decode_gtpv2(datagram, wire_length == 0 ? datagram.size() : wire_length);
}
Header v0(std::string_view hex) {
  const auto datagram = octets(hex);
  return decode_gtpv0(datagram, datagram.size());
}
Header prime(std::string_view hex) {
  const auto datagram = octets(hex);
  return decode_gtp_prime(datagram, datagram.size());
}
Header pfcp(std::string_view hex) {
  const auto datagram = octets(hex);
  return decode_pfcp(datagram, datagram.size());
}

}  // namespace

TEST_CASE("GTPv1-U G-PDU without options") {
  const Header h = v1("30 ff 0004 51a0ff17 45000000");
  CHECK(h.protocol == Protocol::gtpv1_u);
  CHECK(h.version == 1);
  CHECK(h.message_type == 255);
  CHECK(h.has_length);
  CHECK(h.length == 4);
  CHECK(h.has_teid);
  CHECK(h.teid == 0x51a0ff17);
  CHECK_FALSE(h.has_sequence_number);
  CHECK_FALSE(h.has_n_pdu_number);
  CHECK(h.header_length == 8);
  CHECK(h.body_offset == 8);
  CHECK(h.body_end == 12);
  CHECK(h.faults.empty());
}

TEST_CASE("GTPv1 options appear with their own flag only") {
  // All of E, S and PN; one PDU Session Container, QFI 9.
  const Header all = v1("37 ff 000c 00000001 1234 56 85 01 0009 00 45000000");
  CHECK(all.has_sequence_number);
  CHECK(all.sequence_number == 0x1234);
  CHECK(all.has_n_pdu_number);
  CHECK(all.n_pdu_number == 0x56);
  CHECK(all.next_extension_type == 0x85);
  CHECK(all.header_length == 12);
  CHECK(all.body_offset == 16);
  CHECK(all.body_end == 20);
  CHECK(all.faults.empty());

  // Only PN: the sequence number and the extension type are there and mean nothing (TS 29.281, 5.1).
  const Header pn = v1("31 ff 0008 00000001 1234 56 85 45000000");
  CHECK_FALSE(pn.has_sequence_number);
  CHECK(pn.has_n_pdu_number);
  CHECK(pn.next_extension_type == 0);
  CHECK(pn.body_offset == 12);
}

TEST_CASE("the plane of a GTPv1 message") {
  CHECK(v1("30 01 0000 00000000", false).protocol == Protocol::gtpv1_c);
  CHECK(v1("30 01 0000 00000000", true).protocol == Protocol::gtpv1_u);
  CHECK(v1("30 1f 0000 00000000", true).protocol == Protocol::gtpv1_u);
  CHECK(v1("30 1a 0000 00000000", false).protocol == Protocol::gtpv1_u);
  CHECK(v1("30 fd 0000 00000000", false).protocol == Protocol::gtpv1_u);
  CHECK(v1("30 fe 0000 00000000", false).protocol == Protocol::gtpv1_u);
  CHECK(v1("30 10 0000 00000000", true).protocol == Protocol::gtpv1_c);
}

TEST_CASE("GTPv1 header cut at every octet") {
  const std::string_view hex = "32 10 0004 00000001 0007 00 00";
  const auto whole = octets(hex);
  for (std::size_t n = 0; n < whole.size(); ++n) {
    const Header h = decode_gtpv1(gtp::Bytes(whole).first(n), n, false);
    INFO("octets " << n);
    CHECK(h.has_type == (n >= 2));
    CHECK(h.has_length == (n >= 4));
    CHECK(h.has_teid == (n >= 8));
    CHECK(h.has_sequence_number == (n >= 10));
    CHECK(h.faults.has(n < 8 ? Fault::header_cut : Fault::optional_header_cut));
    CHECK(h.faults.malformed());
    CHECK(h.body_offset == h.body_end);
    CHECK(h.body_end <= n);
  }
}

TEST_CASE("what only the capture lacks is not malformed") {
  const Header header = v1("32 ff 0044 000000", true, 76);
  CHECK(header.has_length);
  CHECK_FALSE(header.has_teid);
  CHECK(header.faults.has(Fault::captured_short));
  CHECK_FALSE(header.faults.malformed());

  const Header body = v1("30 ff 0044 00000001 4500", true, 76);
  CHECK(body.body_end == 10);
  CHECK(body.faults.has(Fault::captured_short));
  CHECK_FALSE(body.faults.has(Fault::length_beyond_packet));

  const Header extension = v1("34 ff 0044 00000001 0000 00 85 02 00 09", true, 76);
  CHECK(extension.faults.has(Fault::captured_short));
  CHECK_FALSE(extension.faults.malformed());
  CHECK(extension.body_offset == extension.body_end);
}

TEST_CASE("GTPv1 length field against the datagram") {
  SECTION("more than there is: decoded from what is there") {
    const Header h = v1("30 ff ffff 00000001 45000000");
    CHECK(h.faults.has(Fault::length_beyond_packet));
    CHECK_FALSE(h.faults.malformed());
    CHECK(h.body_end == 12);
  }
  SECTION("less: the rest is trailing") {
    const Header h = v1("30 ff 0002 00000001 45000000");
    CHECK(h.faults.has(Fault::trailing_octets));
    CHECK_FALSE(h.faults.malformed());
    CHECK(h.body_end == 10);
  }
  SECTION("0 with S: the optional octets are outside the message") {
    const Header h = v1("32 ff 0000 00000001 1234 0000 4500");
    CHECK(h.faults.has(Fault::optional_header_cut));
    CHECK_FALSE(h.has_sequence_number);
    CHECK(h.body_offset == h.body_end);
  }
}

TEST_CASE("GTPv1 reserved bit is a remark") {
  const Header h = v1("38 ff 0000 00000001");
  CHECK(h.faults.has(Fault::reserved_bit));
  CHECK_FALSE(h.faults.malformed());
}

TEST_CASE("GTPv1 bad extension headers hide the body") {
  CHECK(v1("34 ff 0004 00000001 0000 00 85").faults.has(Fault::extension_missing));
  CHECK(v1("34 ff 0008 00000001 0000 00 85 00 0009 00").faults.has(Fault::extension_zero_length));
  const Header cut = v1("34 ff 0008 00000001 0000 00 85 ff 0009 00");
  CHECK(cut.faults.has(Fault::extension_cut));
  CHECK(cut.body_offset == cut.body_end);
  CHECK(cut.body_end == 16);
}

TEST_CASE("GTPv2-C with and without TEID") {
  const Header session = v2("48 20 0008 0000002a 00000b 00");
  CHECK(session.protocol == Protocol::gtpv2_c);
  CHECK(session.has_teid);
  CHECK(session.teid == 42);
  CHECK(session.sequence_number == 11);
  CHECK_FALSE(session.has_message_priority);
  CHECK(session.header_length == 12);
  CHECK(session.faults.empty());

  const Header echo = v2("40 01 0009 00000b 00 03000100 05");
  CHECK_FALSE(echo.has_teid);
  CHECK(echo.body_offset == 8);
  CHECK(echo.body_end == 13);

  const Header priority = v2("4c 20 0008 0000002a 00000b 70");
  CHECK(priority.has_message_priority);
  CHECK(priority.message_priority == 7);
}

TEST_CASE("GTPv2-C cut and contradicting lengths") {
  const Header t_only = v2("48 20 0004 00000001");
  CHECK(t_only.faults.has(Fault::header_cut));
  CHECK(t_only.has_teid);
  CHECK_FALSE(t_only.has_sequence_number);

  const Header zero = v2("40 01 0000 000001 00");
  CHECK(zero.faults.has(Fault::header_cut));
  CHECK(zero.sequence_number == 1);
  CHECK(zero.body_offset == zero.body_end);

  const Header beyond = v2("48 20 07d0 00000000 000001 00 0100");
  CHECK(beyond.faults.has(Fault::length_beyond_packet));
  CHECK_FALSE(beyond.faults.malformed());
  CHECK(beyond.body_end == 14);
}

TEST_CASE("GTPv2-C piggybacking: what follows is no trailing rubbish") {
  const Header with = v2("58 21 0008 00000001 000001 00 48 5f 0008 00000002 000002 00");
  CHECK(with.faults.empty());
  CHECK(with.body_end == 12);
  const Header without = v2("58 21 0008 00000001 000001 00");
  CHECK(without.faults.has(Fault::piggyback_missing));
  CHECK(v2("58 21 0008 00000001 000001 00", 24).faults.empty());
}

TEST_CASE("GTPv0") {
  const Header h = v0("1e 10 0002 0102 0304 ff ffffff 00 01 02 03 04 05 06 07 0e05");
  CHECK(h.protocol == Protocol::gtpv0);
  CHECK(h.sequence_number == 0x0102);
  CHECK(h.flow_label == 0x0304);
  CHECK_FALSE(h.has_n_pdu_number);
  CHECK(h.has_tid);
  CHECK(h.tid == 0x0001020304050607);
  CHECK(h.body_offset == 20);
  CHECK(h.body_end == 22);
  CHECK(h.faults.empty());
  CHECK(v0("1f ff 0000 0102 0304 2a ffffff 0001020304050607").n_pdu_number == 0x2a);

  const Header cut = v0("1e 10 0000 0001 0000 ff ffffff");
  CHECK(cut.has_sequence_number);
  CHECK(cut.has_flow_label);
  CHECK_FALSE(cut.has_tid);
  CHECK(cut.faults.has(Fault::header_cut));
}

TEST_CASE("GTP' has a short and a long header") {
  const Header v2_short = prime("4e f0 0002 0007 7e01");
  CHECK(v2_short.protocol == Protocol::gtp_prime);
  CHECK(v2_short.version == 2);
  CHECK(v2_short.sequence_number == 7);
  CHECK(v2_short.body_offset == 6);
  CHECK(v2_short.body_end == 8);
  CHECK(prime("0f 01 0000 0001").body_offset == 6);

  const Header v0_long = prime("0e 02 0002 0001 00000000000000000000000000 00 0e05");
  CHECK(v0_long.body_offset == 20);
  CHECK(v0_long.body_end == 22);
  CHECK(v0_long.faults.empty());
  CHECK(prime("0e 02 0002 0001").faults.has(Fault::header_cut));
}

TEST_CASE("PFCP node and session messages") {
  const Header node = pfcp("20 01 000c 000007 00 0060 0004 e0000000");
  CHECK(node.protocol == Protocol::pfcp);
  CHECK_FALSE(node.has_seid);
  CHECK(node.sequence_number == 7);
  CHECK(node.body_offset == 8);
  CHECK(node.body_end == 16);
  CHECK(node.faults.empty());

  const Header session = pfcp("23 32 000c ffffffffffffffff 000007 50");
  CHECK(session.has_seid);
  CHECK(session.seid == 0xffffffffffffffff);
  CHECK(session.has_message_priority);
  CHECK(session.message_priority == 5);
  CHECK(session.body_offset == 16);

  CHECK(pfcp("24 01 0004 000007 00").faults.has(Fault::follow_on_missing));
  CHECK(pfcp("24 01 0004 000007 00 20 01 0004 000008 00").faults.empty());
  CHECK(pfcp("21 32 000c 0000").faults.has(Fault::header_cut));
}

TEST_CASE("no header decoder reads outside a datagram or breaks its bounds") {
  // Every flags octet against every length up to 24; the sanitizers watch the reads.
  for (unsigned flags = 0; flags < 256; ++flags) {
    for (std::size_t n = 0; n <= 24; ++n) {
      std::vector<std::byte> datagram(n, static_cast<std::byte>(n));
      if (n > 0) datagram[0] = static_cast<std::byte>(flags);
      for (const Header& h :
           {decode_gtpv0(datagram, n), decode_gtpv1(datagram, n, true), decode_gtpv2(datagram, n),
            decode_gtp_prime(datagram, n), decode_pfcp(datagram, n), decode_gtpv1(datagram, n + 9, false)}) {
        REQUIRE(h.body_offset <= h.body_end);
        REQUIRE(h.body_end <= n);
      }
    }
  }
}
