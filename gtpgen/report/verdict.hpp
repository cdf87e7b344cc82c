// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a report amounts to. In this order:
//
//   fail (1)               a limit that was set is broken, and it was not our fault; or nothing came back at all
//   generator_limited (3)  we did not send what was asked for, or lost packets ourselves, or a latency limit was broken
//                          while we sent late: nothing can be said about what is tested
//   pass (0)
//
// What is our fault: sending less than 99 % (or `min_rate`) of the target, where without `min_rate` 10 ms are granted
// to runs of few packets; packets dropped by our receive buffers, which are taken off the loss before the limit is
// applied; transmit lag whose 99th percentile is over 100 us and over a tenth of the latency's. Latency counts from
// when a packet was due, so our lag can only make it worse: within the limit in spite of lag is within the limit.
#pragma once

#include <cstdint>
#include <optional>

#include "gtpgen/report/report.hpp"

namespace gtp::gen {

struct Thresholds {
  std::optional<double> max_loss;  // a share
  std::optional<std::uint64_t> max_p99_ns;
  std::optional<double> min_rate;  // share of the target that must be sent, and arrive when arrivals are counted
};

// Fills checks, limited_by, verdict and exit_code. [expects_arrivals]: that nothing arrived is a failure.
void judge(Report& report, const Thresholds& thresholds, bool expects_arrivals);

}  // namespace gtp::gen
