// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/print/hex.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

std::string dump(const Item& item) {
  TextBuffer out;
  put_hex(out, item, output::Style());
  return std::string(out.view());
}
// All octets that the rows show, in their order.
Octets octets_of(const std::string& text) {
  Octets all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string row = text.substr(at, end - at);
    at = end + 1;
    if (row.find("reassembled") != std::string::npos) break;
    const Octets shown = hex(row.substr(7, 48));
    all.insert(all.end(), shown.begin(), shown.end());
  }
  return all;
}

TEST_CASE("a row per field, named on the right", "[hex]") {
  Feed feed;
  const Item& item = feed(Route{}, gtpv2(1, 0, 5, hex("03 0001 00 2a")));
  CHECK(dump(item) ==
        "  0000  02 00 00 00 00 02 02 00 00 00 00 01 08 00 45 00  ..............E.  outer headers\n"
        "  0010  00 2d 00 00 00 00 40 11 00 00 0a 00 00 01 0a 00  .-....@.........\n"
        "  0020  00 02 08 4b 08 4b 00 19 00 00                    ...K.K....\n"
        "  002a  48 01 00 0d 00 00 00 00 00 00 05 00              H...........      gtpv2-c\n"
        "  0036  03 00 01 00 2a                                   ....*             recovery\n");
}

TEST_CASE("every octet is shown once", "[hex]") {
  Feed feed;
  const Octets grouped = gtpv2_message({.imsi = "001010000000001",
                                        .apn = "internet",
                                        .bearer = 5,
                                        .control = {{"10.0.0.1", 1, kS11Mme}},
                                        .user = {{"10.0.0.2", 2, kS1uSgw}}});
  const Octets frames[] = {
      datagram(Route{}, grouped),
      datagram(Route{}, grouped + hex("ffff")),
      datagram(Route{}, gtpv2(33, 1, 1, hex("02 0002 00 1000"), true) + gtpv2(95, 1, 2, hex("49 0001 00 05"))),
      datagram(user_plane("10.0.0.1", "10.0.0.2"), gtpu_pdu_session(1, 0, 9, t_pdu("10.45.0.7", "192.0.2.1", 100))),
      datagram(n4("10.0.4.1", "10.0.4.2"), pfcp_message({.f_seid = 1, .ue = "10.45.0.7"})),
      cut(datagram(Route{}, grouped), 0, 70),
      ethernet(ipv4(17, udp(1, 2, zeros(5)))),
  };
  for (const Octets& frame : frames) {
    const Item& item = feed.frame(frame);
    CHECK(octets_of(dump(item)) == frame);
  }
}

TEST_CASE("elements of a group stand further right", "[hex]") {
  Feed feed;
  const std::string text = dump(feed(Route{}, gtpv2(34, 1, 1, hex("5d 0005 00 49 0001 00 05"))));
  CHECK_THAT(text, Catch::Contains("]...              bearer_context\n") ||
                       Catch::Contains("]...            bearer_context\n"));
  CHECK_THAT(text, Catch::Contains("  ebi\n"));
  const auto column = [&](std::string_view name) {
    const std::size_t at = text.find(std::string(name) + "\n");
    return at - text.rfind('\n', at);
  };
  CHECK(column("ebi") == column("bearer_context") + 2);
}

TEST_CASE("extension headers and the T-PDU have marks", "[hex]") {
  Feed feed;
  const std::string text =
      dump(feed(user_plane("10.0.0.1", "10.0.0.2"), gtpu_pdu_session(1, 0, 9, t_pdu("10.45.0.7", "192.0.2.1"))));
  for (const char* name : {"  gtpv1-u\n", "  pdu_session_container\n", "  t-pdu\n"}) {
    CHECK_THAT(text, Catch::Contains(name));
  }
}

TEST_CASE("a reassembled message is shown by itself", "[hex]") {
  Feed feed;
  const Octets whole = udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9", 200)));
  feed.frame(ethernet(ipv4(17, cut(whole, 0, 96), {.id = 1, .fragment = 0x2000})));
  const std::string text =
      dump(feed.frame(ethernet(ipv4(17, cut(whole, 96, whole.size()), {.id = 1, .fragment = 12}))));
  const std::size_t at = text.find("  reassembled:\n  0000  30 ff 00 e4 00 00 00 01 ");
  REQUIRE(at != std::string::npos);
  CHECK_THAT(text.substr(at), Catch::Contains("t-pdu\n"));
}

TEST_CASE("control characters do not reach the terminal", "[hex]") {
  Feed feed;
  const std::string text = dump(feed(Route{}, gtpv2(32, 0, 1, hex("47 0004 00 1b5b324a"))));
  CHECK(text.find('\x1b') == std::string::npos);
}

}  // namespace
}  // namespace gtp::dump
