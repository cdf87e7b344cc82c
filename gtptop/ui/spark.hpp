// SPDX-License-Identifier: GPL-2.0-or-later
//
// Histories as bars: one line of eighths (a sparkline), or a graph of several lines. A value that is not known leaves
// its place empty, zero leaves it empty too, everything above zero is seen.
#pragma once

#include <span>
#include <string>

#include "gtptop/ui/canvas.hpp"

namespace gtp::top {

// The newest [width] values, as high as [top] (0: as the highest of them); right-aligned when there are fewer.
// [unknown] stands for NaN: ' ', or '×' for an echo without an answer.
std::string sparkline(std::span<const float> values, int width, float top = 0, char32_t unknown = U' ');

// Values into a rectangle of cells, the newest at the right; each cell [step] values.
void draw_graph(Canvas& canvas, int x, int y, int width, int height, std::span<const float> values, std::size_t step,
                float top, Ink ink);

}  // namespace gtp::top
