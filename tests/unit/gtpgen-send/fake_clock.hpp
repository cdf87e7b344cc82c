// SPDX-License-Identifier: GPL-2.0-or-later
//
// A clock that only moves when it is asked: each look costs `look_ns`, a sleep ends `oversleep_ns` late.
#pragma once

#include "gtpgen/pace/clock.hpp"

namespace gtp::gen {

class FakeClock final : public Clock {
 public:
  std::uint64_t now_ns() noexcept override {
    time_ns += look_ns;
    return time_ns;
  }
  void sleep_until(std::uint64_t until_ns) noexcept override {
    ++sleeps;
    if (until_ns > time_ns) time_ns = until_ns;
    time_ns += oversleep_ns;
  }

  std::uint64_t time_ns = 0;
  std::uint64_t look_ns = 0;
  std::uint64_t oversleep_ns = 0;
  int sleeps = 0;
};

}  // namespace gtp::gen
