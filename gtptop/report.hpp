// SPDX-License-Identifier: GPL-2.0-or-later
//
// A frame for machines and for pipes: text, JSON, CSV, Prometheus. The columns are those of the screen
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
  std::size_t width = 0;       // of text; 0: as wide as it gets
  bool first = true;           // CSV: with the line of names
  bool tunnel_series = false;  // Prometheus: the tunnels of the page as well
};

void put_text(TextBuffer& out, const Frame& frame, const ReportOptions& options);
void put_json(TextBuffer& out, const Frame& frame, const ReportOptions& options);
void put_csv(TextBuffer& out, const Frame& frame, const ReportOptions& options);
// Of three frames: the links, the peers and the findings; [tunnels] may be null.
struct PrometheusInput {
  const Frame& links;
  const Frame& peers;
  const Frame& findings;
  const Frame* tunnels = nullptr;
};
void put_prometheus(TextBuffer& out, const PrometheusInput& input);

}  // namespace gtp::top
