// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/tree.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

std::string tree(const Item& item, bool hex = false) {
  TextBuffer out;
  TreePrinter(Stamp(std::nullopt), output::Style(), hex).print(item, out);
  return std::string(out.view());
}

TEST_CASE("every field, indented by its place", "[tree]") {
  Feed feed;
  const std::string text =
      tree(feed(Route{}, gtpv2_message({.imsi = "001010000000001", .bearer = 5, .user = {{"10.0.0.2", 2, kS1uSgw}}})));
  CHECK(text.substr(text.find('\n') + 1) ==
        "    Header: version 2, flags 0x48 (T), message type 32, length 42, ports 2123 > 2123\n"
        "    International Mobile Subscriber Identity (IMSI) [type 1, length 8]: 001010000000001\n"
        "    Bearer Context [type 93, length 18]\n"
        "        EPS Bearer ID (EBI) [type 73, length 1]: 5\n"
        "        Fully Qualified Tunnel Endpoint Identifier (F-TEID) [type 87, length 9]\n"
        "            Interface type: S1-U SGW GTP-U interface (1)\n"
        "            TEID: 0x00000002\n"
        "            IPv4 address: 10.0.0.2\n");
}

TEST_CASE("extension headers and the T-PDU", "[tree]") {
  Feed feed;
  const std::string text =
      tree(feed(user_plane("10.0.0.1", "10.0.0.2"), gtpu_pdu_session(1, 1, 9, t_pdu("10.45.0.7", "192.0.2.1"))));
  CHECK_THAT(text, Catch::Contains("\n    PDU Session Container [type 0x85, length 4]\n"));
  CHECK_THAT(text, Catch::Contains("\n        QoS Flow Identifier (QFI): 9\n"));
  CHECK_THAT(text, Catch::EndsWith("\n    T-PDU: 10.45.0.7:5000 > 192.0.2.1:53 UDP 60, IPv4, DSCP 0\n"));
}

TEST_CASE("an element that is cut is shown as far as it goes, with the reason", "[tree]") {
  Feed feed;
  CHECK_THAT(tree(feed(Route{}, gtpv2(32, 0, 1, hex("01 0008 00 0010")))),
             Catch::EndsWith("    International Mobile Subscriber Identity (IMSI) [type 1, length 8]\n"
                             "        IMSI: 0001\n"
                             "        ! cut: runs past the end of the message\n"));
}

TEST_CASE("the instance is shown when it is not 0, and PFCP flags by name", "[tree]") {
  Feed feed;
  CHECK_THAT(tree(feed(Route{}, gtpv2(32, 0, 2, hex("ff 0002 01 1234")))),
             Catch::Contains("Private Extension [type 255, instance 1, length 2]"));
  CHECK_THAT(tree(feed(n4("10.0.4.1", "10.0.4.2"), pfcp_message({.f_seid = 1}))), Catch::Contains("V4 IPv4 address\n"));
}

TEST_CASE("-v and -x together, and a packet of somebody else", "[tree]") {
  Feed feed;
  const std::string text = tree(feed(Route{}, gtpv2(1, 0, 5, hex("03 0001 00 2a"))), true);
  CHECK_THAT(text, Catch::EndsWith("                                   ....*             recovery\n"));
  CHECK(tree(feed.frame(ethernet(ipv4(17, udp(1, 2, zeros(5)))))) == "2 no GTP\n");
}

}  // namespace
}  // namespace gtp::dump
