// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/intervals.hpp"

#include <poll.h>
#include <time.h>

#include <algorithm>

#include "gtpgen/receive/clock.hpp"

namespace gtp::gen {

std::uint64_t run_intervals(sys::Signals& signals, std::chrono::nanoseconds interval, std::chrono::nanoseconds length,
                            FunctionRef<bool(std::uint64_t now_ns)> tick) {
  const std::uint64_t start = monotonic_ns();
  const auto step = static_cast<std::uint64_t>(interval.count());
  const auto end = length.count() == 0 ? UINT64_MAX : static_cast<std::uint64_t>(length.count());
  std::uint64_t next = std::min(step, end);
  while (true) {
    const std::uint64_t elapsed = monotonic_ns() - start;
    if (elapsed < next) {
      const std::uint64_t left = next - elapsed;
      const timespec wait{static_cast<time_t>(left / 1'000'000'000U), static_cast<long>(left % 1'000'000'000U)};
      pollfd wake{signals.wake_fd(), POLLIN, 0};
      if (::ppoll(&wake, 1, &wait, nullptr) <= 0) continue;
    }
    const std::uint64_t now = monotonic_ns() - start;
    const bool more = tick(now);
    if (!more || signals.received() != 0 || now >= end) return monotonic_ns() - start;
    next = std::min((now / step + 1) * step, end);
  }
}

}  // namespace gtp::gen
