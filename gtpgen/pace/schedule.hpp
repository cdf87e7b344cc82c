// SPDX-License-Identifier: GPL-2.0-or-later
//
// Schedule: when packets are due, as absolute times, so that nothing that happens while sending adds up.
//
//   constant   bursts of the same number of packets, at the same distance. At 10 kpps and below a burst is one packet;
//              above, as many as are due in a tick of 100 us, all due at its start. The k-th burst is due at
//              start + k * packets / rate, computed anew from k: the rate has no rounding error
//   poisson    every packet by itself, exponential distances from a seeded generator
//   burst      N packets each T, whatever the rate of the option says
//
// A ramp changes the rate linearly from the first packet's time over its length; then the constant part begins.
// A run of many threads gives each its own schedule, with a share of the rate and a phase that puts the threads'
// bursts between each other.
//
// A value; next() is one thread's.
#pragma once

#include <cstdint>

namespace gtp::gen {

enum class Arrivals : std::uint8_t { constant, poisson, burst };

struct SchedulePlan {
  Arrivals arrivals = Arrivals::constant;
  double packets_per_second = 1000;
  std::uint32_t burst = 0;            // packets; 0: by the tick. With Arrivals::burst, N
  std::uint64_t burst_period_ns = 0;  // Arrivals::burst: T
  std::uint64_t ramp_ns = 0;
  double ramp_from = 0;  // packets per second at the start of the ramp
  std::uint64_t seed = 1;
  double phase = 0;  // 0 to 1: of the distance between bursts, added to the first
};

inline constexpr std::uint64_t kTickNs = 100'000;
inline constexpr std::uint32_t kMaxBurst = 64;

class Schedule {
 public:
  struct Event {
    std::uint64_t due_ns = 0;
    std::uint32_t packets = 0;
  };

  Schedule(const SchedulePlan& plan, std::uint64_t start_ns) noexcept;

  const Event& peek() const noexcept { return event_; }
  void pop() noexcept;

  std::uint32_t burst() const noexcept { return burst_; }

 private:
  double uniform() noexcept;
  void enter_constant(std::uint64_t at_ns) noexcept;

  SchedulePlan plan_;
  std::uint32_t burst_;
  Event event_;
  double ramp_end_ns_ = 0;  // since the start; 0: no ramp, or over
  std::uint64_t start_ns_;
  std::uint64_t base_ns_;  // of the constant part
  double base_fraction_ = 0;
  std::uint64_t index_ = 0;  // bursts since the base
  std::uint64_t random_;
  double exact_ns_ = 0;  // since the start: ramps and Poisson
};

}  // namespace gtp::gen
