// SPDX-License-Identifier: GPL-2.0-or-later
//
// Requests and their answers: TS 29.274, 7.6; TS 29.060, 7.6; TS 29.244, 6.4.
#include <catch2/catch.hpp>

#include "tests/unit/gtpdump/feed.hpp"
#include "tests/unit/gtpdump/messages.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

constexpr std::uint8_t kEchoRequest = 1, kEchoResponse = 2;
const Route kRoute{};

Octets echo_v2(std::uint8_t type, std::uint32_t sequence) {
  return message(wire::gtpv2_header_without_teid(type, sequence), [](wire::MessageWriter& m) { m.number(3, 7, 1); });
}
Octets echo_v1(std::uint8_t type, std::uint16_t sequence) {
  return message(wire::gtpv1_c_header(type, 0, sequence), [](wire::MessageWriter& m) { m.number(14, 7, 1); });
}
Octets heartbeat(std::uint8_t type, std::uint32_t sequence) {
  return message(wire::pfcp_node_header(type, sequence), [](wire::MessageWriter& m) { m.number(96, 1, 4); });
}

TEST_CASE("a response names its request and the time it took", "[transaction]") {
  const auto make = GENERATE(
      +[](bool request) { return echo_v2(request ? kEchoRequest : kEchoResponse, 77); },
      +[](bool request) { return echo_v1(request ? kEchoRequest : kEchoResponse, 77); },
      +[](bool request) { return heartbeat(request ? 1 : 2, 77); });
  Feed feed;
  feed(kRoute, make(true));
  feed.wait(9 * kMillisecond);
  const Item& response = feed(kRoute.back(), make(false));
  CHECK(transaction(feed.items()[0]).request_frame == 0);
  CHECK(transaction(response).request_frame == 1);
  CHECK(transaction(response).response_time_ns == 10 * kMillisecond);
  CHECK(transaction(response).retransmission_of == 0);
}

TEST_CASE("the answer may come from another port", "[transaction]") {
  Feed feed;
  feed({"10.0.0.1", "10.0.0.2", 40000, 2123}, echo_v2(kEchoRequest, 5));
  CHECK(transaction(feed({"10.0.0.2", "10.0.0.1", 2123, 2123}, echo_v2(kEchoResponse, 5))).request_frame == 1);
}

TEST_CASE("addresses, type, version and sequence number must all agree", "[transaction]") {
  Feed feed;
  feed(kRoute, echo_v2(kEchoRequest, 5));
  CHECK(transaction(feed(kRoute.back(), echo_v2(kEchoResponse, 6))).request_frame == 0);
  CHECK(transaction(feed(kRoute, echo_v2(kEchoResponse, 5))).request_frame == 0);
  CHECK(transaction(feed({"10.0.0.3", "10.0.0.1"}, echo_v2(kEchoResponse, 5))).request_frame == 0);
  CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 5))).request_frame == 0);
  CHECK(transaction(feed(kRoute.back(), gtpv2_message({.type = 33, .sequence = 5}))).request_frame == 0);
  CHECK(transaction(feed(kRoute.back(), echo_v2(kEchoResponse, 5))).request_frame == 1);
}

TEST_CASE("both sides may use the same sequence number at the same time", "[transaction]") {
  Feed feed;
  feed(kRoute, echo_v2(kEchoRequest, 5));
  const Item& other = feed(kRoute.back(), echo_v2(kEchoRequest, 5));
  CHECK(transaction(other).retransmission_of == 0);
  CHECK(transaction(feed(kRoute, echo_v2(kEchoResponse, 5))).request_frame == 2);
  CHECK(transaction(feed(kRoute.back(), echo_v2(kEchoResponse, 5))).request_frame == 1);
}

TEST_CASE("copies of request and response point at the first ones", "[transaction]") {
  Feed feed;
  feed(kRoute, echo_v1(kEchoRequest, 9));
  CHECK(transaction(feed(kRoute, echo_v1(kEchoRequest, 9))).retransmission_of == 1);
  CHECK(transaction(feed(kRoute, echo_v1(kEchoRequest, 9))).retransmission_of == 1);
  CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 9))).retransmission_of == 0);
  const Item& copy = feed(kRoute.back(), echo_v1(kEchoResponse, 9));
  CHECK(transaction(copy).retransmission_of == 4);
  CHECK(transaction(copy).request_frame == 1);
}

TEST_CASE("a sequence number that comes round again is a new request", "[transaction]") {
  Feed feed;
  int unanswered = 0;
  feed.tracker.transactions().on_unanswered([&](const Request&) { ++unanswered; });
  SECTION("within the lifetime it is a copy") {
    feed(kRoute, echo_v1(kEchoRequest, 0xffff));
    feed.wait(60 * kSecond - kMillisecond);
    CHECK(transaction(feed(kRoute, echo_v1(kEchoRequest, 0xffff))).retransmission_of == 1);
    CHECK(unanswered == 0);
  }
  SECTION("after the lifetime it is new, and the old one has no answer") {
    feed(kRoute, echo_v1(kEchoRequest, 0xffff));
    feed.wait(60 * kSecond);
    CHECK(transaction(feed(kRoute, echo_v1(kEchoRequest, 0xffff))).retransmission_of == 0);
    CHECK(unanswered == 1);
    CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 0xffff))).request_frame == 2);
  }
  SECTION("an answer after the lifetime is nobody's") {
    feed(kRoute, echo_v1(kEchoRequest, 0));
    feed.wait(61 * kSecond);
    CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 0))).request_frame == 0);
    CHECK(unanswered == 1);
  }
  SECTION("the number behind the last is 0") {
    feed(kRoute, echo_v1(kEchoRequest, 0xffff));
    feed(kRoute, echo_v1(kEchoRequest, 0));
    CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 0))).request_frame == 2);
    CHECK(transaction(feed(kRoute.back(), echo_v1(kEchoResponse, 0xffff))).request_frame == 1);
  }
}

TEST_CASE("a clock that steps back does not break the match", "[transaction]") {
  TransactionTable table;
  packet::Layer request;
  request.src = ip("10.0.0.1");
  request.dst = ip("10.0.0.2");
  request.header = wire::gtpv2_header_without_teid(kEchoRequest, 1);
  packet::Layer response = request;
  std::swap(response.src, response.dst);
  response.header.message_type = kEchoResponse;
  TransactionInfo info;
  REQUIRE(table.match(request, 1, 5 * kSecond, info) != nullptr);
  REQUIRE(table.match(response, 2, 4 * kSecond, info) != nullptr);
  CHECK(info.request_frame == 1);
  CHECK(info.response_time_ns == 0);
}

TEST_CASE("what is open at the end is unanswered, once", "[transaction]") {
  Feed feed;
  std::vector<std::uint64_t> frames;
  feed.tracker.transactions().on_unanswered([&](const Request& request) { frames.push_back(request.frame); });
  feed(kRoute, echo_v2(kEchoRequest, 1));
  feed(kRoute, echo_v2(kEchoRequest, 2));
  feed(kRoute.back(), echo_v2(kEchoResponse, 1));
  feed(kRoute, heartbeat(1, 2));
  CHECK(frames.empty());
  feed.tracker.finish();
  CHECK(frames == std::vector<std::uint64_t>{2, 4});
  feed.tracker.finish();
  CHECK(frames.size() == 2);
}

TEST_CASE("more open requests than there is room: the oldest are given up", "[transaction]") {
  TransactionTable table;
  std::vector<std::uint64_t> frames;
  table.on_unanswered([&](const Request& request) { frames.push_back(request.frame); });
  packet::Layer layer;
  layer.src = ip("10.0.0.1");
  layer.dst = ip("10.0.0.2");
  TransactionInfo info;
  for (std::uint32_t i = 0; i < TransactionTable::kCapacity + 3; ++i) {
    layer.header = wire::gtpv2_header_without_teid(kEchoRequest, i);
    table.match(layer, i + 1, kSecond, info);
  }
  CHECK(frames == std::vector<std::uint64_t>{1, 2, 3});
  std::swap(layer.src, layer.dst);
  const auto request_of = [&](std::uint32_t sequence) {
    TransactionInfo answer;
    layer.header = wire::gtpv2_header_without_teid(kEchoResponse, sequence);
    table.match(layer, 1'000'000, kSecond, answer);
    return answer.request_frame;
  };
  CHECK(request_of(2) == 0);  // given up
  CHECK(request_of(3) == 4);  // the oldest that is left
  CHECK(request_of(TransactionTable::kCapacity + 2) == TransactionTable::kCapacity + 3);
}

TEST_CASE("a message inside an ICMP error is no part of an exchange", "[transaction]") {
  TransactionTable table;
  packet::Layer layer;
  layer.header = wire::gtpv2_header_without_teid(kEchoRequest, 1);
  layer.quoted = true;
  TransactionInfo info;
  CHECK(table.match(layer, 1, kSecond, info) == nullptr);
}

TEST_CASE("messages without an answer wait for none", "[transaction]") {
  Feed feed;
  int unanswered = 0;
  feed.tracker.transactions().on_unanswered([&](const Request&) { ++unanswered; });
  feed(kRoute, message(wire::gtpv2_header_without_teid(3, 1), [](wire::MessageWriter&) {}));  // Version Not Supported
  feed(kRoute, gtpv2_message({.type = 66, .sequence = 2}));  // Delete Bearer Command: answered by a request
  feed.tracker.finish();
  CHECK(unanswered == 0);
}

}  // namespace
}  // namespace gtp::dump
