// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/units.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

namespace gtp {
namespace {

std::string count(std::uint64_t v) {
  TextBuffer out;
  put_count(out, v);
  return std::string(out.view());
}
std::string duration(std::uint64_t v) {
  TextBuffer out;
  put_duration(out, v);
  return std::string(out.view());
}

TEST_CASE("counts are parsed exactly or not at all") {
  CHECK(parse_count("0") == 0U);
  CHECK(parse_count("10M") == 10'000'000U);
  CHECK(parse_count("1.5k") == 1'500U);
  CHECK(parse_count("1.50K") == 1'500U);
  CHECK(parse_count("64Ki") == 65'536U);
  CHECK(parse_count("0x51a0ff17") == 0x51a0ff17U);
  CHECK(parse_count("18446744073709551615") == UINT64_MAX);
  CHECK(parse_count("0xffffffffffffffff") == UINT64_MAX);
  CHECK(parse_count("18446744.073709551615T") == UINT64_MAX);
  CHECK(parse_count("2.000") == 2U);
  for (const char* text :
       {"", "k", "-1", "+1", "1.5", "1.2345k", "1.", ".5", "1.k", "1 k", "1x", "0x", "0x1g", "1kk", "1.5Ki",
        "18446744073709551616", "18446744.073709551616T", "99999999999T", "0x10000000000000000"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_count(text));
  }
}

TEST_CASE("bit rates and durations") {
  CHECK(parse_bit_rate("10M") == 10'000'000U);
  CHECK(parse_bit_rate("2.5Gbit/s") == 2'500'000'000U);
  CHECK(parse_bit_rate("100kbps") == 100'000U);
  CHECK_FALSE(parse_bit_rate("bit/s"));
  CHECK(parse_duration("1") == 1'000'000'000U);
  CHECK(parse_duration("0.1") == 100'000'000U);
  CHECK(parse_duration("100ms") == 100'000'000U);
  CHECK(parse_duration("1.5us") == 1'500U);
  CHECK(parse_duration("7ns") == 7U);
  CHECK(parse_duration("2m") == 120'000'000'000U);
  CHECK(parse_duration("1.5h") == 5'400'000'000'000U);
  CHECK(parse_duration("7d") == 604'800'000'000'000U);
  CHECK_FALSE(parse_duration("1.5ns"));
  CHECK_FALSE(parse_duration("1M"));
}

TEST_CASE("three significant digits, rounded") {
  CHECK(count(0) == "0");
  CHECK(count(999) == "999");
  CHECK(count(1'000) == "1.00k");
  CHECK(count(1'234) == "1.23k");
  CHECK(count(1'235) == "1.24k");
  CHECK(count(9'994) == "9.99k");
  CHECK(count(9'995) == "10.0k");
  CHECK(count(99'949) == "99.9k");
  CHECK(count(99'950) == "100k");
  CHECK(count(999'499) == "999k");
  CHECK(count(999'500) == "1.00M");
  CHECK(count(12'345'678) == "12.3M");
  CHECK(count(UINT64_MAX) == "18.4E");
  TextBuffer out;
  put_quantity(out, 12'345'678, "bit/s");
  out.put('|');
  put_quantity(out, 12, "B");
  CHECK(out.view() == "12.3 Mbit/s|12 B");
}

TEST_CASE("durations change their unit before they lose their meaning") {
  CHECK(duration(0) == "0 ns");
  CHECK(duration(999) == "999 ns");
  CHECK(duration(1'000) == "1.00 us");
  CHECK(duration(999'499) == "999 us");
  CHECK(duration(999'500) == "1.00 ms");
  CHECK(duration(12'345'678) == "12.3 ms");
  CHECK(duration(999'999'999) == "1.00 s");
  CHECK(duration(59'949'999'999) == "59.9 s");
  CHECK(duration(59'950'000'000) == "1m00s");
  CHECK(duration(754'000'000'000) == "12m34s");
  CHECK(duration(3'599'600'000'000) == "1h00m");
  CHECK(duration(86'399'000'000'000) == "23h59m");
  CHECK(duration(187'200'000'000'000) == "2d04h");
  CHECK(duration(UINT64_MAX) == "213503d");
}

TEST_CASE("no value is wider than its column") {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t value = random() >> random() % 64;
    CAPTURE(value);
    REQUIRE(count(value).size() <= 5);
    REQUIRE(duration(value).size() <= 7);
  }
}

}  // namespace
}  // namespace gtp
