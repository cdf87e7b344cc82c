// SPDX-License-Identifier: GPL-2.0-or-later
//
// StartTime: --start-at, the moment that several hosts have agreed on for their first packets. It is a time of
// CLOCK_REALTIME, so it is as good as the hosts' clocks: what the kernel knows about that is said, and stands in the
// report (environment.clock_synchronised, clock_error_ns).
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "gtpgen/command.hpp"

namespace gtp::gen {

class StartTime {
 public:
  // --start-at TIME.
  Option option();

  // Nanoseconds since 1970; 0: at once.
  std::uint64_t time_ns() const noexcept { return time_ns_; }
  // Refuses a time that has passed, or that comes before [warm_up] is over.
  Result<void> check(std::chrono::nanoseconds warm_up) const;
  // Tells the user what is waited for, and warns of a clock that nobody disciplines.
  void announce() const;

 private:
  std::uint64_t time_ns_ = 0;
};

// "2026-11-22T12:00:00Z", "2026-11-22T13:00:00+01:00", without a zone UTC; "+30s" is from [now_ns] on.
Result<std::uint64_t> parse_start(std::string_view text, std::uint64_t now_ns);

}  // namespace gtp::gen
