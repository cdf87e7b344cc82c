// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "gtpdump/track/session_table.hpp"
#include "tests/unit/gtpdump/feed.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;

struct Facts : ControlFacts {
  Facts& who(std::string_view imsi_digits, std::uint8_t bearer_id) {
    imsi = PackedDigits::from(imsi_digits);
    bearer = bearer_id;
    has_bearer = true;
    return *this;
  }
  Facts& at(const IpAddress& address, std::uint64_t id, Plane plane = Plane::user) {
    endpoint_list[endpoint_count++] = {address, id, plane};
    return *this;
  }
  Facts& ue(std::string_view address) {
    ue_ipv4 = ip(address);
    return *this;
  }
  Facts& access_point(std::string_view name) {
    apn_size = static_cast<std::uint8_t>(name.size());
    std::copy(name.begin(), name.end(), apn_text.begin());
    return *this;
  }
};

const IpAddress kEnb = IpAddress::v4(0x0a000101);
const IpAddress kSgw = IpAddress::v4(0x0a000201);
const PackedDigits kImsi = PackedDigits::from("001010000000001");

TEST_CASE("packed digits keep leading zeros and the length", "[session]") {
  CHECK(digits(PackedDigits::from("001010000000001")) == "001010000000001");
  CHECK(digits(PackedDigits::from("49123")) == "49123");
  CHECK(digits(PackedDigits::from("1234567890123456")) == "1234567890123456");
  CHECK(digits(PackedDigits::from("00101?00")) == "00101?00");
  CHECK(PackedDigits::from("0") != PackedDigits::from("00"));
  CHECK(PackedDigits::from("").empty());
  CHECK(PackedDigits::from("12345678901234567").empty());
}

TEST_CASE("a session is found by each of its endpoints and by its subscriber", "[session]") {
  SessionTable table;
  CHECK(table.empty());
  const auto index = table.create(1);
  table.learn(index, Facts().who("001010000000001", 5).at(kEnb, 0x10).at(kSgw, 0x20, Plane::control), 1);
  CHECK(table.find(kEnb, 0x10, Plane::user) == index);
  CHECK(table.find(kSgw, 0x20, Plane::control) == index);
  CHECK(table.find(kImsi, 5) == index);
  // Address, number and plane all count.
  CHECK(table.find(kSgw, 0x10, Plane::user) == SessionTable::kNone);
  CHECK(table.find(kEnb, 0x11, Plane::user) == SessionTable::kNone);
  CHECK(table.find(kEnb, 0x10, Plane::control) == SessionTable::kNone);
  CHECK(table.find(kImsi, 6) == SessionTable::kNone);
  CHECK(table.size() == 1);
}

TEST_CASE("what a later message says is added, what it leaves out stays", "[session]") {
  SessionTable table;
  const auto index = table.create(1);
  table.learn(index, Facts().who("001010000000001", 5).access_point("internet"), 1);
  table.learn(index, Facts().ue("10.45.0.7"), 2);
  const SessionInfo info = table.info(index);
  CHECK(info.id == 1);
  CHECK(digits(info.imsi) == "001010000000001");
  CHECK(info.apn == "internet");
  CHECK(info.ue_ipv4 == ip("10.45.0.7"));
  CHECK(info.ue_ipv6.empty());
}

TEST_CASE("a TEID that another subscriber gets is his from then on", "[session]") {
  SessionTable table;
  const auto first = table.create(1);
  table.learn(first, Facts().who("001010000000001", 5).at(kEnb, 0x10).ue("10.45.0.7"), 1);
  const auto second = table.create(2);
  table.learn(second, Facts().who("001010000000002", 5).at(kEnb, 0x10), 2);
  CHECK(table.find(kEnb, 0x10, Plane::user) == second);
  // Nothing of the first one rubs off.
  CHECK(table.info(second).ue_ipv4.empty());
  CHECK(digits(table.info(first).imsi) == "001010000000001");
}

TEST_CASE("two views of one session tell each other what they know", "[session]") {
  SessionTable table;
  const auto gtp = table.create(1);
  table.learn(gtp, Facts().who("001010000000001", 5).at(kSgw, 0x20).access_point("internet"), 1);
  const auto pfcp = table.create(2);
  table.learn(pfcp, Facts().ue("10.45.0.7").at(kSgw, 0x99, Plane::pfcp).at(kSgw, 0x20), 2);
  CHECK(digits(table.info(pfcp).imsi) == "001010000000001");
  CHECK(table.info(pfcp).apn == "internet");
  CHECK(table.info(gtp).ue_ipv4 == ip("10.45.0.7"));
  CHECK(table.find(kSgw, 0x99, Plane::pfcp) == pfcp);
}

TEST_CASE("the other order: PFCP first", "[session]") {
  SessionTable table;
  const auto pfcp = table.create(1);
  table.learn(pfcp, Facts().ue("10.45.0.7").at(kSgw, 0x20), 1);
  const auto gtp = table.create(2);
  table.learn(gtp, Facts().who("001010000000001", 5).at(kSgw, 0x20), 2);
  CHECK(digits(table.info(pfcp).imsi) == "001010000000001");
  CHECK(table.info(gtp).ue_ipv4 == ip("10.45.0.7"));
  CHECK(digits(table.info(table.find(kSgw, 0x20, Plane::user)).imsi) == "001010000000001");
}

TEST_CASE("two connections of one subscriber share a control endpoint and no address", "[session]") {
  SessionTable table;
  const auto internet = table.create(1);
  table.learn(internet, Facts().who("001010000000001", 5).at(kSgw, 0x20, Plane::control).ue("10.45.0.7"), 1);
  const auto ims = table.create(2);
  table.learn(ims, Facts().who("001010000000001", 6).at(kSgw, 0x20, Plane::control), 2);
  CHECK(table.info(ims).ue_ipv4.empty());
  CHECK(table.find(kImsi, 5) == internet);
  CHECK(table.find(kImsi, 6) == ims);
}

TEST_CASE("an ended session still answers for late packets, then it is gone", "[session]") {
  SessionTable table;
  const auto index = table.create(1);
  table.learn(index, Facts().who("001010000000001", 5).at(kEnb, 0x10), 1);
  table.end(index, 100 * kSecond);
  table.end(index, 105 * kSecond);  // a second answer changes nothing
  table.expire(110 * kSecond);
  CHECK(table.find(kEnb, 0x10, Plane::user) == index);
  table.expire(110 * kSecond + 1);
  CHECK(table.find(kEnb, 0x10, Plane::user) == SessionTable::kNone);
  CHECK(table.find(kImsi, 5) == SessionTable::kNone);
  CHECK(table.size() == 0);
}

TEST_CASE("the record of a freed session never answers for the old endpoints", "[session]") {
  SessionTable table;
  const auto old = table.create(1);
  table.learn(old, Facts().who("001010000000001", 5).at(kEnb, 0x10), 1);
  table.end(old, kSecond);
  table.expire(20 * kSecond);
  const auto next = table.create(2);
  REQUIRE(next == old);  // the record is used again
  table.learn(next, Facts().who("001010000000002", 5).at(kEnb, 0x11), 2);
  CHECK(table.find(kEnb, 0x10, Plane::user) == SessionTable::kNone);
  CHECK(table.find(kImsi, 5) == SessionTable::kNone);
  CHECK(table.find(kEnb, 0x11, Plane::user) == next);
  CHECK(table.is(next, 2));
  CHECK_FALSE(table.is(next, 1));
}

// Sessions come and go for long; the table holds a few at any time, however many there were.
TEST_CASE("coming and going leaves nothing behind", "[session]") {
  constexpr std::uint32_t kRounds = 50'000;
  constexpr std::uint32_t kAlive = 100;
  SessionTable table;
  std::deque<std::pair<SessionTable::Index, std::uint32_t>> alive;
  std::size_t wrong = 0;
  for (std::uint32_t i = 1; i <= kRounds; ++i) {
    const std::uint64_t now = i * kSecond;
    const auto index = table.create(i);
    table.learn(index, Facts().who(std::to_string(100'000'000 + i), 5).at(kEnb, i).at(kSgw, i, Plane::control), i);
    alive.emplace_back(index, i);
    if (alive.size() > kAlive) {
      table.end(alive.front().first, now);
      alive.pop_front();
    }
    table.expire(now);
    // Twenty back is alive, a hundred and twenty back is gone.
    if (i > 20) wrong += table.find(kEnb, i - 20, Plane::user) == SessionTable::kNone ? 1U : 0U;
    if (i > 120) wrong += table.find(kEnb, i - 120, Plane::user) != SessionTable::kNone ? 1U : 0U;
  }
  CHECK(wrong == 0);
  CHECK(table.size() <= kAlive + 11);
  CHECK(table.created() == kRounds);
  CHECK(table.memory_bytes() < 1'000'000);
}

// The tables grow in steps, so the cost per session swings: looked at from 90,000 to 200,000 sessions.
TEST_CASE("octets per live session with four endpoints", "[session]") {
  const auto count = GENERATE(range<std::uint32_t>(90'000, 200'000, 10'000));
  constexpr double bound = 200;
  SessionTable table;
  const std::uint64_t imsi = 1'010'000'000'000;
  for (std::uint32_t i = 0; i < count; ++i) {
    table.learn(table.create(i + 1),
                Facts()
                    .who("00" + std::to_string(imsi + i), 5)
                    .ue("10.45.0.7")
                    .access_point("internet")
                    .at(kEnb, i)
                    .at(kSgw, i)
                    .at(kEnb, i, Plane::control)
                    .at(kSgw, i, Plane::control),
                i + 1);
  }
  CHECK(table.size() == count);
  const double each = static_cast<double>(table.memory_bytes()) / count;
  INFO(count << " sessions: " << each << " octets each");
  CHECK(each <= bound);
}

TEST_CASE("names are kept once, up to a bound", "[session]") {
  NameTable names;
  const auto internet = names.intern("internet");
  CHECK(names.intern("internet") == internet);
  CHECK(names.name(internet) == "internet");
  CHECK(names.intern("") == 0);
  CHECK(names.name(0).empty());
  for (int i = 0; i < 70'000; ++i) names.intern("apn" + std::to_string(i));
  CHECK(names.intern("one more") == 0);
  CHECK(names.name(internet) == "internet");
}

}  // namespace
}  // namespace gtp::dump
