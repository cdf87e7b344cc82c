// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/civil_time.hpp"

#include <catch2/catch.hpp>

namespace gtp {
namespace {

constexpr std::uint64_t kNoon = 1'620'043'200'000'000'000;  // 2021-05-03T12:00:00Z

TEST_CASE("ISO 8601 and seconds since 1970") {
  CHECK(parse_time("2021-05-03T12:00:00Z") == kNoon);
  CHECK(parse_time("2021-05-03T12:00:00") == kNoon);
  CHECK(parse_time("2021-05-03 12:00") == kNoon);
  CHECK(parse_time("2021-05-03T14:00:00+02:00") == kNoon);
  CHECK(parse_time("2021-05-03T06:30:00-0530") == kNoon);
  CHECK(parse_time("2021-05-03") == kNoon - 43'200 * kNanosecondsPerSecond);
  CHECK(parse_time("2021-05-03T12:00:00.000000001Z") == kNoon + 1);
  CHECK(parse_time("1620043200") == kNoon);
  CHECK(parse_time("1620043200.5") == kNoon + 500'000'000);
  CHECK(parse_time("0") == 0U);
  CHECK(parse_time("1970-01-01") == 0U);
  CHECK(parse_time("2000-02-29T23:59:60Z") == 951'868'800 * kNanosecondsPerSecond);
}

TEST_CASE("what is no time") {
  for (const char* text :
       {"", "x", "2021-02-29", "2021-13-01", "2021-00-01", "2021-05-03T", "2021-05-03T24:00:00", "2021-05-03T12:60",
        "2021-05-03T12:00:00.", "2021-05-03T12:00:00ZZ", "1969-12-31", "1.", "1620043200.1234567891", "99999999999",
        "2021-05-03T12:00:00+2", "1970-01-01T00:00:00+01:00"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text));
  }
}

TEST_CASE("dates") {
  TextBuffer out;
  put_date(out, 0);
  out.put(' ');
  put_date(out, 951'782'400);
  out.put(' ');
  put_date(out, 951'782'399);
  CHECK(out.view() == "1970-01-01 2000-02-29 2000-02-28");
}

}  // namespace
}  // namespace gtp
