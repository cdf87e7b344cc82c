// SPDX-License-Identifier: GPL-2.0-or-later
//
// Every field that a filter or a column can name, asked of packets that have it and of one that has not.
#include "gtpdump/query/packet_fields.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

// The values in their order, separated by blanks; codes with their name as 16=request_accepted.
class Words final : public ValueReceiver {
 public:
  void number(std::uint64_t value) override { put(std::to_string(value)); }
  void text(std::string_view value) override { put(std::string(value)); }
  void address(const IpAddress& value) override { put(value.text()); }
  void enumerated(std::uint64_t code, std::string_view name) override {
    put(std::to_string(code) + "=" + std::string(name));
  }
  std::string text_;

 private:
  void put(const std::string& word) { text_ += (text_.empty() ? "" : " ") + word; }
};

std::string values(const Item& item, std::string_view field) {
  const auto id = packet_schema().find(field);
  REQUIRE(id);
  Words words;
  collect(item, static_cast<PacketField>(*id), words);
  return words.text_;
}

constexpr std::string_view kImsi = "001010000000001";
const Route kS11{"10.0.0.1", "10.0.0.2", 40000, 2123};

Octets create_request(std::uint32_t sequence = 7) {
  return message(wire::gtpv2_header(32, 0, sequence), [](wire::MessageWriter& m) {
    m.digits(1, kImsi);
    m.number(3, 9, 1);
    m.name(71, "internet.mnc001.mcc001.gprs");
    m.digits(75, "3534900698733193");
    m.digits(76, "49123456");
    m.number(82, 6, 1);
    put_f_teid(m, {"10.0.0.1", 0x101, kS11Mme});
    put_f_teid(m, {"10.0.0.3", 0, kS5cPgw, 1});
    m.begin(93);
    m.number(73, 5, 1);
    m.end();
  });
}
Octets create_response(std::uint32_t sequence = 7) {
  return gtpv2_message({.type = 33,
                        .teid = 0x101,
                        .sequence = sequence,
                        .ue = "10.45.0.7",
                        .cause = 16,
                        .bearer = 5,
                        .control = {{"10.0.0.2", 0x102, kS11Sgw}},
                        .user = {{"10.0.0.2", 0x103, kS1uSgw}}});
}

struct Row {
  std::string_view field;
  std::string_view expected;
};

// Fields that were asked for, over all test cases of this file.
std::set<std::string, std::less<>>& asked() {
  static std::set<std::string, std::less<>> names;
  return names;
}

void check_rows(const Item& item, std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    INFO(row.field);
    CHECK(values(item, row.field) == row.expected);
    asked().insert(std::string(row.field));
  }
}

TEST_CASE("fields of a request", "[fields]") {
  Feed feed;
  const Item& item = feed(kS11, create_request());
  const std::string length = std::to_string(item.raw.octets.size());
  check_rows(item, {
                       {"frame", "1"},
                       {"time", "1700000000001000000"},
                       {"src", "10.0.0.1"},
                       {"dst", "10.0.0.2"},
                       {"peer", "10.0.0.1 10.0.0.2"},
                       {"src_port", "40000"},
                       {"dst_port", "2123"},
                       {"port", "40000 2123"},
                       {"protocol", "3=gtpv2-c"},
                       {"version", "2"},
                       {"type", "32=create_session_request"},
                       {"teid", "0 257 0"},  // of the header, then those of the F-TEIDs
                       {"sequence_number", "7"},
                       {"imsi", "001010000000001 001010000000001"},  // the message's and the session's
                       {"msisdn", "49123456 49123456"},
                       {"mei", "3534900698733193"},
                       {"apn", "internet.mnc001.mcc001.gprs internet.mnc001.mcc001.gprs"},
                       {"rat_type", "6=EUTRAN"},
                       {"ebi", "5"},
                       {"restart_counter", "9"},
                       {"session", "1"},
                       {"depth", "1"},
                       {"length", length},
                       {"seid", ""},
                       {"cause", ""},
                       {"ue", ""},
                       {"response_time", ""},
                       {"request_frame", ""},
                       {"retransmission", ""},
                       {"quoted", ""},
                       {"piggybacked", ""},
                       {"fragmented", ""},
                       {"malformed", ""},
                       {"fault", ""},
                       {"inner", ""},
                   });
}

TEST_CASE("fields of an answer", "[fields]") {
  Feed feed;
  feed(kS11, create_request());
  feed.wait(4 * kMillisecond);
  check_rows(feed(kS11.back(), create_response()), {
                                                       {"cause", "16=Request accepted 16=Request accepted"},
                                                       {"ue", "10.45.0.7 10.45.0.7"},
                                                       {"imsi", "001010000000001"},
                                                       {"apn", "internet.mnc001.mcc001.gprs"},
                                                       {"response_time", "5000000"},
                                                       {"request_frame", "1"},
                                                       {"retransmission", ""},
                                                   });
  check_rows(feed(kS11.back(), create_response()), {{"retransmission", "1"}});
}

TEST_CASE("fields of a G-PDU", "[fields]") {
  Feed feed;
  const Octets inner = t_pdu("10.45.0.7", "198.51.100.9", 12);
  const Octets udp_frame = udp(2152, 2152, gtpu_pdu_session(0x51a0ff17, 1, 9, inner));
  const Octets outer = ipv4(17, udp_frame, {.src = "10.0.1.1", .dst = "10.0.0.2"});
  const Item& item = feed.frame(ethernet(vlan(100, mpls(17, true, outer), 0x8847), 0x8100));
  check_rows(item, {
                       {"vlan", "100"},
                       {"mpls", "17"},
                       {"type", "255=g_pdu"},
                       {"protocol", "2=gtpv1-u"},
                       {"teid", "1369505559"},
                       {"qfi", "9"},
                       {"inner_src", "10.45.0.7"},
                       {"inner_dst", "198.51.100.9"},
                       {"inner", "10.45.0.7 198.51.100.9"},
                       {"inner_src_port", "5000"},
                       {"inner_dst_port", "53"},
                       {"inner_port", "5000 53"},
                       {"inner_protocol", "17"},
                       {"inner_length", "40"},
                       {"sequence_number", ""},
                       {"imsi", ""},
                       {"session", ""},
                   });
}

TEST_CASE("fields of PFCP", "[fields]") {
  Feed feed;
  check_rows(feed(n4("10.0.4.1", "10.0.4.2"), pfcp_message({.seid = 0xb1,
                                                            .f_seid = 0xa1,
                                                            .node = "10.0.4.1",
                                                            .ue = "10.45.0.7",
                                                            .imsi = kImsi,
                                                            .local = FTeid{"10.0.4.2", 0x501, 0}})),
             {{"seid", "177 161"},
              {"teid", "1281"},
              {"ue", "10.45.0.7 10.45.0.7"},
              {"protocol", "5=pfcp"},
              {"imsi", "001010000000001 001010000000001"}});
}

TEST_CASE("fields of damaged and of wrapped messages", "[fields]") {
  Feed feed;
  SECTION("an element that runs past the end") {
    const Item& item = feed(kS11, gtpv2(32, 0, 1, hex("01 0008 00 0010")));
    CHECK(values(item, "malformed") == "1");
    CHECK_THAT(values(item, "fault"), Catch::Contains("ie_"));
    asked().insert("malformed");
  }
  SECTION("a capture that kept less than there was") {
    Octets frame = datagram(kS11, create_request());
    Item& item = feed.frame(cut(frame, 0, 80));
    item.raw.wire_length = static_cast<std::uint32_t>(frame.size());
    const std::string length = std::to_string(frame.size());
    check_rows(item, {{"captured_length", "80"}, {"length", length}});
  }
  SECTION("a message in an ICMP error") {
    const Octets inside = ipv4(17, udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9"))));
    const Item& item = feed.frame(ethernet(ipv4(1, hex("0303 0000 00000000") + inside)));
    check_rows(item, {{"quoted", "1"}});
  }
  SECTION("the second message of a datagram") {
    const Octets first = gtpv2(33, 0x101, 1, hex("02 0002 00 1000"), true);
    const Item& item = feed(kS11, first + gtpv2(95, 0x101, 2, hex("49 0001 00 05")));
    check_rows(item, {{"piggybacked", "1"}, {"sequence_number", "1 2"}, {"depth", "2"}});
  }
  SECTION("a reassembled datagram") {
    const Octets whole = udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9", 200)));
    feed.frame(ethernet(ipv4(17, cut(whole, 0, 96), {.id = 1, .fragment = 0x2000})));
    check_rows(feed.frame(ethernet(ipv4(17, cut(whole, 96, whole.size()), {.id = 1, .fragment = 12}))),
               {{"fragmented", "1"}, {"inner_length", "228"}});
  }
  SECTION("a packet of somebody else") {
    const Item& item = feed.frame(ethernet(ipv4(17, udp(53, 53, zeros(40)))));
    check_rows(item, {{"type", ""}, {"depth", "0"}, {"frame", "1"}});
  }
}

TEST_CASE("every field of the schema is asked for above", "[fields]") {
  for (const filter::FieldDef& field : packet_schema().fields()) {
    INFO(field.name);
    CHECK(asked().contains(field.name));
  }
}

TEST_CASE("any field of any element by its JSON names", "[fields]") {
  Feed feed;
  const Item& item = feed(kS11, create_request());
  const auto element = [&](std::string_view name, std::string_view key) {
    Words words;
    collect_element(item, name, key, words);
    return words.text_;
  };
  CHECK(element("f_teid", "ipv4") == "10.0.0.1 10.0.0.3");
  CHECK(element("f_teid", "teid") == "257 0");
  CHECK(element("ebi", "ebi") == "5");  // inside the bearer context
  CHECK(element("imsi", "teid").empty());
  CHECK(element("nothing", "teid").empty());
}

TEST_CASE("filters see what columns see", "[fields]") {
  Feed feed;
  feed(kS11, create_request());
  const Item& item = feed(kS11.back(), create_response());
  const auto matches = [&](std::string_view expression) {
    const auto filter = filter::Filter::compile(expression, packet_schema());
    INFO(expression << ": " << (filter ? "" : filter.error().what));
    REQUIRE(filter);
    return filter->matches(PacketSubject(item));
  };
  for (const char* yes : {"imsi 001010000000001", "imsi 00101*", "apn internet*", "type create_session_response",
                          "type create_session", "teid 0x103", "ue 10.45.0.0/16", "cause 16", "cause request_accepted",
                          "response_time > 0.5ms", "request_frame 1", "peer 10.0.0.1 and port gtp_c", "frame 2..9",
                          "not malformed", "time >= 2023-11-14T22:13:20Z", "dnn internet*", "proto gtpv2-c"}) {
    INFO(yes);
    CHECK(matches(yes));
  }
  for (const char* no : {"imsi 001010000000002", "apn ims*", "type echo", "teid 0x104", "ue 10.46.0.0/16", "cause > 63",
                         "malformed", "inner 10.45.0.7", "retransmission", "time < 2023-11-14T22:13:20Z"}) {
    INFO(no);
    CHECK_FALSE(matches(no));
  }
}

TEST_CASE("each example of the schema compiles", "[fields]") {
  for (const filter::FieldDef& field : packet_schema().fields()) {
    const auto filter = filter::Filter::compile(field.example, packet_schema());
    INFO(field.example << ": " << (filter ? "" : filter.error().what));
    CHECK(filter);
    CHECK_FALSE(field.doc.empty());
  }
}

}  // namespace
}  // namespace gtp::dump
