// SPDX-License-Identifier: GPL-2.0-or-later
//
// ReplaySchedule: when each packet of the capture is due, in nanoseconds since the start of the run. Absolute: every
// time is computed from the first packet's, so that nothing adds up over hours and loops.
//
//   capture  (time of the packet - time of the first) / speed. A packet that the file dates before its predecessor is
//            due together with it; one without a time, too
//   rate     the n-th packet at n / rate
//   top      now
//
// A loop starts where the one before ended plus its mean distance between packets, so that loops do not run into one
// another. A value; no clock.
#pragma once

#include <cstdint>

namespace gtp::gen::replay {

enum class Pace : std::uint8_t { capture, rate, top };

class ReplaySchedule {
 public:
  // [speed] counts with Pace::capture, [packets_per_second] with Pace::rate.
  ReplaySchedule(Pace pace, double speed, double packets_per_second) noexcept
      : pace_(pace), speed_(speed), packets_per_second_(packets_per_second) {}

  // Of the next packet; [time_ns] as the capture has it.
  std::uint64_t due_ns(std::uint64_t time_ns, bool has_time) noexcept;
  // The capture starts over.
  void start_loop() noexcept;

 private:
  Pace pace_;
  double speed_;
  double packets_per_second_;
  std::uint64_t sent_ = 0;
  std::uint64_t sent_in_loop_ = 0;
  std::uint64_t base_ns_ = 0;   // when this loop's first packet is due
  std::uint64_t first_ns_ = 0;  // the capture's time of it
  std::uint64_t due_ns_ = 0;    // of the packet before
  bool has_first_ = false;
};

}  // namespace gtp::gen::replay
