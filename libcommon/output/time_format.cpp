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

// The text up to the second, "14:05:12" or with its date.
void put_seconds(TextBuffer& out, TimeStyle style, std::uint64_t seconds) {
  if (style != TimeStyle::utc) {
    const auto here = static_cast<std::int64_t>(seconds) + zone_offset(seconds);
    seconds = here < 0 ? 0 : static_cast<std::uint64_t>(here);
  }
  if (style != TimeStyle::local) {
    put_date(out, seconds);
    out.put(style == TimeStyle::utc ? 'T' : ' ');
  }
  put_clock(out, seconds);
}

// Many packets share a second: its text is kept.
void put_cached_seconds(TextBuffer& out, TimeStyle style, std::uint64_t seconds) {
  struct Cache {
    TimeStyle style = TimeStyle::epoch;  // never asked for
    std::uint64_t seconds = 0;
    TextBuffer text;
  };
  thread_local Cache cache;
  if (cache.style != style || cache.seconds != seconds) {
    cache.text.clear();
    put_seconds(cache.text, style, seconds);
    cache.style = style;
    cache.seconds = seconds;
  }
  out.put(cache.text.view());
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
  const bool civil = style_ == TimeStyle::local || style_ == TimeStyle::date || style_ == TimeStyle::utc;
  if (civil) {
    put_cached_seconds(out, style_, seconds);
  } else {
    out.put_dec(seconds);
  }
  out.put('.');
  out.put_padded(digits_ == 9 ? fraction : fraction / 1'000, digits_ == 9 ? 9 : 6);
  if (style_ == TimeStyle::utc) out.put('Z');
}

}  // namespace gtp::output
