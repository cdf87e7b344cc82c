// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/layout.hpp"

#include <algorithm>

namespace gtp::top {

Bands lay_out(int height, bool header, bool prompt) {
  Bands bands;
  const bool title = header && height >= 6;
  const bool tabs = header && height >= 8;
  const bool status = height >= 10;
  const bool keys = height >= 12;
  const bool meters = header && height >= 18;
  const bool finding = prompt || height >= 22;
  int y = 0;
  if (title) bands.title = y++;
  if (meters) {
    bands.meters = y;
    y += 2;
  }
  if (tabs) bands.tabs = y++;
  if (height >= 4) bands.heads = y++;
  bands.rows = y;
  int bottom = height;
  if (keys) bands.keys = --bottom;
  if (status) bands.status = --bottom;
  if (finding) bands.finding = --bottom;
  bands.row_count = std::max(bottom - y, 0);
  return bands;
}

namespace {

// The cell on the left is the cursor's, the one on the right the scroll bar's.
constexpr int kMargin = 1;

int total_min(std::span<const Column> all, const std::vector<std::uint8_t>& chosen, const Units& units) {
  int width = kMargin;
  for (const std::uint8_t column : chosen) width += static_cast<int>(min_width(all[column], units)) + 1;
  return width;
}

void widen(std::vector<PlacedColumn>& placed, std::span<const Column> all, int room) {
  // Text that is cut gets room first, a TEID only both cells of its prefix at once.
  for (bool grown = true; grown && room > 0;) {
    grown = false;
    for (PlacedColumn& one : placed) {
      const Column& column = all[one.column];
      const int step = column.form == Form::teid ? 2 : 1;
      if (one.width + step > column.max || room < step) continue;
      one.width += step;
      room -= step;
      grown = true;
    }
  }
}

// The totals take the places of the rates.
void prefer_totals(std::span<const Column> all, std::vector<std::uint8_t>& chosen) {
  for (const std::string_view name : {"up", "dn"}) {
    for (std::size_t total = 0; total < all.size(); ++total) {
      if (all[total].name != std::string(name) + "_total") continue;
      std::erase(chosen, total);
      for (std::uint8_t& column : chosen) {
        if (all[column].name == name) column = static_cast<std::uint8_t>(total);
      }
    }
  }
}

}  // namespace

std::vector<PlacedColumn> place_columns(View view, int width, const ColumnPlan& plan) {
  const auto all = columns(view);
  std::vector<std::uint8_t> chosen;
  if (plan.wanted.empty()) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].priority < kOnDemand || (plan.scroll > 0 && i > 0)) chosen.push_back(static_cast<std::uint8_t>(i));
    }
  } else {
    chosen.assign(plan.wanted.begin(), plan.wanted.end());
  }
  if (plan.totals) prefer_totals(all, chosen);
  if (plan.scroll > 0 && !chosen.empty()) {
    // The column that says who a row is stays in place, the others move.
    const std::uint8_t identity =
        view == View::tunnels && plan.wanted.empty() ? static_cast<std::uint8_t>(TunnelColumn::ms) : chosen.front();
    std::erase(chosen, identity);
    const auto gone = std::min<std::size_t>(plan.scroll, chosen.empty() ? 0 : chosen.size() - 1);
    chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(gone));
    chosen.insert(chosen.begin(), identity);
    while (chosen.size() > 1 && total_min(all, chosen, plan.units) > width) chosen.pop_back();
  }
  const auto rank = [&](std::uint8_t column) {
    const bool total = all[column].name.ends_with("_total");
    return plan.totals && total ? 0 : static_cast<int>(all[column].priority);
  };
  while (chosen.size() > 1 && total_min(all, chosen, plan.units) > width) {
    auto worst = chosen.begin();
    for (auto it = chosen.begin(); it != chosen.end(); ++it) {
      if (rank(*it) >= rank(*worst)) worst = it;
    }
    // All that is left is what is always shown: the end goes.
    if (rank(*worst) == 0) worst = chosen.end() - 1;
    chosen.erase(worst);
  }
  std::vector<PlacedColumn> placed;
  for (const std::uint8_t column : chosen) {
    placed.push_back({column, 0, static_cast<int>(min_width(all[column], plan.units))});
  }
  widen(placed, all, width - total_min(all, chosen, plan.units));
  int x = kMargin;
  for (PlacedColumn& one : placed) {
    one.x = x;
    one.width = std::min(one.width, std::max(width - x, 0));
    x += one.width + 1;
  }
  return placed;
}

}  // namespace gtp::top
