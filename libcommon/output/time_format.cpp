// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/time_format.hpp"

#include <ctime>

#include "libcommon/util/civil_time.hpp"

namespace gtp::output {
namespace {

// Seconds east of UTC at [seconds].
std::int64_t zone_offset(std::uint64_t seconds) noexcept {
  struct Cache {
    std::uint64_t quarter = UINT64_MAX;
    std::int64_t offset = 0;
  };
  thread_local Cache cache;
  const std::uint64_t quarter = seconds / 900;
  if (quarter != cache.quarter) {
    const auto time = static_cast<std::time_t>(seconds);
    std::tm fields{};
    cache.offset = localtime_r(&time, &fields) != nullptr ? fields.tm_gmtoff : 0;
    cache.quarter = quarter;
  }
  return cache.offset;
}

void put_clock(TextBuffer& out, std::uint64_t seconds) {
  const std::uint64_t in_day = seconds % 86'400;
  out.put_padded(in_day / 3'600, 2);
  out.put(':');
  out.put_padded(in_day / 60 % 60, 2);
  out.put(':');
  out.put_padded(in_day % 60, 2);
}

void put_fraction(TextBuffer& out, std::uint64_t nanoseconds, int digits) {
  out.put('.');
  out.put_padded(digits == 9 ? nanoseconds : nanoseconds / 1'000, digits == 9 ? 9 : 6);
}

}  // namespace

void TimeFormat::put(TextBuffer& out, std::uint64_t time_ns, std::uint64_t reference_ns) const {
  if (needs_reference()) {
    const bool before = time_ns < reference_ns;
    out.put(before ? '-' : '+');
    time_ns = before ? reference_ns - time_ns : time_ns - reference_ns;
  }
  const std::uint64_t seconds = time_ns / kNanosecondsPerSecond;
  const std::uint64_t fraction = time_ns % kNanosecondsPerSecond;
  switch (style_) {
    case TimeStyle::local:
    case TimeStyle::date: {
      const auto here = static_cast<std::int64_t>(seconds) + zone_offset(seconds);
      const std::uint64_t local = here < 0 ? 0 : static_cast<std::uint64_t>(here);
      if (style_ == TimeStyle::date) {
        put_date(out, local);
        out.put(' ');
      }
      put_clock(out, local);
      put_fraction(out, fraction, digits_);
      return;
    }
    case TimeStyle::utc:
      put_date(out, seconds);
      out.put('T');
      put_clock(out, seconds);
      put_fraction(out, fraction, digits_);
      out.put('Z');
      return;
    case TimeStyle::epoch:
    case TimeStyle::relative:
    case TimeStyle::delta:
      out.put_dec(seconds);
      put_fraction(out, fraction, digits_);
      return;
  }
}

}  // namespace gtp::output
