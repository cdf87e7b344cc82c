// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/start_time.hpp"

#include <unistd.h>

#include <cstdio>

#include "gtpgen/receive/clock.hpp"
#include "gtpgen/report/numbers.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/civil_time.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

// What is done between the warm-up and the first packet, and some more.
constexpr std::uint64_t kMakeReadyNs = 500'000'000;

}  // namespace

Result<std::uint64_t> parse_start(std::string_view text, std::uint64_t now_ns) {
  if (text.starts_with('+')) {
    if (const auto ahead = parse_duration(text.substr(1)); ahead && *ahead <= UINT64_MAX - now_ns) {
      return now_ns + *ahead;
    }
  } else if (const auto time = parse_time(text)) {
    return *time;
  }
  return usage("\"" + std::string(text) + "\" is no time", "2026-11-22T12:00:00Z, or +30s from now");
}

Option StartTime::option() {
  return {"--start-at", "TIME", "send the first packet then: 2026-11-22T12:00:00Z, or +30s from now",
          [this](std::string_view text) -> Result<void> {
            auto time = parse_start(text, realtime_ns());
            if (!time) return std::move(time).error();
            time_ns_ = *time;
            return {};
          }};
}

Result<void> StartTime::check(std::chrono::nanoseconds warm_up) const {
  if (time_ns_ == 0) return {};
  const std::uint64_t now = realtime_ns();
  if (time_ns_ <= now) {
    return usage("--start-at: " + utc_time(time_ns_) + " has passed: it is " + utc_time(now),
                 "a time to come, or +30s");
  }
  const auto warm_up_ns = static_cast<std::uint64_t>(warm_up.count());
  if (warm_up_ns != 0 && time_ns_ - now < warm_up_ns + kMakeReadyNs) {
    return usage("--start-at is in " + length_of_time(time_ns_ - now) + ", and the warm-up before it takes " +
                 length_of_time(warm_up_ns));
  }
  return {};
}

void StartTime::announce() const {
  if (time_ns_ == 0) return;
  const std::uint64_t now = realtime_ns();
  const Environment host = inspect_environment();
  const bool synchronised = host.clock_synchronised.value_or(false);
  std::string line = "starting at " + utc_time(time_ns_);
  if (time_ns_ > now) line += ", in " + length_of_time(time_ns_ - now);
  if (synchronised && host.clock_error_ns) {
    line += "; this host's clock is off by " + length_of_time(*host.clock_error_ns) + " at most";
  }
  ::dprintf(STDERR_FILENO, "%s\n", line.c_str());
  if (synchronised) return;
  const output::Style style(sys::inspect_terminal(STDERR_FILENO).colour);
  output::print_warning("gtpgen", "nothing disciplines this host's clock (NTP, PTP): others may start at another time",
                        style);
}

}  // namespace gtp::gen
