// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP sessions (TS 29.244) and the GTP-C sessions that they serve.
#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

constexpr std::string_view kImsi = "001010000000001";
constexpr std::string_view kUe = "10.45.0.7";
constexpr std::string_view kSmf = "10.0.4.1", kUpf = "10.0.4.2", kGnb = "10.0.4.3";
const Route kN4 = n4(kSmf, kUpf);

void establish(Feed& feed, std::string_view imsi = kImsi) {
  feed(kN4, pfcp_message({.seid = 0,
                          .sequence = 1,
                          .f_seid = 0xa1,
                          .node = kSmf,
                          .ue = kUe,
                          .imsi = imsi,
                          .local = FTeid{kUpf, 0x501, 0}}));
  feed(kN4.back(), pfcp_message({.type = 51, .seid = 0xa1, .sequence = 1, .cause = 1, .f_seid = 0xb1, .node = kUpf}));
}

TEST_CASE("a PFCP session names the tunnels of the user plane", "[tracker]") {
  Feed feed;
  establish(feed);
  feed(kN4, pfcp_message({.type = 52, .seid = 0xb1, .sequence = 2, .remote = FTeid{kGnb, 0x601, 0}}));
  feed(kN4.back(), pfcp_message({.type = 53, .seid = 0xa1, .sequence = 2, .cause = 1}));
  for (const Item& item : feed.items()) CHECK(session(item).id == 1);
  const SessionInfo uplink = feed.session_of_g_pdu(kGnb, kUpf, 0x501);
  CHECK(uplink.id == 1);
  CHECK(digits(uplink.imsi) == kImsi);
  CHECK(uplink.ue_ipv4 == ip(kUe));
  CHECK(feed.session_of_g_pdu(kUpf, kGnb, 0x601, t_pdu("198.51.100.9", kUe)).id == 1);
}

TEST_CASE("a session that the UPF refuses, and one that is deleted", "[tracker]") {
  Feed feed;
  SECTION("refused") {
    feed(kN4, pfcp_message({.sequence = 1, .f_seid = 0xa1, .node = kSmf, .local = FTeid{kUpf, 0x501, 0}}));
    feed(kN4.back(), pfcp_message({.type = 51, .seid = 0xa1, .sequence = 1, .cause = 64}));
    CHECK(feed.tracker.sessions()[0].ended);
  }
  SECTION("deleted") {
    establish(feed);
    feed(kN4, pfcp_message({.type = 54, .seid = 0xb1, .sequence = 3}));
    CHECK_FALSE(feed.tracker.sessions()[0].ended);
    feed(kN4.back(), pfcp_message({.type = 55, .seid = 0xa1, .sequence = 3, .cause = 1}));
    CHECK(feed.tracker.sessions()[0].ended);
  }
}

TEST_CASE("a session report finds its session at the control plane's end", "[tracker]") {
  Feed feed;
  establish(feed);
  const Item& report = feed(kN4.back(), pfcp_message({.type = 56, .seid = 0xa1, .sequence = 900}));
  CHECK(session(report).id == 1);
  CHECK(digits(session(report).imsi) == kImsi);
}

TEST_CASE("a session report's answer tells the F-SEID of the SMF that takes over", "[tracker]") {
  constexpr std::string_view kOtherSmf = "10.0.4.9";
  Feed feed;
  establish(feed);
  feed(kN4.back(), pfcp_message({.type = 56, .seid = 0xa1, .sequence = 900}));
  SECTION("accepted") {
    feed(kN4, pfcp_message({.type = 57, .seid = 0xb1, .sequence = 900, .cause = 1, .f_seid = 0xc1, .node = kOtherSmf}));
    const Item& next = feed(n4(kUpf, kOtherSmf), pfcp_message({.type = 56, .seid = 0xc1, .sequence = 901}));
    CHECK(session(next).id == 1);
    CHECK(digits(session(next).imsi) == kImsi);
  }
  SECTION("refused") {
    feed(kN4,
         pfcp_message({.type = 57, .seid = 0xb1, .sequence = 900, .cause = 65, .f_seid = 0xc1, .node = kOtherSmf}));
    const Item& next = feed(n4(kUpf, kOtherSmf), pfcp_message({.type = 56, .seid = 0xc1, .sequence = 901}));
    CHECK(session(next).id == 0);
  }
}

// Between the request on S11 and its answer the SGW programs its user plane, so PFCP is first to name the tunnel.
TEST_CASE("PFCP before GTP-C: both know the subscriber in the end", "[tracker]") {
  const Route s11{"10.0.0.1", kSmf};
  Feed feed;
  feed(s11, gtpv2_message({.imsi = kImsi, .apn = "internet", .bearer = 5, .control = {{"10.0.0.1", 0x101, kS11Mme}}}));
  establish(feed, "");
  CHECK(session(feed.items().back()).imsi.empty());
  feed(s11.back(), gtpv2_message({.type = 33,
                                  .teid = 0x101,
                                  .ue = kUe,
                                  .cause = 16,
                                  .bearer = 5,
                                  .control = {{kSmf, 0x102, kS11Sgw}},
                                  .user = {{kUpf, 0x501, kS1uSgw}}}));
  const SessionInfo uplink = feed.session_of_g_pdu(kGnb, kUpf, 0x501);
  CHECK(digits(uplink.imsi) == kImsi);
  CHECK(uplink.apn == "internet");
  CHECK(uplink.ue_ipv4 == ip(kUe));
  feed(kN4, pfcp_message({.type = 52, .seid = 0xb1, .sequence = 2, .remote = FTeid{kGnb, 0x601, 0}}));
  CHECK(digits(session(feed.items().back()).imsi) == kImsi);
  CHECK(digits(feed.session_of_g_pdu(kUpf, kGnb, 0x601, t_pdu("198.51.100.9", kUe)).imsi) == kImsi);
}

TEST_CASE("GTP-C before PFCP: the PFCP session learns the subscriber", "[tracker]") {
  const Route s11{"10.0.0.1", kSmf};
  Feed feed;
  feed(s11, gtpv2_message({.imsi = kImsi, .apn = "internet", .bearer = 5, .control = {{"10.0.0.1", 0x101, kS11Mme}}}));
  feed(s11.back(), gtpv2_message({.type = 33,
                                  .teid = 0x101,
                                  .ue = kUe,
                                  .cause = 16,
                                  .bearer = 5,
                                  .control = {{kSmf, 0x102, kS11Sgw}},
                                  .user = {{kUpf, 0x501, kS1uSgw}}}));
  establish(feed, "");
  CHECK(digits(session(feed.items().back()).imsi) == kImsi);
  // The GTP-C session keeps the tunnel, also when PFCP is done with it.
  CHECK(feed.session_of_g_pdu(kGnb, kUpf, 0x501).id == 1);
  feed(kN4, pfcp_message({.type = 54, .seid = 0xb1, .sequence = 3}));
  feed(kN4.back(), pfcp_message({.type = 55, .seid = 0xa1, .sequence = 3, .cause = 1}));
  feed.wait(11 * kSecond);
  feed(s11, gtpv2_message({.type = 170, .teid = 0x102, .sequence = 5}));
  CHECK(feed.session_of_g_pdu(kGnb, kUpf, 0x501).id == 1);
}

}  // namespace
}  // namespace gtp::dump
