// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire {
namespace {

const FieldInfo kTimeZone{"time_zone", "Time zone"};

constexpr std::uint64_t kUnixEpochInNtp = 2208988800;  // 1970-01-01 in seconds since 1900-01-01

struct Date {
  std::uint64_t year;
  std::uint64_t month;
  std::uint64_t day;
};

// Gregorian date of a day counted from 1970-01-01. Years run from March, so that the leap day is the last of a year;
// 400 years have 146097 days, the 719468 days reach back to 0000-03-01.
constexpr Date date_of(std::uint64_t days) noexcept {
  days += 719468;
  const std::uint64_t era = days / 146097;
  const std::uint64_t day_of_era = days % 146097;
  const std::uint64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::uint64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint64_t march_month = (5 * day_of_year + 2) / 153;
  const std::uint64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {era * 400 + year_of_era + (month <= 2 ? 1U : 0U), month, day_of_year - (153 * march_month + 2) / 5 + 1};
}
static_assert(date_of(0).year == 1970 && date_of(0).month == 1 && date_of(0).day == 1);
static_assert(date_of(18321).year == 2020 && date_of(18321).month == 2 && date_of(18321).day == 29);

void put_digits(char*& at, std::uint64_t value, int digits) noexcept {
  for (int i = digits - 1; i >= 0; --i) {
    at[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  at += digits;
}

}  // namespace

void emit_ntp_seconds(Cursor& at, FieldSink& out, const FieldInfo& field, const FieldInfo& text) {
  const std::size_t from = at.offset();
  const std::uint64_t sent = at.u32();
  if (at.failed()) return;
  out.number(field, sent, {from, 4});
  if (sent == 0) return;  // "not known"
  // Before 1970 nobody sent GTP: such a number has wrapped around in 2036.
  const std::uint64_t ntp = sent < kUnixEpochInNtp ? sent + (std::uint64_t{1} << 32) : sent;
  const std::uint64_t seconds = ntp - kUnixEpochInNtp;
  const Date date = date_of(seconds / 86400);
  std::array<char, 20> buffer{};
  char* p = buffer.data();
  put_digits(p, date.year, 4);
  *p++ = '-';
  put_digits(p, date.month, 2);
  *p++ = '-';
  put_digits(p, date.day, 2);
  *p++ = 'T';
  put_digits(p, seconds / 3600 % 24, 2);
  *p++ = ':';
  put_digits(p, seconds / 60 % 60, 2);
  *p++ = ':';
  put_digits(p, seconds % 60, 2);
  *p++ = 'Z';
  out.text(text, {buffer.data(), buffer.size()}, {from, 4});
}

void decode_time_zone(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint8_t zone = value.u8();
  if (value.failed()) return;
  // Quarters of an hour as swapped BCD digits; bit 4 is the sign (TS 23.040, 9.2.3.11).
  if (zone >> 4 > 9) {
    out.note("time zone is not decimal");
  } else {
    const int minutes = ((zone & 7) * 10 + (zone >> 4)) * 15;
    std::array<char, 6> text{(zone & 8) != 0 ? '-' : '+',
                             static_cast<char>('0' + minutes / 600),
                             static_cast<char>('0' + minutes / 60 % 10),
                             ':',
                             static_cast<char>('0' + minutes % 60 / 10),
                             static_cast<char>('0' + minutes % 10)};
    out.text(kTimeZone, {text.data(), text.size()}, {from, 1});
  }
  const std::uint8_t daylight = value.u8();
  if (!value.failed()) emit_bits(value, out, kDaylightSavingTime, daylight, 0, 2);
}

}  // namespace gtp::wire
