// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reports of several hosts that took part in one run, as one report:
//
//   host a   |----------------|             all were at it at the same time, for some time at least:
//   host b     |----------------|           else nothing that is added up would mean anything
//   together |------------------|
//
// Counters and histograms are added, so every count and percentile is what one process would have had; rates are over
// the longest of the windows. Intervals are added in their order where they have the same lengths, and their
// percentiles are the worst of the hosts'. Limits are judged anew, on the sums.
#pragma once

#include <vector>

#include "gtpgen/merge/read_report.hpp"
#include "gtpgen/report/verdict.hpp"

namespace gtp::gen {

struct CombineOptions {
  Thresholds thresholds;    // those that are empty: what the reports were held to, when they agree
  bool any_config = false;  // reports of different traffic, too
};

// Refused, with the reason: fewer than two, the same one twice, other commands, windows that do not overlap, different
// traffic, latencies of different kinds.
Result<Report> combine(const std::vector<WrittenReport>& reports, const CombineOptions& options);

}  // namespace gtp::gen
