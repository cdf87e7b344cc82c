// SPDX-License-Identifier: GPL-2.0-or-later
//
// TimeFormat: how the time of a packet is written at the start of its line.
//
//   local     14:05:12.174559         the clock on the wall of this host
//   date      2021-05-05 14:05:12.174559
//   utc       2021-05-05T12:05:12.174559Z
//   epoch     1620216312.174559       seconds since 1970
//   relative  +0.000000               since a reference: the first packet
//   delta     +0.000000               since a reference: the packet before
//
// The text of a second is kept per thread and the zone is asked once per quarter of an hour (zones change at no other
// moments), so a packet costs a copy and the digits of its fraction. A TimeFormat is a value; any thread.
#pragma once

#include <cstdint>

#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

enum class TimeStyle : std::uint8_t { local, date, utc, epoch, relative, delta };

class TimeFormat {
 public:
  // [digits] of the fraction: 6 or 9, from the resolution of the capture.
  constexpr explicit TimeFormat(TimeStyle style = TimeStyle::local, int digits = 6) noexcept
      : style_(style), digits_(digits) {}

  constexpr TimeStyle style() const noexcept { return style_; }
  constexpr bool needs_reference() const noexcept {
    return style_ == TimeStyle::relative || style_ == TimeStyle::delta;
  }
  // Times in nanoseconds since 1970; [reference_ns] is used by relative and delta only and may lie behind [time_ns],
  // which gives a minus sign.
  void put(TextBuffer& out, std::uint64_t time_ns, std::uint64_t reference_ns = 0) const;

 private:
  TimeStyle style_;
  int digits_;
};

}  // namespace gtp::output
