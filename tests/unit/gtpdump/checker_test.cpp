// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/stats/checker.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "gtpdump/stats/statistics.hpp"
#include "tests/unit/gtpdump/feed.hpp"

using namespace gtp;
using namespace gtp::dump;
using namespace gtp::dump::test;
using namespace gtp::test;

namespace {

struct Checked {
  std::string text;
  std::size_t count;
};
Checked check(const Item& item, bool json = false) {
  TextBuffer out;
  const std::size_t count = Checker::check(item, json, out);
  return {std::string(out.view()), count};
}

const Route kC{"10.0.1.1", "10.0.1.2"};
const Route kU = user_plane("10.0.2.1", "10.0.2.2");

}  // namespace

TEST_CASE("a sound message has no line") {
  Feed feed;
  const Checked sound = check(feed(kC, gtpv2(34, 1, 1, hex("03 0001 00 05"))));
  CHECK(sound.text.empty());
  CHECK(sound.count == 0);
}

TEST_CASE("a fault is one line with the clause of the message's own protocol and the element") {
  Feed feed;
  // IMSI of 8 octets, 2 are there; Bearer QoS needs 22.
  CHECK(check(feed(kC, gtpv2(34, 0, 1, hex("01 0008 00 0010")))).text ==
        "1 10.0.1.1 > 10.0.1.2 GTPv2-C Modify Bearer Request: an information element runs past the message "
        "(TS 29.274, 7.7.7) [imsi]\n");
  CHECK(check(feed(kC, gtpv2(34, 0, 2, hex("50 0002 00 0102")))).text ==
        "2 10.0.1.1 > 10.0.1.2 GTPv2-C Modify Bearer Request: an element is shorter than its fixed part "
        "(TS 29.274, 7.7.7) [bearer_qos]\n");
  CHECK(check(feed(kC, gtpv2(34, 0, 3, hex("57 00")))).text ==
        "3 10.0.1.1 > 10.0.1.2 GTPv2-C Modify Bearer Request: the message ends inside the type and length of an "
        "element (TS 29.274, 7.7.7) [f_teid]\n");
  CHECK(check(feed(n4("10.0.4.1", "10.0.4.2"), pfcp(1, 4, hex("0060 0004 00")))).text ==
        "4 10.0.4.1 > 10.0.4.2 PFCP Heartbeat Request: an information element runs past the message "
        "(TS 29.244, 7.6.7) [recovery_time_stamp]\n");
  // An unknown TV element of GTPv1-C ends the walk.
  CHECK(check(feed(kC, be8(0x32) + be8(18) + be16(5) + be32(0) + hex("0001 00 00") + hex("64"))).text ==
        "5 10.0.1.1 > 10.0.1.2 GTPv1-C Update PDP Context Request: unknown TV element: its length is not known, the "
        "rest is not decoded (TS 29.060, 11.1.9) [type 100]\n");
}

TEST_CASE("elements are named once, empty ones of several types together") {
  Feed feed;
  const Checked found = check(feed(kC, gtpv2(34, 0, 1, hex("01 0000 00  57 0000 00  57 0000 01  48 0000 00"))));
  CHECK(found.count == 1);
  CHECK_THAT(found.text, Catch::Matchers::EndsWith("an element of length 0 (TS 29.274, 7.7.7) [imsi, f_teid, ambr]\n"));
}

TEST_CASE("several faults of one message are several lines, remarks are none") {
  Feed feed;
  // E announces a header that is not there; octets follow the message: only the first counts.
  const Checked found = check(feed(kU, hex("34 ff 0004 00000001 0000 00 85  ffff")));
  CHECK(found.count == 1);
  CHECK(found.text ==
        "1 10.0.2.1 > 10.0.2.2 GTPv1-U G-PDU: an extension header is announced and the message ends "
        "(TS 29.281, 5.2.1)\n");
}

TEST_CASE("the same as JSON") {
  Feed feed;
  const Checked found = check(feed(kC, gtpv2(34, 0, 2, hex("50 0002 00 0102"))), true);
  CHECK(found.count == 1);
  CHECK(found.text ==
        R"({"frame":1,"time":"1700000000.001000000","src":"10.0.1.1","dst":"10.0.1.2","protocol":"gtpv2-c",)"
        R"("message_type":34,"message":"modify_bearer_request","severity":"malformed","fault":"ie_value_short",)"
        R"("text":"an element is shorter than its fixed part","clause":"TS 29.274, 7.7.7",)"
        R"("elements":[{"type":80,"name":"bearer_qos"}]})"
        "\n");
}

TEST_CASE("mandatory elements that are missing are named, unless a fault or the capture took them") {
  Feed feed;
  // RAT type and F-TEID are there; APN and bearer context are not.
  CHECK(check(feed(kC, gtpv2(32, 0, 1, hex("52 0001 00 06  57 0009 00 8a00000001 0a000101")))).text ==
        "1 10.0.1.1 > 10.0.1.2 GTPv2-C Create Session Request: a mandatory element is missing "
        "(TS 29.274, 7.7.6) [apn, bearer_context]\n");
  CHECK(check(feed(kU, hex("32 1a 0009 00000000 0001 00 00  10 00000005"))).text ==
        "2 10.0.2.1 > 10.0.2.2 GTPv1-U Error Indication: a mandatory element is missing "
        "(TS 29.281, 7) [gsn_address]\n");
  // An element of a bearer context is none of the message.
  CHECK(check(feed(kC, gtpv2(33, 1, 3, hex("5d 0006 00  02 0002 00 1000")))).count == 1);
  CHECK(check(feed(kC, gtpv2(33, 1, 4, hex("02 0002 00 1000")))).count == 0);
}

TEST_CASE("messages quoted in ICMP errors are not checked") {
  Feed feed;
  const Octets quoted = ipv4(17, udp(2152, 2152, hex("34 ff 0004 00000001 0000 00 85")));
  const Item& item = feed.frame(ethernet(ipv4(1, hex("03 03 0000 00000000") + quoted)));
  REQUIRE(item.packet.layers.size() == 1);
  CHECK(check(item).count == 0);
}

TEST_CASE("--stats counts the same faults with the first frame") {
  Feed feed;
  Statistics statistics(feed.tracker);
  statistics.add(feed(kC, gtpv2(32, 0, 1, {})));
  statistics.add(feed(kC, gtpv2(32, 0, 2, hex("50 0002 00 0102"))));
  statistics.add(feed(kC, gtpv2(32, 0, 3, hex("50 0002 00 0102"))));
  TextBuffer out;
  statistics.print_json(out);
  CHECK_THAT(
      std::string(out.view()),
      Catch::Matchers::Contains(
          R"("faults":[{"protocol":"gtpv2-c","severity":"malformed","fault":"ie_value_short","count":2,)"
          R"("first_frame":2,"clause":"TS 29.274, 7.7.7","text":"an element is shorter than its fixed part"}])"));
}
