// SPDX-License-Identifier: GPL-2.0-or-later
//
// ArrivalClock: when a packet came, on CLOCK_MONOTONIC, on which stamps are written. Kernel stamps are of
// CLOCK_REALTIME, which is set and slewed; the two are compared anew for every batch, so that a step of the one between
// two batches does not show in a latency. Steps of more than 1 ms are counted. One thread.
#pragma once

#include <time.h>

#include <cstdint>

namespace gtp::gen {

std::uint64_t monotonic_ns() noexcept;
std::uint64_t realtime_ns() noexcept;

class ArrivalClock {
 public:
  // Compares the clocks; before the stamps of a batch are translated.
  void sample() noexcept;
  // Now, as of sample().
  std::uint64_t now_ns() const noexcept { return monotonic_; }
  // A kernel stamp on CLOCK_MONOTONIC.
  std::uint64_t translate(const timespec& kernel) const noexcept {
    return static_cast<std::uint64_t>(kernel.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(kernel.tv_nsec) -
           offset_;
  }
  std::uint64_t steps() const noexcept { return steps_; }

 private:
  std::uint64_t monotonic_ = 0;
  std::uint64_t offset_ = 0;  // CLOCK_REALTIME - CLOCK_MONOTONIC
  std::uint64_t steps_ = 0;
};

}  // namespace gtp::gen
