// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/format.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace gtp::top {
namespace {

template <typename Put>
std::string text(const Put& put) {
  TextBuffer out;
  put(out);
  return std::string(out.view());
}

std::string grouped(std::uint64_t value, std::size_t width) {
  return text([&](TextBuffer& out) { put_grouped(out, value, width); });
}
std::string iec(std::uint64_t value) {
  return text([&](TextBuffer& out) { put_short(out, value, true); });
}
std::string ago(std::uint64_t value) {
  return text([&](TextBuffer& out) { put_ago(out, value); });
}
std::string rtt(std::uint64_t value) {
  return text([&](TextBuffer& out) { put_short_duration(out, value); });
}

TEST_CASE("numbers with commas, or short where those do not fit") {
  CHECK(grouped(0, 5) == "0");
  CHECK(grouped(999, 5) == "999");
  CHECK(grouped(1'000, 5) == "1,000");
  CHECK(grouped(41'207, 6) == "41,207");
  CHECK(grouped(41'207, 5) == "41.2k");
  CHECK(grouped(1'000'000, 9) == "1,000,000");
  CHECK(grouped(1'000'000, 8) == "1.00M");
}

TEST_CASE("powers of 1024 take five cells") {
  CHECK(iec(999) == "999");
  CHECK(iec(1'024) == "1.0Ki");
  CHECK(iec(10'240) == "10Ki");
  CHECK(iec(1'023'487) == "999Ki");
  CHECK(iec(1'048'576) == "1.0Mi");
  CHECK(iec(UINT64_MAX) == "16Ei");
}

TEST_CASE("ages take four cells, durations seven") {
  CHECK(ago(0) == "0s");
  CHECK(ago(119) == "119s");
  CHECK(ago(120) == "2m");
  CHECK(ago(7'200) == "2h");
  CHECK(ago(172'800) == "2d");
  CHECK(ago(86'400'000) == "2y");
  CHECK(rtt(400'000) == "0.4 ms");
  CHECK(rtt(31'000'000) == "31 ms");
  CHECK(rtt(85'000) == "85 us");
  CHECK(rtt(1'200'000'000) == "1.2 s");
}

TEST_CASE("no number is wider than its column") {
  std::mt19937_64 random(7);
  for (std::size_t view = 0; view < kViews; ++view) {
    for (const Column& column : columns(static_cast<View>(view))) {
      if (column.form == Form::text || column.form == Form::address || column.form == Form::history) continue;
      for (const bool octets : {false, true}) {
        for (const bool binary : {false, true}) {
          for (const bool decimal : {false, true}) {
            const Units units{octets, decimal, binary, false};
            for (int i = 0; i < 2000; ++i) {
              std::uint64_t value = random() >> (random() % 64);
              // What the value can be: a TEID has 32 bits, a percentage ends at 100.
              if (column.form == Form::teid) value &= 0xffffffff;
              if (column.form == Form::percent) value %= 101;
              for (std::size_t width = min_width(column, units); width <= column.max; ++width) {
                const std::string cell = text([&](TextBuffer& out) { put_value(out, value, column, width, units, 0); });
                INFO(column.name << " " << value << " " << cell << " in " << width);
                if (cell.size() > width && column.form == Form::number && column.max < 5)
                  continue;  // V, QFI, RC: small
                REQUIRE(cell.size() <= width);
              }
            }
          }
        }
      }
    }
  }
}

TEST_CASE("what is not known is a dash, never 0") {
  for (const Column& column : columns(View::tunnels)) {
    if (column.form == Form::history) continue;
    CHECK(text([&](TextBuffer& out) { put_value(out, Value(), column, 10, {}, 0); }) == "-");
  }
}

}  // namespace
}  // namespace gtp::top
