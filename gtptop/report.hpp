// SPDX-License-Identifier: GPL-2.0-or-later
//
// A frame for machines and for pipes: text, JSON, CSV. Prometheus has metrics.hpp. The columns are those of the screen
// (model/columns.hpp); JSON and CSV have them in base units, and null or nothing where a figure is not known. The JSON
// is docs/formats/gtptop-json-1.md.
#pragma once

#include <span>
#include <vector>

#include "gtptop/model/format.hpp"
#include "gtptop/model/query.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::top {

struct ReportOptions {
  std::span<const std::uint8_t> columns = {};  // empty: all (JSON, CSV), those that the screen has (text)
  Units units;
  std::size_t width = 0;  // of text; 0: as wide as it gets
  bool first = true;      // CSV: with the line of names
};

void put_text(TextBuffer& out, const Frame& frame, const ReportOptions& options);
void put_json(TextBuffer& out, const Frame& frame, const ReportOptions& options);
void put_csv(TextBuffer& out, const Frame& frame, const ReportOptions& options);

}  // namespace gtp::top
