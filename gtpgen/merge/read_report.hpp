// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reports that were written as gtpgen.load/1, read back. Counters, sums and buckets are exact, so what is added up from
// them is what one process would have counted; a report that contradicts itself is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/report/json_value.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct WrittenReport {
  std::string name;  // the file, for messages
  Report report;     // with its checks and verdict; without parts and sources, which are its own
  std::optional<JsonValue> config;
};

// [text] is one report, or one on each line. [name] is said in errors.
Result<std::vector<WrittenReport>> read_reports(std::string_view text, const std::string& name);

}  // namespace gtp::gen
