// SPDX-License-Identifier: GPL-2.0-or-later
//
// --follow, in one pass as over a stream and in two as over files.
#include "gtpdump/track/follow.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;
using Kind = FollowKey::Kind;
using Frames = std::vector<std::uint64_t>;

constexpr std::string_view kMme = "10.0.0.1", kSgw = "10.0.0.2", kEnb = "10.0.1.1";
const Route kS11{kMme, kSgw};

Frames one_pass(const std::vector<Octets>& frames, const FollowKey& key) {
  Follower follower = Follower::make(key).value();
  Feed feed;
  Frames selected;
  for (const Octets& octets : frames) {
    const Item& item = feed.frame(octets);
    if (follower.selects(item)) selected.push_back(item.frame);
  }
  return selected;
}

Frames two_passes(const std::vector<Octets>& frames, const FollowKey& key) {
  Follower follower = Follower::make(key).value();
  {
    Feed feed;
    feed.tracker.sessions().log_to(follower.ownership_log());
    for (const Octets& octets : frames) follower.learn(feed.frame(octets));
    follower.finish_learning(feed.tracker.sessions());
  }
  Feed feed;
  Frames selected;
  for (const Octets& octets : frames) {
    const Item& item = feed.frame(octets);
    if (follower.selects(item)) selected.push_back(item.frame);
  }
  return selected;
}

Octets g_pdu(std::string_view src, std::string_view dst, std::uint32_t teid, const Octets& inner) {
  return datagram(user_plane(src, dst), gtpu(255, teid, inner));
}

// Two subscribers whose messages alternate; subscriber [n] has TEIDs n00 to n04 and the address 10.45.0.n.
std::vector<Octets> two_subscribers() {
  std::vector<Octets> frames;
  const auto both = [&](auto make) {
    frames.push_back(make(1U, std::string_view("001010000000001"), std::string_view("10.45.0.1")));
    frames.push_back(make(2U, std::string_view("001010000000002"), std::string_view("10.45.0.2")));
  };
  // 1, 2: traffic from before the capture knows anything
  both([](std::uint32_t n, std::string_view, std::string_view ue) {
    return g_pdu(kEnb, kSgw, n * 0x100 + 3, t_pdu(ue, "198.51.100.9"));
  });
  // 3 .. 8: attach
  both([](std::uint32_t n, std::string_view imsi, std::string_view) {
    return datagram(kS11, gtpv2_message({.sequence = n,
                                         .imsi = imsi,
                                         .msisdn = n == 1 ? "4911" : "4922",
                                         .apn = "internet",
                                         .bearer = 5,
                                         .control = {{kMme, n * 0x100 + 1, kS11Mme}}}));
  });
  both([](std::uint32_t n, std::string_view, std::string_view ue) {
    return datagram(kS11.back(), gtpv2_message({.type = 33,
                                                .teid = n * 0x100 + 1,
                                                .sequence = n,
                                                .ue = ue,
                                                .cause = 16,
                                                .bearer = 5,
                                                .control = {{kSgw, n * 0x100 + 2, kS11Sgw}},
                                                .user = {{kSgw, n * 0x100 + 3, kS1uSgw}}}));
  });
  both([](std::uint32_t n, std::string_view, std::string_view) {
    return datagram(kS11, gtpv2_message({.type = 34,
                                         .teid = n * 0x100 + 2,
                                         .sequence = n + 10,
                                         .bearer = 5,
                                         .user = {{kEnb, n * 0x100 + 4, kS1uEnb}}}));
  });
  // 9 .. 12: traffic
  both([](std::uint32_t n, std::string_view, std::string_view ue) {
    return g_pdu(kEnb, kSgw, n * 0x100 + 3, t_pdu(ue, "198.51.100.9"));
  });
  both([](std::uint32_t n, std::string_view, std::string_view ue) {
    return g_pdu(kSgw, kEnb, n * 0x100 + 4, t_pdu("198.51.100.9", ue));
  });
  return frames;
}

TEST_CASE("two passes find everything of a subscriber, whatever names him", "[follow]") {
  const auto frames = two_subscribers();
  CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 3, 5, 7, 9, 11});
  CHECK(two_passes(frames, {Kind::imsi, "001010000000002"}) == Frames{2, 4, 6, 8, 10, 12});
  CHECK(two_passes(frames, {Kind::msisdn, "4922"}) == Frames{2, 4, 6, 8, 10, 12});
  CHECK(two_passes(frames, {Kind::ue, "10.45.0.1"}) == Frames{1, 3, 5, 7, 9, 11});
  CHECK(two_passes(frames, {Kind::ue, "10.45.0.0/24"}).size() == 12);
  CHECK(two_passes(frames, {Kind::teid, "0x104"}) == Frames{1, 3, 5, 7, 9, 11});
  CHECK(two_passes(frames, {Kind::teid, "516"}) == Frames{2, 4, 6, 8, 10, 12});
  CHECK(two_passes(frames, {Kind::imsi, "001010000000003"}).empty());
  CHECK(two_passes(frames, {Kind::imsi, "00101000000000"}).empty());  // no prefix
}

TEST_CASE("over a stream what came before the identity is missed", "[follow]") {
  const auto frames = two_subscribers();
  CHECK(one_pass(frames, {Kind::imsi, "001010000000001"}) == Frames{3, 5, 7, 9, 11});
  CHECK(one_pass(frames, {Kind::msisdn, "4911"}) == Frames{3, 5, 7, 9, 11});
  // The address is in the packet itself, and known from the answer on.
  CHECK(one_pass(frames, {Kind::ue, "10.45.0.1"}) == Frames{1, 5, 7, 9, 11});
}

TEST_CASE("a refusal is part of the story", "[follow]") {
  const std::vector<Octets> frames = {
      datagram(kS11, gtpv2_message(
                         {.sequence = 1, .imsi = "001010000000001", .bearer = 5, .control = {{kMme, 0x101, kS11Mme}}})),
      datagram(kS11, gtpv2_message(
                         {.sequence = 2, .imsi = "001010000000002", .bearer = 5, .control = {{kMme, 0x201, kS11Mme}}})),
      datagram(kS11.back(), gtpv2_message({.type = 33, .teid = 0x201, .sequence = 2, .cause = 84})),
      datagram(kS11.back(), gtpv2_message({.type = 33, .teid = 0x101, .sequence = 1, .cause = 84})),
  };
  CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 4});
  CHECK(one_pass(frames, {Kind::imsi, "001010000000002"}) == Frames{2, 3});
}

TEST_CASE("answers to messages that name the subscriber without a session", "[follow]") {
  // Context Request and Response (TS 29.274, 7.3.5): the answer says nothing about the IMSI here.
  const std::vector<Octets> frames = {
      datagram(kS11, gtpv2_message({.type = 130, .sequence = 5, .imsi = "001010000000001"})),
      datagram(kS11, gtpv2_message({.type = 130, .sequence = 6, .imsi = "001010000000002"})),
      datagram(kS11.back(), gtpv2_message({.type = 131, .sequence = 6, .cause = 16})),
      datagram(kS11.back(), gtpv2_message({.type = 131, .sequence = 5, .cause = 16})),
  };
  CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 4});
  CHECK(one_pass(frames, {Kind::imsi, "001010000000002"}) == Frames{2, 3});
}

TEST_CASE("all fragments of a datagram are the subscriber's", "[follow]") {
  auto frames = two_subscribers();  // 1 .. 12
  const auto fragmented = [&](const Octets& payload, std::uint16_t id) {
    const Octets whole = udp(2152, 2152, payload);
    const Ipv4Options first{.id = id, .fragment = 0x2000, .src = kEnb, .dst = kSgw};
    const Ipv4Options second{.id = id, .fragment = 8, .src = kEnb, .dst = kSgw};
    frames.push_back(ethernet(ipv4(17, cut(whole, 0, 64), first)));
    frames.push_back(ethernet(ipv4(17, cut(whole, 64, whole.size()), second)));
  };
  SECTION("of a session") {
    fragmented(gtpu(255, 0x103, t_pdu("10.45.0.1", "198.51.100.9", 200)), 1);  // 13, 14
    fragmented(gtpu(255, 0x203, t_pdu("10.45.0.2", "198.51.100.9", 200)), 2);  // 15, 16
    CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 3, 5, 7, 9, 11, 13, 14});
    CHECK(two_passes(frames, {Kind::imsi, "001010000000002"}) == Frames{2, 4, 6, 8, 10, 12, 15, 16});
  }
  SECTION("without control plane, by address and by TEID") {
    frames.clear();
    fragmented(gtpu(255, 0x103, t_pdu("10.45.0.1", "198.51.100.9", 200)), 1);
    fragmented(gtpu(255, 0x203, t_pdu("10.45.0.2", "198.51.100.9", 200)), 2);
    CHECK(two_passes(frames, {Kind::ue, "10.45.0.1"}) == Frames{1, 2});
    CHECK(two_passes(frames, {Kind::teid, "0x203"}) == Frames{3, 4});
  }
  SECTION("from before the tunnel was named") {
    std::vector<Octets> later = std::move(frames);
    frames = {};
    fragmented(gtpu(255, 0x103, t_pdu("10.45.0.1", "198.51.100.9", 200)), 1);
    frames.insert(frames.end(), later.begin(), later.end());
    CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 2, 3, 5, 7, 9, 11, 13});
  }
}

TEST_CASE("what a tunnel carries for its first owner is not the second one's", "[follow]") {
  const auto create = [](std::string_view imsi, std::uint32_t sequence) {
    return datagram(
        kS11, gtpv2_message({.sequence = sequence, .imsi = imsi, .bearer = 5, .control = {{kMme, 0x101, kS11Mme}}}));
  };
  const auto accept = [](std::uint32_t sequence, std::string_view ue) {
    return datagram(kS11.back(), gtpv2_message({.type = 33,
                                                .teid = 0x101,
                                                .sequence = sequence,
                                                .ue = ue,
                                                .cause = 16,
                                                .bearer = 5,
                                                .control = {{kSgw, 0x102, kS11Sgw}},
                                                .user = {{kSgw, 0x103, kS1uSgw}}}));
  };
  const std::vector<Octets> frames = {
      create("001010000000001", 1), accept(1, "10.45.0.1"), g_pdu(kEnb, kSgw, 0x103, t_pdu("10.45.0.1", "192.0.2.1")),
      create("001010000000002", 2), accept(2, "10.45.0.2"), g_pdu(kEnb, kSgw, 0x103, t_pdu("10.45.0.2", "192.0.2.1")),
  };
  CHECK(two_passes(frames, {Kind::imsi, "001010000000001"}) == Frames{1, 2, 3});
  CHECK(two_passes(frames, {Kind::imsi, "001010000000002"}) == Frames{4, 5, 6});
}

TEST_CASE("keys that make no sense are refused", "[follow]") {
  const auto words = [](Kind kind, const char* value) {
    const auto made = Follower::make({kind, value});
    return made ? std::string("accepted") : made.error().what;
  };
  CHECK(words(Kind::imsi, "00101x") == "--follow: `00101x` is not a number of up to 16 digits");
  CHECK(words(Kind::msisdn, "12345678901234567") == "--follow: `12345678901234567` is not a number of up to 16 digits");
  CHECK(words(Kind::ue, "10.45.0") == "--follow: `10.45.0` is not an address");
  CHECK(words(Kind::teid, "0x1ffffffff") == "--follow: `0x1ffffffff` is not a TEID");
  CHECK(words(Kind::teid, "0x") == "--follow: `0x` is not a TEID");
  CHECK(words(Kind::teid, "0xffffffff") == "accepted");
  CHECK(words(Kind::ue, "2001:db8::/64") == "accepted");
}

}  // namespace
}  // namespace gtp::dump
