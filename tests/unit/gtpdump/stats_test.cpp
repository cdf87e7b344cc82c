// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <string>

#include "gtpdump/stats/statistics.hpp"
#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

using namespace gtp;
using namespace gtp::dump;
using namespace gtp::dump::test;
using namespace gtp::test;
using Catch::Matchers::Contains;

namespace {

const Route kS11{"10.0.1.1", "10.0.1.2"};
const Route kS1u = user_plane("10.0.2.1", "10.0.2.2");

// A Feed whose items are counted, and those that are not [selected] are tracked only.
struct Counted {
  Counted() : statistics(feed.tracker) {
    feed.tracker.transactions().on_unanswered([this](const Request& request) { statistics.unanswered(request); });
  }
  void operator()(const Route& route, const Octets& message, bool selected = true) {
    const Item& item = feed(route, message);
    if (selected) statistics.add(item);
  }
  void frame(const Octets& octets) { statistics.add(feed.frame(octets)); }
  std::string json() const {
    TextBuffer out;
    statistics.print_json(out);
    return std::string(out.view());
  }
  std::string text() const {
    TextBuffer out;
    statistics.print(out, output::Style(), 0);
    return std::string(out.view());
  }

  Feed feed;
  Statistics statistics;
};

Octets echo(std::uint8_t type, std::uint32_t sequence, std::uint8_t restart_counter) {
  // GTPv2 Echo has no TEID: flags 0x40.
  return be8(0x40) + be8(type) + be16(9) + be32(sequence << 8) + hex("03 0001 00") + be8(restart_counter);
}
Octets g_pdu(std::uint32_t teid, std::uint16_t sequence) {
  const Octets inner = t_pdu("10.45.0.7", "198.51.100.9");
  return be8(0x32) + be8(255) + be16(4 + inner.size()) + be32(teid) + be16(sequence) + be16(0) + inner;
}

void attach(Counted& run) {
  run(kS11, gtpv2_message({.type = 32,
                           .sequence = 7,
                           .imsi = "001010000000001",
                           .apn = "internet",
                           .bearer = 5,
                           .control = {{"10.0.1.1", 0x11, kS11Mme}}}));
  run.feed.wait(4 * kMillisecond);  // and one for the frame
  run(kS11.back(), gtpv2_message({.type = 33,
                                  .teid = 0x11,
                                  .sequence = 7,
                                  .ue = "10.45.0.7",
                                  .cause = 16,
                                  .bearer = 5,
                                  .control = {{"10.0.1.2", 0x22, kS11Sgw}},
                                  .user = {{"10.0.2.2", 0x33, kS1uSgw}}}));
}

}  // namespace

TEST_CASE("a small capture, as people see it") {
  Counted run;
  run(kS11, echo(1, 1, 9));
  run(kS11.back(), echo(2, 1, 3));
  attach(run);
  run(kS1u, gtpu_pdu_session(0x33, 1, 9, t_pdu("10.45.0.7", "198.51.100.9")));
  run(kS1u, gtpu_pdu_session(0x33, 1, 1, t_pdu("10.45.0.7", "198.51.100.9")));
  run.feed.tracker.finish();
  CHECK(run.text() == R"(Capture
time        2023-11-14T22:13:20.001000Z to 2023-11-14T22:13:20.010000Z, 9.00 ms
all         6 packets, 557 B, 495 kbit/s, 667 packet/s
GTP         6 packets, 557 B, 495 kbit/s, 667 packet/s

Messages
PROTOCOL  TYPE  MESSAGE                  COUNT  OCTETS B  ANSWERED  UNANSWERED  REPEATED
GTPv1-U    255  G-PDU                        2       152         -           -         -
GTPv2-C      1  Echo Request                 1        13         1           0         0
GTPv2-C      2  Echo Response                1        13         -           -         0
GTPv2-C     32  Create Session Request       1        59         1           0         0
GTPv2-C     33  Create Session Response      1        68         -           -         0

Response times
PROTOCOL  TYPE  REQUEST                 RESPONSES      MIN      P50      P90      P99      MAX
GTPv2-C      1  Echo Request                    1  1.00 ms  1.00 ms  1.00 ms  1.00 ms  1.00 ms
GTPv2-C     32  Create Session Request          1  5.00 ms  5.00 ms  5.00 ms  5.00 ms  5.00 ms

Causes
PROTOCOL  TYPE  MESSAGE                  CAUSE  NAME              COUNT  REFUSED
GTPv2-C     33  Create Session Response     16  Request accepted      1  no

Paths
)"
                      // One line each, folded.
                      "PROTOCOL  A         B         PKT A>B  OCTETS A>B  PKT B>A  OCTETS B>A  ECHO  LOST  "
                      "RTT MIN  RTT AVG  RTT MAX  RESTARTS A  RESTARTS B  ERROR IND\n"
                      "GTP-C     10.0.1.1  10.0.1.2        2          72        2          81     1     0  "
                      "1.00 ms  1.00 ms  1.00 ms           0           0          0\n"
                      "GTP-U     10.0.2.1  10.0.2.2        2         152        0           0     0     -  "
                      "      -        -        -           -           -          0\n"
                      R"(
Sessions
1 created, 0 ended, 1 live at the end
SESSION  IMSI             MSISDN  APN       UE IPv4    UE IPv6  LIVE  PACKETS  UP B  DN B
      1  001010000000001  -       internet  10.45.0.7  -        yes         2   120     0

Tunnels
RECEIVER        TEID  PACKETS  OCTETS B  RATE bit/s  QFI  MISSING  REORDERED  IMSI             APN
10.0.2.2  0x00000033        2       120        960k  1,9        -          -  001010000000001  internet
)");
}

TEST_CASE("requests are answered, repeated or not answered") {
  Counted run;
  attach(run);
  const Octets refused = gtpv2_message({.type = 34, .teid = 0x22, .sequence = 8});
  run(kS11, refused);
  run(kS11, refused);
  run(kS11.back(), gtpv2_message({.type = 35, .teid = 0x11, .sequence = 8, .cause = 64}));
  run(kS11.back(), gtpv2_message({.type = 35, .teid = 0x11, .sequence = 8, .cause = 64}));
  run(kS11, gtpv2_message({.type = 36, .teid = 0x22, .sequence = 9}));
  run.feed.tracker.finish();
  const std::string json = run.json();
  CHECK_THAT(json, Contains(R"("message_type":32,"message":"create_session_request","count":1,"octets":)"));
  CHECK_THAT(json, Contains(R"("message":"modify_bearer_request","count":2,"octets":24,"answered":1,)"
                            R"("unanswered":0,"retransmissions":1})"));
  CHECK_THAT(json, Contains(R"("message":"modify_bearer_response","count":2,"octets":36,"answered":null,)"
                            R"("unanswered":null,"retransmissions":1})"));
  CHECK_THAT(json, Contains(R"("message":"delete_session_request","count":1,"octets":12,"answered":0,)"
                            R"("unanswered":1,"retransmissions":0})"));
  // 5 ms and 2 ms: from the first request to the first response.
  CHECK_THAT(json,
             Contains(R"({"protocol":"gtpv2-c","message_type":32,"message":"create_session_request","count":1,)"
                      R"("min_ns":5000000,"p50_ns":5000000,"p90_ns":5000000,"p99_ns":5000000,"max_ns":5000000})"));
  CHECK_THAT(json, Contains(R"("message":"modify_bearer_request","count":1,"min_ns":2000000,)"));
  CHECK_THAT(json, Contains(R"("message":"create_session_response","cause":16,"name":"Request accepted","count":1,)"
                            R"("refused":false})"));
  CHECK_THAT(json, Contains(R"("message":"modify_bearer_response","cause":64,"name":"Context Not Found","count":2,)"
                            R"("refused":true})"));
}

TEST_CASE("requests that the filter left out are neither answered nor unanswered") {
  Counted run;
  run(kS11, gtpv2_message({.type = 34, .teid = 0x22, .sequence = 8}), false);
  run(kS11.back(), gtpv2_message({.type = 35, .teid = 0x11, .sequence = 8, .cause = 16}));
  run(kS11, gtpv2_message({.type = 34, .teid = 0x22, .sequence = 9}), false);
  run.feed.tracker.finish();
  const std::string json = run.json();
  CHECK_THAT(json, !Contains(R"("message":"modify_bearer_request","count":0)"));
  // The response time is known all the same.
  CHECK_THAT(json, Contains(R"("message":"modify_bearer_request","count":1,"min_ns":1000000)"));
}

TEST_CASE("a path has both directions, echo and restarts") {
  Counted run;
  run(kS11, echo(1, 1, 9));         // frame 1
  run(kS11.back(), echo(2, 1, 3));  // after 1 ms
  run(kS11, echo(1, 2, 9));
  run.feed.wait(2 * kMillisecond);
  run(kS11.back(), echo(2, 2, 4));  // after 3 ms, restarted
  run(kS11, echo(1, 3, 9));         // lost
  run.feed.tracker.finish();
  CHECK_THAT(run.json(),
             Contains(R"("paths":{"count":1,"other_packets":0,"other_octets":0,"rows":[{"protocol":"gtp-c",)"
                      R"("address_a":"10.0.1.1","address_b":"10.0.1.2","packets_a_to_b":3,"octets_a_to_b":39,)"
                      R"("packets_b_to_a":2,"octets_b_to_a":26,"echo_requests":3,"echo_lost":1,"rtt_min_ns":1000000,)"
                      R"("rtt_avg_ns":2000000,"rtt_max_ns":3000000,"restarts_a":0,"restarts_b":1,)"
                      R"("error_indications":0}]})"));
}

TEST_CASE("the restart counter of GTP-U means nothing, PFCP's time stamp does") {
  Counted run;
  const auto gtpu_echo = [](std::uint16_t sequence, std::uint8_t counter) {
    return be8(0x32) + be8(2) + be16(6) + be32(0) + be16(sequence) + be16(0) + hex("0e") + be8(counter);
  };
  run(kS1u, gtpu_echo(1, 0));
  run(kS1u, gtpu_echo(2, 5));
  run(kS1u, gtpu(26, 0, hex("10 00000033 85 0004 0a000202")));  // Error Indication
  CHECK_THAT(run.json(), Contains(R"("restarts_a":null,"restarts_b":null,"error_indications":1})"));

  Counted sx;
  const Route route = n4("10.0.4.2", "10.0.4.1");
  for (const std::uint32_t started : {0xe0000000U, 0xe0000000U, 0xe0000009U}) {
    sx(route, pfcp(1, started & 0xff, hex("0060 0004") + be32(started)));
  }
  CHECK_THAT(sx.json(), Contains(R"("protocol":"pfcp","address_a":"10.0.4.1","address_b":"10.0.4.2",)"));
  CHECK_THAT(sx.json(), Contains(R"("restarts_a":null,"restarts_b":1,)"));
}

TEST_CASE("a tunnel knows its subscriber, its QFIs and its rate") {
  Counted run;
  attach(run);
  run(kS1u, gtpu_pdu_session(0x33, 1, 9, t_pdu("10.45.0.7", "198.51.100.9")));
  run(kS1u, gtpu_pdu_session(0x33, 1, 1, t_pdu("10.45.0.7", "198.51.100.9")));
  // Two T-PDUs of 60 octets within 1 ms.
  CHECK_THAT(run.json(), Contains(R"("tunnels":{"count":1,"packets":2,"octets":120,"other_packets":0,"other_octets":0,)"
                                  R"("top":[{"receiver":"10.0.2.2","teid":51,"packets":2,"octets":120,)"
                                  R"("bits_per_second":960000,"qfis":[1,9],"sequence_numbers_missing":null,)"
                                  R"("reordered":null,"session":1,"imsi":"001010000000001","apn":"internet"}]})"));
  CHECK_THAT(run.json(),
             Contains(R"("sessions":{"created":1,"ended":0,"live":1,"other_messages":0,"top":[{"session":1,)"
                      R"("imsi":"001010000000001","msisdn":null,"apn":"internet","ue_ipv4":"10.45.0.7",)"
                      R"("ue_ipv6":null,"live":true,"packets":2,"uplink_octets":120,"downlink_octets":0}]})"));
}

TEST_CASE("a deleted session has ended, and is still in the table") {
  Counted run;
  attach(run);
  run(kS1u, g_pdu(0x33, 1));
  run(kS11, gtpv2_message({.type = 36, .teid = 0x22, .sequence = 9, .linked_bearer = 5}));
  run(kS11.back(), gtpv2_message({.type = 37, .teid = 0x11, .sequence = 9, .cause = 16}));
  run.feed.wait(60 * kSecond);
  run(kS11, echo(1, 1, 9));  // the tracker forgets the session
  CHECK_THAT(run.json(), Contains(R"("sessions":{"created":1,"ended":1,"live":0,)"));
  CHECK_THAT(run.json(), Contains(R"("live":false,"packets":1,"uplink_octets":60,)"));
}

TEST_CASE("numbers that are missing in a tunnel are counted, late ones fill the gap") {
  Counted run;
  const auto gaps = [&](std::initializer_list<std::uint16_t> numbers) {
    static std::uint32_t teid = 0;
    Counted fresh;
    ++teid;
    for (const std::uint16_t number : numbers) fresh(kS1u, g_pdu(teid, number));
    const std::string json = fresh.json();
    const std::size_t at = json.find("\"sequence_numbers_missing\"");
    return json.substr(at, json.find(",\"session\"", at) - at);
  };
  CHECK(gaps({1, 2, 3}) == R"("sequence_numbers_missing":0,"reordered":0)");
  CHECK(gaps({1, 2, 6}) == R"("sequence_numbers_missing":3,"reordered":0)");
  CHECK(gaps({1, 2, 6, 4}) == R"("sequence_numbers_missing":2,"reordered":1)");
  CHECK(gaps({65534, 65535, 0, 2}) == R"("sequence_numbers_missing":1,"reordered":0)");
  CHECK(gaps({7, 7, 7}) == R"("sequence_numbers_missing":0,"reordered":0)");
}

TEST_CASE("octets are those on the wire when the capture cut the packet") {
  Counted run;
  const Octets whole = datagram(kS1u, gtpu(255, 5, t_pdu("10.45.0.7", "198.51.100.9", 1000)));
  const packet::Decoder decoder;
  Item item;
  item.raw.octets = Bytes(whole).first(96);
  item.raw.wire_length = static_cast<std::uint32_t>(whole.size());
  decoder.decode(item.raw.link_type, item.raw.octets, whole.size(), item.packet);
  run.statistics.add(item);
  CHECK_THAT(run.json(), Contains(R"("message":"g_pdu","count":1,"octets":1036)"));
  CHECK_THAT(run.json(), Contains(R"("teid":5,"packets":1,"octets":1028)"));
}

TEST_CASE("what is not GTP is counted by port and reason, quoted messages apart") {
  Counted run;
  run(kS1u, {});
  run(kS1u, {});
  run(kS11, hex("e0 01 0004 00000000"));
  run.frame(ethernet(
      ipv4(1, hex("03 03 0000 00000000") + ipv4(17, udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "10.45.0.8")))))));
  const std::string json = run.json();
  CHECK_THAT(json, Contains(R"("packets":4,)"));
  CHECK_THAT(json, Contains(R"("gtp_packets":1,)"));
  CHECK_THAT(json,
             Contains(R"("quoted_messages":1,"not_gtp":[{"port":2152,"reason":"empty","version":null,"packets":2},)"
                      R"({"port":2123,"reason":"unsupported_version","version":7,"packets":1}]})"));
  CHECK_THAT(json, Contains(R"("messages":[])"));
  CHECK_THAT(run.text(), Contains("quoted      1 message in an ICMP error, not counted below\n"));
}

TEST_CASE("nothing at all is still an object, and one short section") {
  Counted run;
  CHECK_THAT(run.json(), Contains(R"({"schema":"gtp-stats/1","capture":{"packets":0,)"));
  CHECK_THAT(run.json(), Contains(R"("first_time":null,"last_time":null,"duration_ns":null,)"));
  CHECK(run.text() == "Capture\nall         0 packets, 0 B\nGTP         0 packets, 0 B\n");
}

TEST_CASE("tables are bounded, and say what is not in them") {
  stats::TunnelStats tunnels;
  stats::PathStats paths;
  packet::Layer layer;
  layer.header.protocol = wire::Protocol::gtpv1_u;
  layer.header.has_teid = true;
  layer.src = IpAddress::v4(0x0a000001);
  for (std::uint32_t i = 0; i < stats::TunnelStats::kMaxTunnels + 5; ++i) {
    layer.dst = IpAddress::v4(0x0b000000 + i);
    layer.header.teid = i;
    tunnels.add(layer, 10, 0, i);
    if (i < stats::PathStats::kMaxPaths + 7) paths.count(layer, 100);
  }
  CHECK(tunnels.memory_bytes() < 26U << 20);
  CHECK(paths.size() == stats::PathStats::kMaxPaths);
  TextBuffer out;
  output::JsonWriter json(out);
  {
    const auto object = json.object();
    tunnels.print_json(json, stats::SessionStats());
    paths.print_json(json);
  }
  const std::string text(out.view());
  CHECK_THAT(text, Contains(R"("tunnels":{"count":196608,"packets":196613,"octets":1966130,"other_packets":5,)"
                            R"("other_octets":50,)"));
  CHECK_THAT(text, Contains(R"("paths":{"count":16384,"other_packets":7,"other_octets":700,)"));
}
