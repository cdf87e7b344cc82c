// SPDX-License-Identifier: GPL-2.0-or-later
//
// Cells as text. A number never takes more cells than its column has (a clipped number is a wrong one): counts take at
// most 5, TEIDs 8 or 10, times at most 7. Text is cut with an ellipsis by who draws it. What is not known is "-".
#pragma once

#include <cstdint>

#include "gtptop/model/columns.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::top {

// How the viewer wants figures.
struct Units {
  bool octets = false;        // rates in octets per second
  bool decimal_teid = false;  // else hexadecimal
  bool iec = false;           // Ki instead of k
  bool clock = false;         // the time of the day instead of how long ago
};

// At most 5 cells: "999", "1.00k", "18.4E"; with IEC prefixes "1.0Ki", "999Ki".
void put_short(TextBuffer& out, std::uint64_t value, bool iec);
// "1,000,000"; when that takes more than [width] cells, as put_short().
void put_grouped(TextBuffer& out, std::uint64_t value, std::size_t width, bool iec = false);
// Seconds in at most 4 cells: "0s", "59s", "12m", "3h", "99d", "9y".
void put_ago(TextBuffer& out, std::uint64_t seconds);
// At most 7 cells: "0.4 ms", "31 ms", "1.2 s", "850 us".
void put_short_duration(TextBuffer& out, std::uint64_t nanoseconds);
// "13:20:11" on the clock of this host.
void put_clock(TextBuffer& out, std::uint64_t time_ns);

// [width] is what the column got; [now_ns] is for Units::clock.
void put_value(TextBuffer& out, const Value& value, const Column& column, std::size_t width, const Units& units,
               std::uint64_t now_ns);
// Whether its cells stand at the right.
bool right_aligned(Form form) noexcept;
// The least width in these units: a decimal TEID takes 10.
std::size_t min_width(const Column& column, const Units& units) noexcept;

}  // namespace gtp::top
