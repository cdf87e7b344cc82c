// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/clock.hpp"

namespace gtp::gen {
namespace {

constexpr std::int64_t kStepNs = 1'000'000;

std::uint64_t read(clockid_t clock) noexcept {
  timespec now{};
  ::clock_gettime(clock, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

std::uint64_t monotonic_ns() noexcept { return read(CLOCK_MONOTONIC); }
std::uint64_t realtime_ns() noexcept { return read(CLOCK_REALTIME); }

void ArrivalClock::sample() noexcept {
  // The realtime clock between two looks at the other; a pair that was interrupted (a step cannot be told from a
  // descheduling) is taken again, a few times.
  std::uint64_t best = UINT64_MAX;
  std::uint64_t offset = offset_;
  for (int i = 0; i < 4; ++i) {
    const std::uint64_t before = read(CLOCK_MONOTONIC);
    const std::uint64_t real = read(CLOCK_REALTIME);
    const std::uint64_t after = read(CLOCK_MONOTONIC);
    monotonic_ = after;
    if (after - before < best) {
      best = after - before;
      offset = real - before - (after - before) / 2;
    }
    if (best < 2000) break;
  }
  const auto change = static_cast<std::int64_t>(offset - offset_);
  if (offset_ != 0 && (change > kStepNs || change < -kStepNs)) ++steps_;
  offset_ = offset;
}

}  // namespace gtp::gen
