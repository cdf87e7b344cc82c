// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/start_time.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/receive/clock.hpp"

using namespace gtp::gen;

TEST_CASE("a time to start at") {
  constexpr std::uint64_t kNoon = 1'795'348'800'000'000'000;
  CHECK(*parse_start("2026-11-22T12:00:00Z", 5) == kNoon);
  CHECK(*parse_start("2026-11-22T12:00:00", 5) == kNoon);
  CHECK(*parse_start("2026-11-22T13:30:00+01:30", 5) == kNoon);
  CHECK(*parse_start("2026-11-22T12:00:00.25Z", 5) == kNoon + 250'000'000);
  CHECK(*parse_start("+30s", kNoon) == kNoon + 30'000'000'000);
  CHECK(*parse_start("+250ms", kNoon) == kNoon + 250'000'000);
  for (const char* const wrong : {"", "+", "noon", "12:00", "+-3s", "30s", "2026-13-01T00:00:00Z"}) {
    INFO(wrong);
    CHECK(!parse_start(wrong, kNoon).ok());
  }
  CHECK(!parse_start("+1s", UINT64_MAX).ok());
}

TEST_CASE("a time that has passed, or that the warm-up would miss") {
  using std::chrono::seconds;
  StartTime none;
  CHECK(none.check(seconds(100)).ok());
  StartTime start;
  const Option option = start.option();
  REQUIRE(option.take("2020-01-01T00:00:00Z").ok());
  CHECK(start.check({}).error().what.starts_with("--start-at: 2020-01-01T00:00:00.000000Z has passed: it is 2"));
  REQUIRE(option.take("+100s").ok());
  CHECK(start.check({}).ok());
  CHECK(start.check(seconds(98)).ok());
  CHECK(!start.check(seconds(101)).ok());
  CHECK(start.time_ns() > realtime_ns() + 90'000'000'000);
}
