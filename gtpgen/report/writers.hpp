// SPDX-License-Identifier: GPL-2.0-or-later
//
// The forms of a report.
#pragma once

#include "gtpgen/report/report.hpp"
#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

// For people: the totals below the live lines. [utf8]: a rule may be drawn.
void put_text(TextBuffer& out, const Report& report, output::Style style, bool utf8);

// gtpgen.load/1, one line; see docs/formats/gtpgen-load-1.md.
void put_json(TextBuffer& out, const Report& report);
// The same as the next element of an array, for those who report many runs.
void put_json(output::JsonWriter& json, const Report& report);

// Intervals, with a line of headings.
void put_csv(TextBuffer& out, const Report& report);
// The latency's buckets: greatest value, packets, packets up to here.
void put_histogram_csv(TextBuffer& out, const Report& report);

}  // namespace gtp::gen
