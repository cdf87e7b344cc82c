// SPDX-License-Identifier: GPL-2.0-or-later
//
// The options by which a command says where its report goes and what it must be like, and what is done about them.
#pragma once

#include <chrono>
#include <string>

#include "gtpgen/command.hpp"
#include "gtpgen/report/report.hpp"
#include "gtpgen/report/verdict.hpp"

namespace gtp::gen {

struct ReportOptions {
  bool json = false;           // instead of text on stdout
  std::string json_file;       // as well, or alone
  std::string csv_file;        // intervals
  std::string histogram_file;  // buckets of the latency, CSV
  bool quiet = false;          // no live lines
  std::chrono::nanoseconds live = std::chrono::seconds(1);
  Thresholds thresholds;
};

// "Report": --json, --json-file, --csv, --hist, --live, -q, --max-loss, --max-p99, --min-rate.
OptionGroup report_options(ReportOptions& target);

// The same without --live and -q, for a command that is no run.
OptionGroup finished_report_options(ReportOptions& target);

// Writes the report where the options say, text or JSON to stdout; the value is Report::exit_code.
Result<int> deliver(const Report& report, const ReportOptions& options);

// A whole file, or why not.
Result<void> write_file(const std::string& path, std::string_view text);
// The other way; "-" is standard input. More than [longest] octets are refused, as is what cannot be read (usage).
Result<std::string> read_file(const std::string& path, std::size_t longest);

}  // namespace gtp::gen
