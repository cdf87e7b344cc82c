// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/summary.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

std::string line(const Item& item, std::optional<output::TimeStyle> time = std::nullopt) {
  TextBuffer out;
  SummaryPrinter(Stamp(time), output::Style(), false).print(item, out);
  return std::string(out.view());
}

TEST_CASE("the facts that matter of a create and its answer", "[summary]") {
  Feed feed;
  const Item& request = feed(Route{}, gtpv2_message({.imsi = "001010000000001",
                                                     .msisdn = "49123456",
                                                     .apn = "internet",
                                                     .bearer = 5,
                                                     .control = {{"10.0.0.1", 0x101, kS11Mme}}}));
  CHECK(line(request) ==
        "1 10.0.0.1 > 10.0.0.2 GTPv2-C Create Session Request teid 0x00000000 seq 1 imsi 001010000000001 apn internet "
        "msisdn 49123456 f-teid S11 MME-C 0x00000101@10.0.0.1 bearer_context ebi 5 [session 1]\n");
  const Octets answer = gtpv2_message({.type = 33,
                                       .teid = 0x101,
                                       .ue = "10.45.0.7",
                                       .cause = 16,
                                       .bearer = 5,
                                       .control = {{"10.0.0.2", 0x102, kS11Sgw}},
                                       .user = {{"10.0.0.2", 0x103, kS1uSgw}}});
  const std::string said = line(feed(Route{}.back(), answer));
  CHECK_THAT(said, Catch::StartsWith("2 10.0.0.2 > 10.0.0.1 GTPv2-C Create Session Response teid 0x00000101 seq 1 "
                                     "cause 16 Request accepted ue 10.45.0.7 "));
  CHECK_THAT(said, Catch::Contains("f-teid S1-U SGW 0x00000103@10.0.0.2"));
  CHECK_THAT(said, Catch::EndsWith("[session 1 imsi 001010000000001] (answers 1 in 1.00 ms)\n"));
  CHECK_THAT(line(feed(Route{}.back(), answer)), Catch::EndsWith("(retransmission of 2)\n"));
  // A G-PDU of that session says whose it is.
  CHECK(
      line(feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu_pdu_session(0x103, 1, 9, t_pdu("10.45.0.7", "192.0.2.1")))) ==
      "4 10.0.1.1 > 10.0.0.2 GTPv1-U G-PDU teid 0x00000103 qfi 9 [session 1 imsi 001010000000001 apn internet] | "
      "10.45.0.7:5000 > 192.0.2.1:53 UDP 60\n");
}

TEST_CASE("a port is shown when it is not the protocol's", "[summary]") {
  Feed feed;
  CHECK(line(feed({"10.0.1.1", "10.0.0.2", 40000, 2152}, gtpu(254, 5, {}))) ==
        "1 10.0.1.1:40000 > 10.0.0.2 GTPv1-U End Marker teid 0x00000005\n");
}

TEST_CASE("the time in each style", "[summary]") {
  Feed feed;
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(254, 5, {}));
  feed.wait(kSecond);
  const Item& item = feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(254, 5, {}));
  using output::TimeStyle;
  CHECK_THAT(line(item, TimeStyle::relative), Catch::StartsWith("2 +1.001000 10.0.1.1 > "));
  CHECK_THAT(line(item, TimeStyle::delta), Catch::StartsWith("2 +1.001000 10.0.1.1 > "));
  CHECK_THAT(line(item, TimeStyle::epoch), Catch::StartsWith("2 1700000001.002000 10.0.1.1 > "));
  CHECK_THAT(line(item, TimeStyle::utc), Catch::StartsWith("2 2023-11-14T22:13:21.002000Z 10.0.1.1 > "));
  CHECK_THAT(line(item), Catch::StartsWith("2 10.0.1.1 > "));
  CHECK_THAT(line(feed.items()[0], TimeStyle::delta), Catch::StartsWith("1 +0.000000 "));
}

TEST_CASE("what is wrong stands at the end", "[summary]") {
  Feed feed;
  CHECK_THAT(line(feed(Route{}, gtpv2(32, 0, 1, hex("01 0008 00 0010")))),
             Catch::EndsWith("  !! malformed: an information element runs past the message\n"));
}

TEST_CASE("text from the wire cannot drive the terminal", "[summary]") {
  Feed feed;
  const std::string said = line(feed(Route{}, gtpv2(32, 0, 2, hex("47 0006 00 05 1b5b324a0a"))));
  CHECK_THAT(said, Catch::Contains("apn \\x1b[2J\\x0a"));
  CHECK(said.find('\x1b') == std::string::npos);
}

TEST_CASE("a message in an ICMP error is told from a message", "[summary]") {
  Feed feed;
  const Octets inside = ipv4(17, udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9"))));
  CHECK_THAT(line(feed.frame(ethernet(ipv4(1, hex("0303 0000 00000000") + inside)))),
             Catch::StartsWith("1 quoted in ICMP error: 192.0.2.1 > 198.51.100.1 GTPv1-U G-PDU "));
}

}  // namespace
}  // namespace gtp::dump
