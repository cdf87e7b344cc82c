// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where everything goes, as arithmetic on the size of the screen: any size from 20x5 on, and smaller ones do no harm.
//
//   title  meters  tabs  heads          at most 5 lines
//   rows                                everything between
//   finding or prompt  status  keys     at most 3 lines
//
// In a low screen lines go in this order: finding, meters, keys, status, tabs, title; heads stay as long as one row
// does. In a narrow one columns go by their priority.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gtptop/model/columns.hpp"
#include "gtptop/model/format.hpp"

namespace gtp::top {

// Lines by their y; -1: not there.
struct Bands {
  int title = -1;
  int meters = -1;  // two lines
  int tabs = -1;
  int heads = -1;
  int rows = 0;
  int row_count = 0;
  int finding = -1;  // a prompt stands here, or on the last line when there is none
  int status = -1;
  int keys = -1;
};
// [header]: the title, meters and tabs are wanted. [prompt]: a line for it is wanted most of all.
Bands lay_out(int height, bool header, bool prompt);

struct PlacedColumn {
  std::uint8_t column = 0;
  int x = 0;
  int width = 0;
};

struct ColumnPlan {
  // In this order; empty: those that everybody sees.
  std::span<const std::uint8_t> wanted = {};
  unsigned scroll = 0;  // whole columns; the first one stays
  Units units;
  bool totals = false;  // since the start instead of per second
};
std::vector<PlacedColumn> place_columns(View view, int width, const ColumnPlan& plan);

// From this priority on a column is shown only when it is asked for.
inline constexpr std::uint8_t kOnDemand = 11;

}  // namespace gtp::top
