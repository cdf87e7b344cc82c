// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the calling thread has used of a CPU: a budget kept by it holds on a busy host as well, where the clock on the
// wall goes on while the thread waits for its turn.
#pragma once

#include <cstdint>
#include <ctime>

namespace gtp::top {

inline std::uint64_t thread_cpu_ns() noexcept {
  std::timespec spec{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spec);
  return static_cast<std::uint64_t>(spec.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(spec.tv_nsec);
}

}  // namespace gtp::top
