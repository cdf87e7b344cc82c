// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <array>
#include <string>

#include "libcommon/wire/encode/gtpu.hpp"
#include "libcommon/wire/encode/header.hpp"
#include "libcommon/wire/encode/message_writer.hpp"
#include "libcommon/wire/ie.hpp"
#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

using gtp::ByteWriter;
using gtp::IpAddress;
using gtp::test::octets;
using gtp::test::RecordingSink;
using namespace gtp::wire;

namespace {

struct Room {
  std::array<std::byte, 2048> octets{};
  ByteWriter out{octets};
};

bool is(const ByteWriter& out, std::string_view hex) {
  const auto expected = octets(hex);
  return !out.overflowed() && std::equal(expected.begin(), expected.end(), out.view().begin(), out.view().end());
}

}  // namespace

TEST_CASE("ByteWriter never writes past its room") {
  std::array<std::byte, 4> room{};
  ByteWriter out(room);
  out.u16(0x0102);
  out.u8(3);
  CHECK(is(out, "010203"));
  out.u16(0xffff);
  CHECK(out.overflowed());
  CHECK(out.size() == 3);
  out.u8(9);
  CHECK(out.size() == 3);
  CHECK(room[3] == std::byte{0});

  ByteWriter patched(room);
  patched.u32(0);
  patched.patch(2, 0xabcd, 2);
  CHECK(is(patched, "0000abcd"));
  patched.patch(3, 0, 2);
  CHECK(patched.overflowed());
}

TEST_CASE("a G-PDU header, plain and with everything") {
  Room plain;
  write_g_pdu_header(plain.out, {.teid = 0x51a0ff17, .sequence_number = {}, .n_pdu_number = {}, .pdu_session = {}}, 84);
  CHECK(is(plain.out, "30 ff 0054 51a0ff17"));

  Room full;
  PduSession session;
  session.qfi = 9;
  session.rqi = true;
  session.ppi = 5;
  write_g_pdu_header(full.out, {.teid = 1, .sequence_number = 0x1234, .n_pdu_number = 0x56, .pdu_session = session}, 4);
  // Three octets of content are padded to six.
  CHECK(is(full.out, "37 ff 0010 00000001 1234 56 85 02 00c9a0000000 00"));

  full.out.zeros(4);
  const Header h = decode_gtpv1(full.out.view(), full.out.size(), true);
  CHECK(h.faults.empty());
  CHECK(h.body_offset == 20);
  CHECK(h.sequence_number == 0x1234);
}

TEST_CASE("a PDU Session Container reads back as it was written") {
  const auto decoded = [](const PduSession& session) {
    Room room;
    write_pdu_session_container(room.out, session, 0);
    REQUIRE_FALSE(room.out.overflowed());
    CHECK(room.out.size() % 4 == 0);
    ExtensionWalker walker(room.out.view(), 0, kExtensionPduSessionContainer);
    ExtensionHeader header;
    REQUIRE(walker.next(header));
    CHECK_FALSE(walker.next(header));
    CHECK(walker.faults().empty());
    RecordingSink sink;
    gtp::Cursor at(header.content);
    find_extension(kExtensionPduSessionContainer)->decode(at, sink);
    CHECK_FALSE(at.failed());
    return sink.text();
  };
  PduSession down;
  down.qfi = 1;
  down.dl_sending_time_stamp = 77;
  down.dl_qfi_sequence_number = 78;
  down.dl_mbs_qfi_sequence_number = 79;
  CHECK(decoded(down) == R"({"pdu_type":0,"qmp":1,"snp":1,"msnp":1,"ppp":0,"rqi":0,"qfi":1,"dl_sending_time_stamp":77,)"
                         R"("dl_qfi_sequence_number":78,"dl_mbs_qfi_sequence_number":79})");
  PduSession up;
  up.direction = PduSession::Direction::uplink;
  up.qfi = 2;
  up.time_stamps = PduSession::UplinkTimeStamps{1, 2, 3};
  up.dl_delay_result = 4;
  up.ul_delay_result = 5;
  up.ul_qfi_sequence_number = 6;
  up.n3_n9_delay_result = 7;
  CHECK(
      decoded(up) ==
      R"({"pdu_type":1,"qmp":1,"dl_delay_ind":1,"ul_delay_ind":1,"snp":1,"n3_n9_delay_ind":1,"new_ie_flag":0,"qfi":2,)"
      R"("dl_sending_time_stamp_repeated":1,"dl_received_time_stamp":2,"ul_sending_time_stamp":3,)"
      R"("dl_delay_result":4,"ul_delay_result":5,"ul_qfi_sequence_number":6,"n3_n9_delay_result":7})");
}

TEST_CASE("GTP-U signalling") {
  Room request;
  write_echo_request(request.out, 7);
  CHECK(is(request.out, "32 01 0004 00000000 0007 00 00"));
  Room response;
  write_echo_response(response.out, 7);
  CHECK(is(response.out, "32 02 0006 00000000 0007 00 00 0e 00"));
  Room error;
  write_error_indication(error.out, 0x51a0ff17, IpAddress::v4(0xc0000201), 2152);
  CHECK(is(error.out, "36 1a 0014 00000000 0000 00 40 01 0868 00 10 51a0ff17 85 0004 c0000201"));
  Room marker;
  write_end_marker(marker.out, 5, {});
  CHECK(is(marker.out, "30 fe 0000 00000005"));
}

TEST_CASE("headers of all protocols read back as they were written") {
  const auto round_trip = [](Header header, auto decode) {
    Room room;
    header.length = 0;
    write_header(room.out, header);
    patch_length(room.out, 0, header);
    REQUIRE_FALSE(room.out.overflowed());
    const Header back = decode(room.out.view(), room.out.size());
    CHECK(back.faults.empty());
    CHECK(back.version == header.version);
    CHECK(back.message_type == header.message_type);
    CHECK(back.has_teid == header.has_teid);
    CHECK(back.teid == header.teid);
    CHECK(back.has_seid == header.has_seid);
    CHECK(back.seid == header.seid);
    CHECK(back.sequence_number == header.sequence_number);
    CHECK(back.has_message_priority == header.has_message_priority);
    CHECK(back.message_priority == header.message_priority);
    CHECK(back.flow_label == header.flow_label);
    CHECK(back.tid == header.tid);
    CHECK(back.has_n_pdu_number == header.has_n_pdu_number);
    CHECK(back.n_pdu_number == header.n_pdu_number);
    CHECK(back.body_offset == room.out.size());
  };
  const auto v1 = [](gtp::Bytes octets_in, std::size_t n) { return decode_gtpv1(octets_in, n, false); };
  round_trip(gtpv0_header(16, 1, 2, 0x0001020304050607), decode_gtpv0);
  Header v0_data = gtpv0_header(255, 1, 2, 3);
  v0_data.has_n_pdu_number = true;
  v0_data.n_pdu_number = 42;
  round_trip(v0_data, decode_gtpv0);
  round_trip(gtpv1_c_header(16, 0x51a0ff17, 0xfffe), v1);
  round_trip(gtpv1_u_header(255, 1), v1);
  Header priority = gtpv2_header(32, 0xffffffff, 0xfffffe);
  priority.has_message_priority = true;
  priority.message_priority = 15;
  round_trip(priority, decode_gtpv2);
  round_trip(gtpv2_header_without_teid(1, 1), decode_gtpv2);
  round_trip(gtp_prime_header(0, 240, 9), decode_gtp_prime);
  round_trip(gtp_prime_header(2, 240, 9), decode_gtp_prime);
  Header long_prime = gtp_prime_header(0, 1, 9);
  long_prime.flags = 0;
  round_trip(long_prime, decode_gtp_prime);
  round_trip(pfcp_node_header(1, 1), decode_pfcp);
  round_trip(pfcp_session_header(50, 0xfedcba9876543210, 0xfffffe), decode_pfcp);
}

TEST_CASE("MessageWriter frames elements as each protocol does") {
  SECTION("GTPv1: TV, TLV, and the one-octet length of type 141") {
    Room room;
    MessageWriter message(room.out, gtpv1_c_header(16, 0, 1));
    message.digits(2, "001010123456789", 0, 8);
    message.number(14, 5, 1);
    message.name(131, "internet.mnc001");
    message.address(133, IpAddress::v4(0xc0000201));
    message.octets(141, octets("c085"));
    message.finish();
    CHECK(is(room.out,
             "32 10 002d 00000000 0001 00 00 02 00010121436587f9 0e 05 83 0010 08696e7465726e6574 066d6e63303031"
             "85 0004 c0000201 8d 02 c085"));
  }
  SECTION("GTPv2: instances and groups") {
    Room room;
    MessageWriter message(room.out, gtpv2_header(32, 0, 11));
    message.begin(93, 2);
    message.number(73, 5, 1, 1);
    message.end();
    message.number(3, 7, 1);
    message.finish();
    CHECK(is(room.out, "48 20 0016 00000000 00000b 00 5d 0005 02 49 0001 01 05 03 0001 00 07"));
  }
  SECTION("PFCP: two-octet types and vendors") {
    Room room;
    MessageWriter message(room.out, pfcp_session_header(50, 1, 2));
    message.begin(1);
    message.number(56, 7, 2);
    message.end();
    message.begin_vendor(32769, 18681);
    message.value().u8(0x2a);
    message.finish();
    CHECK(is(room.out, "21 32 001d 0000000000000001 000002 00 0001 0006 0038 0002 0007 8001 0003 48f9 2a"));
  }
  SECTION("GTP': type 141 is an ordinary TLV") {
    Room room;
    MessageWriter message(room.out, gtp_prime_header(2, 240, 1));
    message.number(126, 1, 1);
    message.octets(249, octets("0001"));
    message.finish();
    CHECK(is(room.out, "4e f0 0007 0001 7e 01 f9 0002 0001"));
  }
}

TEST_CASE("MessageWriter shows what does not fit") {
  Room room;
  MessageWriter message(room.out, gtpv2_header(32, 0, 11));
  message.end();
  CHECK(room.out.overflowed());

  std::array<std::byte, 16> small{};
  ByteWriter out(small);
  MessageWriter cut(out, gtpv2_header(32, 0, 11));
  cut.octets(1, octets("0001020304050607"));
  cut.finish();
  CHECK(out.overflowed());
  CHECK(out.size() <= small.size());

  Room list;
  MessageWriter too_long(list.out, gtpv1_c_header(31, 0, 1));
  too_long.octets(141, std::vector<std::byte>(256));
  CHECK(list.out.overflowed());
}
