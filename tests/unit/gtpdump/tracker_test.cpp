// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sessions through the eyes of the tracker: GTPv2-C (TS 29.274), GTPv1-C (TS 29.060) and GTPv0 (GSM 09.60).
#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

constexpr std::string_view kImsi = "001010000000001";
constexpr std::string_view kOtherImsi = "001010000000002";
constexpr std::string_view kUe = "10.45.0.7";
constexpr std::string_view kMme = "10.0.0.1", kSgw = "10.0.0.2", kPgw = "10.0.0.3", kEnb = "10.0.1.1";
const Route kS11{kMme, kSgw};
const Route kS5{kSgw, kPgw};

// An attach on S11: the SGW's S1-U tunnel in the answer, the eNodeB's in the Modify Bearer Request.
void attach(Feed& feed, std::string_view imsi = kImsi, std::uint32_t base = 0x100, std::uint8_t bearer = 5,
            std::string_view ue = kUe, std::uint32_t sequence = 1) {
  feed(kS11, gtpv2_message({.sequence = sequence,
                            .imsi = imsi,
                            .msisdn = "49123456",
                            .apn = "internet",
                            .bearer = bearer,
                            .control = {{kMme, base + 1, kS11Mme}}}));
  feed(kS11.back(), gtpv2_message({.type = 33,
                                   .teid = base + 1,
                                   .sequence = sequence,
                                   .ue = ue,
                                   .cause = 16,
                                   .bearer = bearer,
                                   .control = {{kSgw, base + 2, kS11Sgw}},
                                   .user = {{kSgw, base + 3, kS1uSgw}}}));
  feed(kS11, gtpv2_message({.type = 34,
                            .teid = base + 2,
                            .sequence = sequence + 1,
                            .bearer = bearer,
                            .user = {{kEnb, base + 4, kS1uEnb}}}));
  feed(kS11.back(),
       gtpv2_message({.type = 35, .teid = base + 1, .sequence = sequence + 1, .cause = 16, .bearer = bearer}));
}

void check_all_known(const SessionInfo& info) {
  CHECK(digits(info.imsi) == kImsi);
  CHECK(digits(info.msisdn) == "49123456");
  CHECK(info.apn == "internet");
  CHECK(info.ue_ipv4 == ip(kUe));
}

TEST_CASE("an attach on S11 annotates both directions of the user plane", "[tracker]") {
  Feed feed;
  attach(feed);
  for (std::size_t i = 0; i < 4; ++i) CHECK(session(feed.items()[i]).id == 1);
  check_all_known(session(feed.items()[1]));
  check_all_known(session(feed.items()[3]));
  check_all_known(feed.session_of_g_pdu(kEnb, kSgw, 0x103));
  check_all_known(feed.session_of_g_pdu(kSgw, kEnb, 0x104, t_pdu("198.51.100.9", kUe)));
  // The same number at another receiver is another tunnel.
  CHECK(feed.session_of_g_pdu(kSgw, kEnb, 0x103).id == 0);
  CHECK(feed.session_of_g_pdu(kEnb, kPgw, 0x103).id == 0);
}

TEST_CASE("S11 and S5 of one attach are one session", "[tracker]") {
  Feed feed;
  feed(kS11, gtpv2_message({.imsi = kImsi, .apn = "internet", .bearer = 5, .control = {{kMme, 0x101, kS11Mme}}}));
  feed(kS5, gtpv2_message({.sequence = 900,
                           .imsi = kImsi,
                           .apn = "internet",
                           .bearer = 5,
                           .control = {{kSgw, 0x201, kS5cSgw}},
                           .user = {{kSgw, 0x202, kS5uSgw, 2}}}));
  feed(kS5.back(), gtpv2_message({.type = 33,
                                  .teid = 0x201,
                                  .sequence = 900,
                                  .ue = kUe,
                                  .cause = 16,
                                  .bearer = 5,
                                  .control = {{kPgw, 0x301, kS5cPgw, 1}},
                                  .user = {{kPgw, 0x302, kS5uPgw, 2}}}));
  feed(kS11.back(), gtpv2_message({.type = 33,
                                   .teid = 0x101,
                                   .ue = kUe,
                                   .cause = 16,
                                   .bearer = 5,
                                   .control = {{kSgw, 0x102, kS11Sgw}},
                                   .user = {{kSgw, 0x103, kS1uSgw}}}));
  for (const Item& item : feed.items()) CHECK(session(item).id == 1);
  CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 1);
  CHECK(feed.session_of_g_pdu(kSgw, kPgw, 0x302).id == 1);
  CHECK(feed.session_of_g_pdu(kPgw, kSgw, 0x202).id == 1);
  CHECK(feed.tracker.sessions().created() == 1);
}

TEST_CASE("a second connection of the same UE is a session of its own", "[tracker]") {
  Feed feed;
  attach(feed);
  // The MME and the SGW keep their control TEIDs for all connections of a UE (TS 29.274, 5.5.1 and 8.22).
  feed(kS11, gtpv2_message({.teid = 0x102,
                            .sequence = 10,
                            .imsi = kImsi,
                            .apn = "ims",
                            .bearer = 6,
                            .control = {{kMme, 0x101, kS11Mme}}}));
  feed(kS11.back(), gtpv2_message({.type = 33,
                                   .teid = 0x101,
                                   .sequence = 10,
                                   .ue = "10.46.0.9",
                                   .cause = 16,
                                   .bearer = 6,
                                   .control = {{kSgw, 0x102, kS11Sgw}},
                                   .user = {{kSgw, 0x113, kS1uSgw}}}));
  feed(kS11, gtpv2_message({.type = 34, .teid = 0x102, .sequence = 11, .bearer = 6, .user = {{kEnb, 0x114, kS1uEnb}}}));
  CHECK(session(feed.items()[4]).id == 2);
  CHECK(session(feed.items()[6]).id == 2);
  const SessionInfo ims = feed.session_of_g_pdu(kSgw, kEnb, 0x114, t_pdu("198.51.100.9", "10.46.0.9"));
  CHECK(ims.id == 2);
  CHECK(ims.apn == "ims");
  CHECK(ims.ue_ipv4 == ip("10.46.0.9"));
  CHECK(digits(ims.imsi) == kImsi);
  const SessionInfo internet = feed.session_of_g_pdu(kEnb, kSgw, 0x103);
  check_all_known(internet);
  CHECK(internet.id == 1);

  SECTION("and it ends alone") {
    feed(kS11, gtpv2_message({.type = 36, .teid = 0x102, .sequence = 12, .linked_bearer = 6}));
    feed(kS11.back(), gtpv2_message({.type = 37, .teid = 0x101, .sequence = 12, .cause = 16}));
    feed.wait(20 * kSecond);
    feed(kS11,
         gtpv2_message({.type = 34, .teid = 0x102, .sequence = 13, .bearer = 5, .user = {{kEnb, 0x124, kS1uEnb}}}));
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x113).id == 0);
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 1);
    CHECK(feed.session_of_g_pdu(kSgw, kEnb, 0x124).id == 1);
  }
}

TEST_CASE("a dedicated bearer belongs to the session of its linked bearer", "[tracker]") {
  Feed feed;
  attach(feed);
  feed(kS11.back(), gtpv2_message({.type = 95,
                                   .teid = 0x101,
                                   .sequence = 20,
                                   .linked_bearer = 5,
                                   .bearer = 15,
                                   .user = {{kSgw, 0x123, kS1uSgw}}}));
  feed(kS11,
       gtpv2_message(
           {.type = 96, .teid = 0x102, .sequence = 20, .cause = 16, .bearer = 7, .user = {{kEnb, 0x124, kS1uEnb}}}));
  CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x123).id == 1);
  CHECK(feed.session_of_g_pdu(kSgw, kEnb, 0x124).id == 1);

  SECTION("deleting it leaves the session") {
    feed(kS11.back(), gtpv2_message({.type = 99, .teid = 0x101, .sequence = 21, .bearer = 7}));
    feed(kS11, gtpv2_message({.type = 100, .teid = 0x102, .sequence = 21, .cause = 16}));
    CHECK_FALSE(feed.tracker.sessions()[0].ended);
  }
  SECTION("deleting the linked one ends it") {
    feed(kS11.back(), gtpv2_message({.type = 99, .teid = 0x101, .sequence = 21, .linked_bearer = 5}));
    CHECK_FALSE(feed.tracker.sessions()[0].ended);
    feed(kS11, gtpv2_message({.type = 100, .teid = 0x102, .sequence = 21, .cause = 16}));
    CHECK(feed.tracker.sessions()[0].ended);
  }
}

TEST_CASE("a handover moves the tunnel of the eNodeB", "[tracker]") {
  Feed feed;
  attach(feed);
  feed(kS11,
       gtpv2_message({.type = 34, .teid = 0x102, .sequence = 30, .bearer = 5, .user = {{"10.0.1.2", 0x777, kS1uEnb}}}));
  check_all_known(feed.session_of_g_pdu(kSgw, "10.0.1.2", 0x777));
}

TEST_CASE("a delete ends the session when it is accepted", "[tracker]") {
  Feed feed;
  attach(feed);
  feed(kS11, gtpv2_message({.type = 36, .teid = 0x102, .sequence = 40, .linked_bearer = 5}));
  SECTION("refused: it goes on") {
    feed(kS11.back(), gtpv2_message({.type = 37, .teid = 0x101, .sequence = 40, .cause = 64}));
    feed.wait(20 * kSecond);
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 1);
  }
  SECTION("accepted: late packets are still its own, those of ten seconds later are nobody's") {
    feed(kS11.back(), gtpv2_message({.type = 37, .teid = 0x101, .sequence = 40, .cause = 16}));
    CHECK(session(feed.items().back()).id == 1);
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 1);
    feed.wait(11 * kSecond);
    feed(kS11, gtpv2_message({.type = 170, .teid = 0x9999, .sequence = 41}));  // lets time go on
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 0);
  }
  SECTION("an attach right behind it is a new session, also with the same TEIDs") {
    feed(kS11.back(), gtpv2_message({.type = 37, .teid = 0x101, .sequence = 40, .cause = 16}));
    attach(feed, kImsi, 0x100, 5, "10.45.0.8", 50);
    const SessionInfo now = feed.session_of_g_pdu(kEnb, kSgw, 0x103);
    CHECK(now.id == 2);
    CHECK(now.ue_ipv4 == ip("10.45.0.8"));
    feed.wait(11 * kSecond);
    feed(kS11, gtpv2_message({.type = 170, .teid = 0x102, .sequence = 60}));
    CHECK(feed.session_of_g_pdu(kEnb, kSgw, 0x103).id == 2);
  }
}

TEST_CASE("the TEIDs of one subscriber go to the next", "[tracker]") {
  Feed feed;
  attach(feed);
  // No delete was captured.
  attach(feed, kOtherImsi, 0x100, 5, "10.45.0.9", 70);
  const SessionInfo info = feed.session_of_g_pdu(kEnb, kSgw, 0x103);
  CHECK(digits(info.imsi) == kOtherImsi);
  CHECK(info.ue_ipv4 == ip("10.45.0.9"));
}

TEST_CASE("a refused create leaves no session", "[tracker]") {
  Feed feed;
  feed(kS11, gtpv2_message({.imsi = kImsi, .bearer = 5, .control = {{kMme, 0x101, kS11Mme}}}));
  const Item& refusal = feed(kS11.back(), gtpv2_message({.type = 33, .teid = 0x101, .cause = 84}));
  CHECK(digits(session(refusal).imsi) == kImsi);  // one can see whose it was
  feed.wait(11 * kSecond);
  feed(kS11, gtpv2_message({.type = 170, .teid = 1, .sequence = 2}));
  CHECK(feed.tracker.sessions().empty());
}

TEST_CASE("GTPv1: create, update, delete", "[tracker]") {
  constexpr std::string_view kSgsn = "10.0.2.1", kGgsn = "10.0.2.2";
  const Route gn{kSgsn, kGgsn};
  Feed feed;
  feed(gn, gtpv1_message({.sequence = 7,
                          .imsi = kImsi,
                          .msisdn = "49123456",
                          .apn = "internet",
                          .nsapi = 5,
                          .teid_data = 0x11,
                          .teid_control = 0x12,
                          .gsn = {kSgsn, kSgsn}}));
  feed(gn.back(), gtpv1_message({.type = 17,
                                 .teid = 0x12,
                                 .sequence = 7,
                                 .ue = kUe,
                                 .cause = 128,
                                 .teid_data = 0x21,
                                 .teid_control = 0x22,
                                 .gsn = {kGgsn, "10.0.2.3"}}));
  CHECK(transaction(feed.items()[1]).request_frame == 1);
  check_all_known(session(feed.items()[1]));
  // The second GSN address is that of the user plane (TS 29.060, 7.3.1).
  check_all_known(feed.session_of_g_pdu(kSgsn, "10.0.2.3", 0x21));
  check_all_known(feed.session_of_g_pdu("10.0.2.3", kSgsn, 0x11, t_pdu("198.51.100.9", kUe)));
  CHECK(feed.session_of_g_pdu(kSgsn, kGgsn, 0x21).id == 0);

  SECTION("an update moves the SGSN") {
    const Route moved{"10.0.2.9", kGgsn};
    feed(moved, gtpv1_message({.type = 18,
                               .teid = 0x22,
                               .sequence = 8,
                               .nsapi = 5,
                               .teid_data = 0x31,
                               .teid_control = 0x32,
                               .gsn = {"10.0.2.9", "10.0.2.9"}}));
    feed(moved.back(), gtpv1_message({.type = 19, .teid = 0x32, .sequence = 8, .cause = 128}));
    check_all_known(session(feed.items().back()));
    check_all_known(feed.session_of_g_pdu("10.0.2.3", "10.0.2.9", 0x31));
  }
  SECTION("a secondary context shares the session") {
    feed(gn,
         gtpv1_message(
             {.teid = 0x22, .sequence = 9, .nsapi = 6, .linked_nsapi = 5, .teid_data = 0x41, .gsn = {kSgsn, kSgsn}}));
    feed(gn.back(),
         gtpv1_message(
             {.type = 17, .teid = 0x12, .sequence = 9, .cause = 128, .teid_data = 0x51, .gsn = {kGgsn, "10.0.2.3"}}));
    CHECK(session(feed.items().back()).id == 1);
    check_all_known(feed.session_of_g_pdu(kSgsn, "10.0.2.3", 0x51));
    // Deleting it alone, without teardown, leaves the primary one.
    feed(gn, gtpv1_message({.type = 20, .teid = 0x22, .sequence = 10, .nsapi = 6, .teardown = false}));
    feed(gn.back(), gtpv1_message({.type = 21, .teid = 0x12, .sequence = 10, .cause = 128}));
    CHECK_FALSE(feed.tracker.sessions()[0].ended);
    // With teardown all contexts of the address go.
    feed(gn, gtpv1_message({.type = 20, .teid = 0x22, .sequence = 11, .nsapi = 6, .teardown = true}));
    feed(gn.back(), gtpv1_message({.type = 21, .teid = 0x12, .sequence = 11, .cause = 128}));
    CHECK(feed.tracker.sessions()[0].ended);
  }
  SECTION("deleting the only context without a word about teardown ends it") {
    feed(gn, gtpv1_message({.type = 20, .teid = 0x22, .sequence = 10, .nsapi = 5}));
    feed(gn.back(), gtpv1_message({.type = 21, .teid = 0x12, .sequence = 10, .cause = 128}));
    CHECK(feed.tracker.sessions()[0].ended);
  }
  SECTION("an Error Indication names the tunnel at its receiver's peer") {
    std::array<std::byte, 64> room{};
    ByteWriter out(room);
    wire::write_error_indication(out, 0x21, ip("10.0.2.3"), std::nullopt);
    const Item& error = feed(user_plane("10.0.2.3", kSgsn), {out.view().begin(), out.view().end()});
    check_all_known(session(error));
  }
}

TEST_CASE("GTPv0 names the subscriber in every header", "[tracker]") {
  const Route gn{"10.0.3.1", "10.0.3.2", 3386, 3386};
  // IMSI 001010000000001 and NSAPI 5 in TBCD.
  constexpr std::uint64_t kTid = 0x00010100'00000051;
  Feed feed;
  const auto plain = [](std::uint8_t type, std::uint16_t sequence, std::uint8_t cause) {
    return message(wire::gtpv0_header(type, sequence, 1, kTid), [&](wire::MessageWriter& m) {
      if (cause != 0) m.number(1, cause, 1);
    });
  };
  SECTION("a G-PDU without any create") {
    const Item& item = feed(gn, plain(255, 1, 0) + t_pdu(kUe, "198.51.100.9"));
    REQUIRE_FALSE(item.annotations.empty());
    CHECK(digits(session(item).imsi) == kImsi);
  }
  SECTION("create, traffic, delete") {
    feed(gn, plain(16, 1, 0));
    feed(gn.back(), plain(17, 1, 128));
    CHECK(transaction(feed.items()[1]).request_frame == 1);
    CHECK(digits(session(feed.items()[1]).imsi) == kImsi);
    feed(gn, plain(20, 2, 0));
    feed(gn.back(), plain(21, 2, 128));
    CHECK(feed.tracker.sessions()[0].ended);
    feed(gn, plain(16, 3, 0));
    CHECK(session(feed.items().back()).id == 2);
  }
}

TEST_CASE("a capture of the user plane alone is not annotated", "[tracker]") {
  Feed feed;
  const Item& item = feed(user_plane(kEnb, kSgw), gtpu(255, 1, t_pdu(kUe, "198.51.100.9")));
  CHECK(item.annotations.empty());
}

}  // namespace
}  // namespace gtp::dump
