// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/replay_schedule.hpp"

#include <algorithm>

namespace gtp::gen::replay {

std::uint64_t ReplaySchedule::due_ns(std::uint64_t time_ns, bool has_time) noexcept {
  const std::uint64_t n = sent_++;
  ++sent_in_loop_;
  switch (pace_) {
    case Pace::top:
      return 0;
    case Pace::rate:
      due_ns_ = static_cast<std::uint64_t>(static_cast<double>(n) * 1e9 / packets_per_second_ + 0.5);
      return due_ns_;
    case Pace::capture:
      break;
  }
  if (!has_time) return due_ns_;
  if (!has_first_) {
    has_first_ = true;
    first_ns_ = time_ns;
  }
  const std::uint64_t since = time_ns > first_ns_ ? time_ns - first_ns_ : 0;
  // At its own speed without the detour over floating point, which has 53 bits.
  const std::uint64_t scaled =
      speed_ == 1 ? since : static_cast<std::uint64_t>(static_cast<double>(since) / speed_ + 0.5);
  due_ns_ = std::max(due_ns_, base_ns_ + scaled);
  return due_ns_;
}

void ReplaySchedule::start_loop() noexcept {
  if (pace_ != Pace::capture) return;
  const std::uint64_t gap = sent_in_loop_ > 1 ? (due_ns_ - base_ns_) / (sent_in_loop_ - 1) : 0;
  if (sent_in_loop_ > 0) base_ns_ = due_ns_ = due_ns_ + gap;
  sent_in_loop_ = 0;
  has_first_ = false;
}

}  // namespace gtp::gen::replay
