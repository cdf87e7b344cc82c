// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a search has found, as a value, and its forms. docs/formats/gtpgen-ndr-1.md is the JSON form.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/ndr/search.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

struct TrialRecord {
  Trial trial;
  std::uint64_t start_ns = 0;  // since 1970
  std::uint64_t sent = 0;
  std::uint64_t received = 0;
  std::optional<std::uint64_t> p99_ns;
};

// Latency at a share of the rate that was found.
struct LatencyAt {
  double share = 0;
  Report report;
};

struct NdrReport {
  std::string title;
  std::uint64_t start_ns = 0;
  std::uint64_t duration_ns = 0;
  std::vector<std::string> argv;
  double min_pps = 0;
  double max_pps = 0;
  double mean_inner_octets = 0;  // of a packet, for bits per second
  std::vector<Goal> goals;
  std::vector<Bounds> bounds;  // of each goal
  std::vector<TrialRecord> trials;
  std::vector<LatencyAt> latency;
  std::vector<std::string> notes;
  bool interrupted = false;

  std::optional<double> wanted_pps;  // --min-ndr
  int exit_code = 0;
};

// 1 when the first goal's lower bound is less than wanted, or there is none; 3 when the generator was the limit and
// what it reached does not suffice either; else 0.
int judge(const NdrReport& report) noexcept;

void put_text(TextBuffer& out, const NdrReport& report, output::Style style);
// gtpgen.ndr/1, one line.
void put_json(TextBuffer& out, const NdrReport& report);

}  // namespace gtp::gen
