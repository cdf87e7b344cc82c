// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/waiter.hpp"

#include <algorithm>

namespace gtp::gen {

// Up at once, down slowly: a spin that was too short costs lateness, one that is too long only some CPU.
void Waiter::learn(std::uint64_t late_ns) noexcept {
  const std::uint64_t wanted = std::clamp(late_ns + late_ns / 4 + 1000, kMinSpinNs, kMaxSpinNs);
  spin_ns_ = wanted >= spin_ns_ ? wanted : spin_ns_ - (spin_ns_ - wanted) / 64;
}

std::uint64_t Waiter::wait_until(std::uint64_t due_ns) noexcept {
  std::uint64_t now = clock_.now_ns();
  if (now >= due_ns) return now;
  if (pacing_ != Pacing::busy) {
    const std::uint64_t most = std::max(kShortSpinNs, (due_ns - now) / 10);
    const std::uint64_t early = pacing_ == Pacing::hybrid ? std::min(spin_ns_, most) : 0;
    while (now + early < due_ns) {
      const std::uint64_t wake = due_ns - early;
      clock_.sleep_until(wake);
      now = clock_.now_ns();
      if (now >= wake && pacing_ == Pacing::hybrid) learn(now - wake);
    }
  }
  while (now < due_ns) now = clock_.now_ns();
  return now;
}

}  // namespace gtp::gen
