// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/civil_time.hpp"

#include <chrono>

namespace gtp {
namespace {

constexpr std::uint64_t kMaxSeconds = UINT64_MAX / kNanosecondsPerSecond - 1;

// Reads the text from the left; the first mismatch sets failed().
class Reader {
 public:
  explicit Reader(std::string_view text) noexcept : text_(text) {}

  // Exactly [n] digits, of a value not above [max].
  unsigned digits(int n, unsigned max) noexcept {
    unsigned value = 0;
    for (int i = 0; i < n; ++i) {
      if (text_.empty() || text_.front() < '0' || text_.front() > '9') {
        failed_ = true;
        return 0;
      }
      value = value * 10 + static_cast<unsigned>(text_.front() - '0');
      text_.remove_prefix(1);
    }
    if (value > max) failed_ = true;
    return value;
  }
  bool accept(char c) noexcept {
    if (text_.empty() || text_.front() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  void expect(char c) noexcept {
    if (!accept(c)) failed_ = true;
  }
  // One to nine decimals, in nanoseconds.
  std::uint64_t decimals() noexcept {
    std::uint64_t value = 0;
    std::uint64_t weight = kNanosecondsPerSecond;
    while (weight > 1 && !text_.empty() && text_.front() >= '0' && text_.front() <= '9') {
      weight /= 10;
      value += weight * digits(1, 9);
    }
    if (weight == kNanosecondsPerSecond) failed_ = true;
    return value;
  }
  bool empty() const noexcept { return text_.empty(); }
  bool failed() const noexcept { return failed_; }

 private:
  std::string_view text_;
  bool failed_ = false;
};

std::optional<std::uint64_t> parse_seconds(std::string_view text) noexcept {
  std::size_t whole = 0;
  std::uint64_t seconds = 0;
  while (whole < text.size() && text[whole] >= '0' && text[whole] <= '9') {
    seconds = seconds * 10 + static_cast<std::uint64_t>(text[whole] - '0');
    if (seconds > kMaxSeconds) return std::nullopt;
    ++whole;
  }
  if (whole == 0) return std::nullopt;
  Reader reader(text.substr(whole));
  const std::uint64_t fraction = reader.accept('.') ? reader.decimals() : 0;
  if (reader.failed() || !reader.empty()) return std::nullopt;
  return seconds * kNanosecondsPerSecond + fraction;
}

}  // namespace

std::optional<std::uint64_t> parse_time(std::string_view text) noexcept {
  if (text.size() < 10 || text[4] != '-') return parse_seconds(text);

  Reader reader(text);
  const unsigned year = reader.digits(4, 2553);
  reader.expect('-');
  const unsigned month = reader.digits(2, 12);
  reader.expect('-');
  const unsigned day = reader.digits(2, 31);
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (reader.failed() || !date.ok() || year < 1970) return std::nullopt;

  std::int64_t seconds = std::int64_t{86'400} * std::chrono::sys_days(date).time_since_epoch().count();
  std::uint64_t fraction = 0;
  if (reader.accept('T') || reader.accept(' ')) {
    seconds += std::int64_t{3'600} * reader.digits(2, 23);
    reader.expect(':');
    seconds += std::int64_t{60} * reader.digits(2, 59);
    if (reader.accept(':')) {
      seconds += reader.digits(2, 60);  // 60: a leap second
      if (reader.accept('.')) fraction = reader.decimals();
    }
    const bool east = reader.accept('+');
    if (east || reader.accept('-')) {
      std::int64_t offset = std::int64_t{3'600} * reader.digits(2, 14);
      reader.accept(':');
      offset += std::int64_t{60} * reader.digits(2, 59);
      seconds -= east ? offset : -offset;
    } else {
      reader.accept('Z');
    }
  }
  if (reader.failed() || !reader.empty() || seconds < 0) return std::nullopt;
  return static_cast<std::uint64_t>(seconds) * kNanosecondsPerSecond + fraction;
}

void put_date(TextBuffer& out, std::uint64_t seconds) {
  const std::chrono::sys_days day{std::chrono::days(static_cast<int>(seconds / 86'400))};
  const std::chrono::year_month_day date{day};
  out.put_padded(static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  out.put('-');
  out.put_padded(static_cast<unsigned>(date.month()), 2);
  out.put('-');
  out.put_padded(static_cast<unsigned>(date.day()), 2);
}

}  // namespace gtp
