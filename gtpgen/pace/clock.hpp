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

// For files: moves only by sleeping, at once. Goes with Pacing::sleep, for a spin would never end.
class VirtualClock final : public Clock {
 public:
  explicit VirtualClock(std::uint64_t start_ns) noexcept : time_ns_(start_ns) {}
  std::uint64_t now_ns() noexcept override { return time_ns_; }
  void sleep_until(std::uint64_t time_ns) noexcept override {
    if (time_ns > time_ns_) time_ns_ = time_ns;
  }

 private:
  std::uint64_t time_ns_;
};

}  // namespace gtp::gen
