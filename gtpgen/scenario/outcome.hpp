// SPDX-License-Identifier: GPL-2.0-or-later
//
// Outcome: the reports of a scenario's flows and phases, put together.
//
// Each flow of each measured phase is a part, and each part is judged: a limit that all of them together keep may still
// be broken by one. The whole has the verdict of its worst part.
#pragma once

#include <string>
#include <vector>

#include "gtpgen/report/report.hpp"
#include "gtpgen/report/verdict.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

struct OutcomePart {
  std::string phase;
  std::string flow;
  Report report;
};

class Outcome {
 public:
  // The flows of one measured phase; [cpu] is what the process spent on all of them. They must have been judged.
  void add_phase(std::vector<OutcomePart> parts, const CpuReport& cpu);

  const std::vector<OutcomePart>& parts() const noexcept { return parts_; }
  // All as one. Its counts are sums, its rates are over the time that was measured.
  Report whole(const Thresholds& limits) const;

 private:
  std::vector<OutcomePart> parts_;
  Report sum_;
};

// A line for each part.
void put_table(TextBuffer& out, const std::vector<OutcomePart>& parts);
// The parts as a JSON array: phase, flow, and the report as gtpgen.load/1.
std::string parts_json(const std::vector<OutcomePart>& parts);

}  // namespace gtp::gen
