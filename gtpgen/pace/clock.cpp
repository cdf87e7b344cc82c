// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/clock.hpp"

#include <time.h>

namespace gtp::gen {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

}  // namespace

std::uint64_t SystemClock::now_ns() noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * kSecond + static_cast<std::uint64_t>(now.tv_nsec);
}

void SystemClock::sleep_until(std::uint64_t time_ns) noexcept {
  const timespec until{static_cast<time_t>(time_ns / kSecond), static_cast<long>(time_ns % kSecond)};
  ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

}  // namespace gtp::gen
