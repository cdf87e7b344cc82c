// SPDX-License-Identifier: GPL-2.0-or-later
//
// Waiter: waits for a point in time.
//
//   sleep    clock_nanosleep only: some 10 us late, no CPU
//   hybrid   sleeps until shortly before, then spins: late by the time of one look at the clock. How long to spin is
//            learnt from how late the sleeps before woke up: 60 us at most, of a longer wait up to a tenth of it and
//            100 us. So that it never takes more than a tenth of a CPU where packets are rare
//   busy     spins all the time. On a host with other work the scheduler punishes that with milliseconds: only for a
//            CPU of one's own
//
// One thread. Timer slack is the caller's (PR_SET_TIMERSLACK).
#pragma once

#include <cstdint>

#include "gtpgen/pace/clock.hpp"

namespace gtp::gen {

enum class Pacing : std::uint8_t { sleep, hybrid, busy };

class Waiter {
 public:
  static constexpr std::uint64_t kMaxSpinNs = 100'000;
  static constexpr std::uint64_t kShortSpinNs = 60'000;  // however short the wait
  static constexpr std::uint64_t kMinSpinNs = 4'000;

  Waiter(Clock& clock, Pacing pacing) noexcept : clock_(clock), pacing_(pacing) {}

  // Returns the time now, at least [due_ns].
  std::uint64_t wait_until(std::uint64_t due_ns) noexcept;

  std::uint64_t spin_ns() const noexcept { return spin_ns_; }

 private:
  void learn(std::uint64_t late_ns) noexcept;

  Clock& clock_;
  Pacing pacing_;
  std::uint64_t spin_ns_ = kShortSpinNs;
};

}  // namespace gtp::gen
