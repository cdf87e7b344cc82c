// SPDX-License-Identifier: GPL-2.0-or-later
//
// LatencyMeter: the time from when a packet was due (its stamp) to when it arrived, in a histogram.
//
//   round_trip        sent and received here: both times are of one clock
//   one_way           received elsewhere, on a clock that is the sender's (same host, same boot)
//   one_way_relative  received on another clock: only differences mean anything, so the least delay counts as 0.
//                     Whenever a packet is faster than all before, the histogram is shifted by what that was less
//
// Times of arrival are CLOCK_MONOTONIC in nanoseconds (see receive/clock.hpp for kernel stamps). Stamps are 48 bits
// wide; a packet may be 39 hours under way. A delay below zero, by a clock that was set or drifted, counts as 0 and is
// counted. One thread; merge() adds another's, of the same kind and run.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/measure/histogram.hpp"

namespace gtp::gen {

class LatencyMeter {
 public:
  enum class Kind : std::uint8_t { round_trip, one_way, one_way_relative };

  // [epoch_ns]: what stamps count from, on our CLOCK_MONOTONIC; means nothing to one_way_relative.
  LatencyMeter(Kind kind, std::uint64_t epoch_ns) noexcept
      : kind_(kind), plan_epoch_ns_(epoch_ns), epoch_ns_(epoch_ns) {}

  void add(std::uint64_t arrival_ns, std::uint64_t scheduled_ns) noexcept;
  void merge(const LatencyMeter& other) noexcept;

  // The delay of one packet as it is seen here; of one_way_relative, only differences of it mean anything.
  std::int64_t delay(std::uint64_t arrival_ns, std::uint64_t scheduled_ns) const noexcept;

  Kind kind() const noexcept { return kind_; }
  const measure::Histogram& histogram() const noexcept { return histogram_; }
  std::uint64_t negative() const noexcept { return negative_; }

 private:
  void lower_reference(std::int64_t by) noexcept;

  Kind kind_;
  std::uint64_t plan_epoch_ns_;  // as it was given
  std::uint64_t epoch_ns_;
  bool has_reference_ = false;  // one_way_relative: epoch_ns_ is the least delay
  std::uint64_t negative_ = 0;
  measure::Histogram histogram_;
};

}  // namespace gtp::gen
