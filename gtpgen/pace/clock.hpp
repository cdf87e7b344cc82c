// SPDX-License-Identifier: GPL-2.0-or-later
//
// Clock: the time by which packets are sent, CLOCK_MONOTONIC in nanoseconds: it never jumps, and the kernel keeps its
// rate right. Tests pass a clock of their own. Any thread.
#pragma once

#include <cstdint>

namespace gtp::gen {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::uint64_t now_ns() noexcept = 0;
  // May return later, and earlier when a signal comes.
  virtual void sleep_until(std::uint64_t time_ns) noexcept = 0;
};

class SystemClock final : public Clock {
 public:
  std::uint64_t now_ns() noexcept override;
  void sleep_until(std::uint64_t time_ns) noexcept override;
};

}  // namespace gtp::gen
