// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/extension_header.hpp"

#include <catch2/catch.hpp>

#include "tests/support/recording_sink.hpp"
#include "tests/unit/wire/octets.hpp"

using gtp::test::octets;
using gtp::test::RecordingSink;
using namespace gtp::wire;

namespace {

// The fields of a content as text; "!" behind it when octets were missing.
std::string decoded(std::uint8_t type, std::string_view hex) {
  const auto content = octets(hex);
  const ExtensionInfo* info = find_extension(type);
  REQUIRE(info != nullptr);
  REQUIRE(info->decode != nullptr);
  RecordingSink sink;
  gtp::Cursor at(content, 13);
  info->decode(at, sink);
  return sink.text() + (at.failed() ? "!" : "");
}

}  // namespace

TEST_CASE("an extension chain is walked to its end") {
  // UDP port 2152, then a PDCP PDU number of two units, then a body.
  const auto message = octets("01 0868 c0 02 1234 00000000 00 4500");
  ExtensionWalker walker(message, 0, 0x40);
  ExtensionHeader h;
  REQUIRE(walker.next(h));
  CHECK(h.type == 0x40);
  CHECK(h.length == 4);
  CHECK(h.offset == 0);
  CHECK(h.content.size() == 2);
  REQUIRE(walker.next(h));
  CHECK(h.type == 0xc0);
  CHECK(h.length == 8);
  CHECK(h.offset == 4);
  CHECK(h.content.size() == 6);
  CHECK_FALSE(walker.next(h));
  CHECK(walker.offset() == 12);
  CHECK(walker.faults().empty());
}

TEST_CASE("a walk ends at the first fault") {
  ExtensionHeader h;
  SECTION("length 0 would loop for ever") {
    const auto message = octets("00 0009 85 01 0009 00");
    ExtensionWalker walker(message, 0, 0x85);
    CHECK(walker.next(h));
    CHECK(h.length == 0);
    CHECK(h.content.empty());
    CHECK_FALSE(walker.next(h));
    CHECK(walker.faults().has(Fault::extension_zero_length));
  }
  SECTION("past the end: the content is what is there") {
    const auto message = octets("ff 0009 00");
    ExtensionWalker walker(message, 0, 0x85);
    CHECK(walker.next(h));
    CHECK(h.length == 1020);
    CHECK(h.content.size() == 3);
    CHECK_FALSE(walker.next(h));
    CHECK(walker.faults().has(Fault::extension_cut));
  }
  SECTION("the last one announces another") {
    const auto message = octets("01 0009 85");
    ExtensionWalker walker(message, 0, 0x85);
    CHECK(walker.next(h));
    CHECK_FALSE(walker.next(h));
    CHECK(walker.faults().has(Fault::extension_missing));
  }
  SECTION("an offset behind the message") {
    ExtensionWalker walker({}, 12, 0x85);
    CHECK_FALSE(walker.next(h));
    CHECK(walker.faults().has(Fault::extension_missing));
  }
}

TEST_CASE("a walk is bounded") {
  std::vector<std::byte> message;
  for (int i = 0; i < 300; ++i) {
    for (const std::byte octet : octets("01 0009 85")) message.push_back(octet);
  }
  ExtensionWalker walker(message, 0, 0x85);
  ExtensionHeader h;
  int count = 0;
  while (walker.next(h)) ++count;
  CHECK(count == kMaxExtensionHeaders);
  CHECK(walker.faults().has(Fault::extensions_too_many));
  CHECK_FALSE(walker.faults().malformed());
}

TEST_CASE("PDU Session Container, downlink") {
  CHECK(decoded(0x85, "00 09") == R"({"pdu_type":0,"qmp":0,"snp":0,"msnp":0,"ppp":0,"rqi":0,"qfi":9})");
  // PPP, RQI, QFI 63, PPI 5.
  CHECK(decoded(0x85, "00 ff a0 000000") ==
        R"({"pdu_type":0,"qmp":0,"snp":0,"msnp":0,"ppp":1,"rqi":1,"qfi":63,"ppi":5})");
  CHECK(decoded(0x85, "0e 41 e000000080000000 000102 00000003 00") ==
        R"({"pdu_type":0,"qmp":1,"snp":1,"msnp":1,"ppp":0,"rqi":1,"qfi":1,)"
        R"("dl_sending_time_stamp":16140901066643341312,"dl_qfi_sequence_number":258,"dl_mbs_qfi_sequence_number":3})");
  CHECK(decoded(0x85, "08 01 0000") == R"({"pdu_type":0,"qmp":1,"snp":0,"msnp":0,"ppp":0,"rqi":0,"qfi":1}!)");
}

TEST_CASE("PDU Session Container, uplink") {
  CHECK(
      decoded(0x85, "10 05") ==
      R"({"pdu_type":1,"qmp":0,"dl_delay_ind":0,"ul_delay_ind":0,"snp":0,"n3_n9_delay_ind":0,"new_ie_flag":0,"qfi":5})");
  CHECK(
      decoded(0x85,
              "1f c7 0000000000000001 0000000000000002 0000000000000003 00000004 00000005 000006 00000007 07 01 2566 "
              "03e8 0000 00") ==
      R"({"pdu_type":1,"qmp":1,"dl_delay_ind":1,"ul_delay_ind":1,"snp":1,"n3_n9_delay_ind":1,"new_ie_flag":1,"qfi":7,)"
      R"("dl_sending_time_stamp_repeated":1,"dl_received_time_stamp":2,"ul_sending_time_stamp":3,)"
      R"("dl_delay_result":4,"ul_delay_result":5,"ul_qfi_sequence_number":6,"n3_n9_delay_result":7,)"
      R"("new_ie_flags":7,"d1_ul_pdcp_delay_result_ind":1,"ul_congestion_information":9574,)"
      R"("dl_congestion_information":1000})");
}

TEST_CASE("the other extension headers") {
  CHECK(decoded(0x40, "0868") == R"({"udp_port":2152})");
  CHECK(decoded(0xc0, "1234") == R"({"pdcp_pdu_number":4660})");
  // Six spare bits in front of 18.
  CHECK(decoded(0x82, "ff ffff 000000") == R"({"pdcp_pdu_number":262143})");
  CHECK(decoded(0x03, "01 0002 000000") == R"({"pdcp_pdu_number":65538})");
  CHECK(decoded(0x20, "2a 00") == R"({"service_class_indicator":42})");
  CHECK(decoded(0x84, "02 00 000005 00") == R"({"pdu_type":0,"flags":["dl_flush"],"nr_u_sequence_number":5}!)");
  CHECK(decoded(0x84, "15 00 00010000 01 000001 000003 000009") ==
        R"({"pdu_type":1,"flags":["highest_delivered_nr_pdcp_sn_ind","lost_packet_report"],)"
        R"("desired_buffer_size":65536,"lost_nr_u_sn_ranges":[{"start":1,"end":3}],)"
        R"("highest_delivered_nr_pdcp_sn":9})");
  CHECK(decoded(0x81, "00 000102 00") == R"({"pdu_type":0,"x2_u_sequence_number":258,"octets":"00"})");
}

TEST_CASE("the table names what a receiver must do") {
  CHECK(comprehension(0x20) == Comprehension::not_required_forward);
  CHECK(comprehension(0x40) == Comprehension::not_required_discard);
  CHECK(comprehension(0x85) == Comprehension::receiver_required);
  CHECK(comprehension(0xc0) == Comprehension::endpoint_required);
  CHECK(extension_table().size() == 14);
  REQUIRE(find_extension(0x85) != nullptr);
  CHECK(find_extension(0x85)->key == "pdu_session_container");
  CHECK(find_extension(0x86) == nullptr);
}

TEST_CASE("every extension decoder survives every short content") {
  for (const ExtensionInfo& info : extension_table()) {
    if (info.decode == nullptr) continue;
    for (unsigned fill = 0; fill < 256; ++fill) {
      for (std::size_t n = 0; n < 64; ++n) {
        const std::vector<std::byte> content(n, static_cast<std::byte>(fill));
        RecordingSink sink;
        gtp::Cursor at(content);
        info.decode(at, sink);
      }
    }
  }
}
