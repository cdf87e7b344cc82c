// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/numbers.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "libcommon/output/time_format.hpp"
#include "libcommon/util/text_buffer.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

std::string fixed(double value, int digits) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

// [significant] digits in all, none behind the point that would make it more.
std::string rounded(double value, int significant) {
  const int whole = value < 1 ? 1 : static_cast<int>(std::floor(std::log10(value))) + 1;
  return fixed(value, std::max(0, significant - whole));
}

}  // namespace

std::string grouped(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string out;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) out += ' ';
    out += digits[i];
  }
  return out;
}

std::string scaled(double value, std::string_view unit) {
  static constexpr std::array<std::string_view, 5> kPrefixes = {"", "k", "M", "G", "T"};
  std::size_t prefix = 0;
  // 999.96 would be written as 1000.
  while (value >= 999.95 && prefix + 1 < kPrefixes.size()) {
    value /= 1000;
    ++prefix;
  }
  std::string out = prefix == 0 ? rounded(value, value < 10 ? 2 : 1) : rounded(value, 4);
  out += ' ';
  out += kPrefixes[prefix];
  out += unit;
  return out;
}

std::string percent(double share) {
  const double value = share * 100;
  if (value <= 0) return "0 %";
  // Two digits behind the zeros, however many those are; none at the end.
  const int zeros = value >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(value))) - 1;
  std::string text = fixed(value, std::min(zeros + 2, 12));
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text + " %";
}

std::string microseconds(std::uint64_t ns) {
  const double us = static_cast<double>(ns) / 1000;
  return us >= 100 ? grouped(static_cast<std::uint64_t>(std::llround(us))) : rounded(us, 3);
}

std::string utc_time(std::uint64_t ns) {
  TextBuffer text;
  output::TimeFormat(output::TimeStyle::utc, 6).put(text, ns);
  return std::string(text.view());
}

std::string length_of_time(std::uint64_t ns) {
  TextBuffer text;
  put_duration(text, ns);
  return std::string(text.view());
}

}  // namespace gtp::gen
