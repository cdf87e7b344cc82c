// SPDX-License-Identifier: GPL-2.0-or-later
//
// RestartWatch: what the restart counters of a peer's answers say (TS 23.007, 18). Counters are compared modulo 256, so
// 255 -> 0 is a restart. A counter that is older than the one known is the race of two answers that the clause
// describes: it is discarded, not believed.
#pragma once

#include <cstdint>
#include <optional>

namespace gtp::gen::echo {

class RestartWatch {
 public:
  enum class Verdict : std::uint8_t { first, same, restarted, older };

  constexpr Verdict observe(std::uint8_t counter) noexcept {
    if (!known_) {
      known_ = counter;
      return Verdict::first;
    }
    const auto ahead = static_cast<std::uint8_t>(counter - *known_);
    if (ahead == 0) return Verdict::same;
    if (ahead >= 128) return Verdict::older;
    known_ = counter;
    return Verdict::restarted;
  }
  constexpr std::optional<std::uint8_t> known() const noexcept { return known_; }
  constexpr void forget() noexcept { known_.reset(); }

 private:
  std::optional<std::uint8_t> known_;
};

}  // namespace gtp::gen::echo
