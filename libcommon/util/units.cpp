// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/units.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <limits>

namespace gtp {
namespace {

constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();

struct Unit {
  std::string_view suffix;
  std::uint64_t factor;
};

constexpr Unit kCountUnits[] = {
    {"", 1},
    {"k", 1'000},
    {"K", 1'000},
    {"M", 1'000'000},
    {"G", 1'000'000'000},
    {"T", 1'000'000'000'000},
    {"Ki", 1ULL << 10},
    {"Mi", 1ULL << 20},
    {"Gi", 1ULL << 30},
    {"Ti", 1ULL << 40},
};

constexpr Unit kDurationUnits[] = {
    {"", 1'000'000'000},
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"min", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
};

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// total += digit * factor, false when it does not fit.
bool accumulate(std::uint64_t& total, std::uint64_t digits, std::uint64_t factor) noexcept {
  if (factor != 0 && digits > (kMax - total) / factor) return false;
  total += digits * factor;
  return true;
}

template <std::size_t N>
std::optional<std::uint64_t> parse_scaled(std::string_view text, const Unit (&units)[N]) noexcept {
  std::size_t whole = 0;
  while (whole < text.size() && is_digit(text[whole])) ++whole;
  std::size_t end = whole;
  if (whole != 0 && end < text.size() && text[end] == '.') {
    ++end;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end == whole + 1) return std::nullopt;  // "1." and "1.k"
  }
  if (whole == 0) return std::nullopt;

  std::uint64_t factor = 0;
  for (const Unit& unit : units) {
    if (unit.suffix == text.substr(end)) factor = unit.factor;
  }
  if (factor == 0) return std::nullopt;

  std::uint64_t digits = 0;
  if (std::from_chars(text.data(), text.data() + whole, digits).ec != std::errc{}) return std::nullopt;
  std::uint64_t total = 0;
  if (!accumulate(total, digits, factor)) return std::nullopt;
  for (std::size_t i = whole + 1; i < end; ++i) {
    const auto digit = static_cast<std::uint64_t>(text[i] - '0');
    const bool divisible = factor % 10 == 0;
    if (digit != 0 && !divisible) return std::nullopt;
    factor = divisible ? factor / 10 : 0;
    if (!accumulate(total, digit, factor)) return std::nullopt;
  }
  return total;
}

// value / divisor, rounded half up, without overflow.
constexpr std::uint64_t rounded(std::uint64_t value, std::uint64_t divisor) noexcept {
  return value / divisor + (value % divisor >= divisor - divisor / 2 ? 1U : 0U);
}

// Three significant digits of value / divisor, where that lies in 1 <= x < 1000. False: rounds to 1000.
bool put_three_digits(TextBuffer& out, std::uint64_t value, std::uint64_t divisor) {
  const std::uint64_t hundredths = divisor >= 100 ? rounded(value, divisor / 100) : value * (100 / divisor);
  if (hundredths < 1'000) {
    out.put_dec(hundredths / 100);
    out.put('.');
    out.put_padded(hundredths % 100, 2);
    return true;
  }
  const std::uint64_t tenths = divisor >= 10 ? rounded(value, divisor / 10) : value * (10 / divisor);
  if (tenths < 1'000) {
    out.put_dec(tenths / 10);
    out.put('.');
    out.put_padded(tenths % 10, 1);
    return true;
  }
  const std::uint64_t whole = rounded(value, divisor);
  if (whole >= 1'000) return false;
  out.put_dec(whole);
  return true;
}

// The number, and the prefix that belongs to it (0: none).
char put_scaled(TextBuffer& out, std::uint64_t value) {
  if (value < 1'000) {
    out.put_dec(value);
    return '\0';
  }
  constexpr std::string_view kPrefixes = "kMGTPE";
  std::uint64_t divisor = 1'000;
  std::size_t i = 0;
  while (i + 1 < kPrefixes.size() && value / divisor >= 1'000) {
    divisor *= 1'000;
    ++i;
  }
  if (put_three_digits(out, value, divisor)) return kPrefixes[i];
  out.put("1.00");  // 999'950 is 1.00M; cannot happen at E, where the largest value is 18.4E
  return kPrefixes[i + 1];
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view text) noexcept {
  if (text.starts_with("0x") || text.starts_with("0X")) {
    std::uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data() + 2, end, value, 16);
    return error == std::errc{} && stopped == end ? std::optional(value) : std::nullopt;
  }
  return parse_scaled(text, kCountUnits);
}

std::optional<std::uint64_t> parse_bit_rate(std::string_view text) noexcept {
  for (const std::string_view suffix : {std::string_view("bit/s"), std::string_view("bps")}) {
    if (text.ends_with(suffix)) {
      text.remove_suffix(suffix.size());
      break;
    }
  }
  return parse_scaled(text, kCountUnits);
}

std::optional<std::uint64_t> parse_duration(std::string_view text) noexcept {
  return parse_scaled(text, kDurationUnits);
}

void put_count(TextBuffer& out, std::uint64_t value) {
  if (const char prefix = put_scaled(out, value); prefix != '\0') out.put(prefix);
}

void put_quantity(TextBuffer& out, std::uint64_t value, std::string_view unit) {
  const char prefix = put_scaled(out, value);
  out.put(' ');
  if (prefix != '\0') out.put(prefix);
  out.put(unit);
}

void put_duration(TextBuffer& out, std::uint64_t nanoseconds) {
  constexpr std::uint64_t kSecond = 1'000'000'000;
  if (nanoseconds < 1'000) {
    out.put_dec(nanoseconds);
    out.put(" ns");
    return;
  }
  struct Step {
    std::uint64_t divisor;
    std::string_view unit;
  };
  constexpr Step kSteps[] = {{1'000, " us"}, {1'000'000, " ms"}, {kSecond, " s"}};
  // Below a minute: three digits. 59.95 s and more would print as 60.0 s, which is a minute.
  for (const Step& step : kSteps) {
    const bool seconds = step.divisor == kSecond;
    if (seconds ? nanoseconds >= 59'950'000'000 : nanoseconds / step.divisor >= 1'000) continue;
    if (put_three_digits(out, nanoseconds, step.divisor)) {
      out.put(step.unit);
      return;
    }
  }
  const auto pair = [&](std::uint64_t high, char high_unit, std::uint64_t low, char low_unit) {
    out.put_dec(high);
    out.put(high_unit);
    out.put_padded(low, 2);
    out.put(low_unit);
  };
  const std::uint64_t seconds = rounded(nanoseconds, kSecond);
  if (seconds < 3'600) return pair(seconds / 60, 'm', seconds % 60, 's');
  if (seconds < 86'400) return pair(seconds / 3'600, 'h', seconds / 60 % 60, 'm');
  if (seconds < 100ULL * 86'400) return pair(seconds / 86'400, 'd', seconds / 3'600 % 24, 'h');
  out.put_dec(seconds / 86'400);
  out.put('d');
}

}  // namespace gtp
