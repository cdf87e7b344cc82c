// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/time_format.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <ctime>
#include <string>

namespace gtp::output {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint64_t kNoon = 1'620'043'200 * kSecond;  // 2021-05-03T12:00:00Z

std::string format(TimeStyle style, int digits, std::uint64_t time, std::uint64_t reference = 0) {
  TextBuffer out;
  TimeFormat(style, digits).put(out, time, reference);
  return std::string(out.view());
}

TEST_CASE("styles that know no zone") {
  CHECK(format(TimeStyle::epoch, 6, kNoon + 174'559'999) == "1620043200.174559");
  CHECK(format(TimeStyle::epoch, 9, kNoon + 1) == "1620043200.000000001");
  CHECK(format(TimeStyle::utc, 6, kNoon + 5'000) == "2021-05-03T12:00:00.000005Z");
  CHECK(format(TimeStyle::utc, 9, 0) == "1970-01-01T00:00:00.000000000Z");
  CHECK(format(TimeStyle::relative, 6, kNoon + 1'500'000'000, kNoon) == "+1.500000");
  CHECK(format(TimeStyle::delta, 9, kNoon, kNoon + 1) == "-0.000000001");
  CHECK(TimeFormat(TimeStyle::delta).needs_reference());
  CHECK_FALSE(TimeFormat().needs_reference());
}

// The zone is written out, so that the test needs no zone files.
TEST_CASE("local time follows the zone through its changes") {
  REQUIRE(setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1) == 0);
  tzset();
  CHECK(format(TimeStyle::local, 6, kNoon + 174'559'000) == "14:00:00.174559");
  CHECK(format(TimeStyle::date, 6, kNoon) == "2021-05-03 14:00:00.000000");
  CHECK(format(TimeStyle::date, 9, kNoon + 36'000 * kSecond) == "2021-05-04 00:00:00.000000000");
  // 2021-10-31T01:00:00Z: 02:59:59 is followed by 02:00:00.
  constexpr std::uint64_t kChange = 1'635'642'000;
  CHECK(format(TimeStyle::local, 6, (kChange - 1) * kSecond) == "02:59:59.000000");
  CHECK(format(TimeStyle::local, 6, kChange * kSecond) == "02:00:00.000000");
  REQUIRE(setenv("TZ", "UTC0", 1) == 0);
  tzset();
}

}  // namespace
}  // namespace gtp::output
