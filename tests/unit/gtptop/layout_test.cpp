// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/ui/layout.hpp"

#include <catch2/catch.hpp>

namespace gtp::top {
namespace {

TEST_CASE("24 lines have everything; below, lines go in a fixed order") {
  const Bands full = lay_out(24, true, false);
  CHECK(full.title == 0);
  CHECK(full.meters == 1);
  CHECK(full.tabs == 3);
  CHECK(full.heads == 4);
  CHECK(full.rows == 5);
  CHECK(full.row_count == 16);
  CHECK(full.finding == 21);
  CHECK(full.status == 22);
  CHECK(full.keys == 23);
  CHECK(lay_out(21, true, false).finding == -1);
  CHECK(lay_out(17, true, false).meters == -1);
  CHECK(lay_out(11, true, false).keys == -1);
  CHECK(lay_out(9, true, false).status == -1);
  CHECK(lay_out(5, true, false).title == -1);
  CHECK(lay_out(5, true, false).row_count == 4);
  CHECK(lay_out(24, false, false).row_count == 20);
}

TEST_CASE("no two bands share a line, and a prompt always has one") {
  for (int height = 1; height < 80; ++height) {
    for (const bool prompt : {false, true}) {
      const Bands b = lay_out(height, true, prompt);
      std::vector<int> used(static_cast<std::size_t>(height));
      const auto use = [&](int y) {
        if (y < 0) return;
        REQUIRE(y < height);
        CHECK(used[static_cast<std::size_t>(y)]++ == 0);
      };
      for (const int y : {b.title, b.tabs, b.heads, b.finding, b.status, b.keys}) use(y);
      if (b.meters >= 0) {
        use(b.meters);
        use(b.meters + 1);
      }
      for (int i = 0; i < b.row_count; ++i) use(b.rows + i);
      if (prompt) CHECK(b.finding >= 0);
      if (height >= 5 && !prompt) CHECK(b.row_count >= 1);
    }
  }
}

TEST_CASE("columns never overlap nor leave the screen, and who a row is stays") {
  for (std::size_t view = 0; view < kViews; ++view) {
    for (int width = 5; width < 250; ++width) {
      for (unsigned scroll = 0; scroll < 6; ++scroll) {
        ColumnPlan plan;
        plan.scroll = scroll;
        int x = 0;
        const auto placed = place_columns(static_cast<View>(view), width, plan);
        REQUIRE_FALSE(placed.empty());
        for (const PlacedColumn& one : placed) {
          REQUIRE(one.x > x - 1);
          REQUIRE(one.x + one.width <= width);
          x = one.x + one.width + 1;
          if (placed.size() > 1) {
            REQUIRE(one.width >= columns(static_cast<View>(view))[one.column].min);
          }
        }
      }
    }
  }
}

TEST_CASE("a narrow screen keeps MS and the rate, a wide one has all that everybody sees") {
  const auto has = [](const std::vector<PlacedColumn>& placed, TunnelColumn column) {
    return std::any_of(placed.begin(), placed.end(),
                       [&](const auto& one) { return one.column == static_cast<std::uint8_t>(column); });
  };
  const auto narrow = place_columns(View::tunnels, 39, {});
  CHECK(has(narrow, TunnelColumn::ms));
  CHECK(has(narrow, TunnelColumn::dn));
  CHECK_FALSE(has(narrow, TunnelColumn::o_tei));
  const auto wide = place_columns(View::tunnels, 159, {});
  CHECK(wide.size() == 14);
  CHECK_FALSE(has(wide, TunnelColumn::age));
  const std::uint8_t wanted[] = {static_cast<std::uint8_t>(TunnelColumn::age),
                                 static_cast<std::uint8_t>(TunnelColumn::ms)};
  ColumnPlan plan;
  plan.wanted = wanted;
  const auto chosen = place_columns(View::tunnels, 80, plan);
  REQUIRE(chosen.size() == 2);
  CHECK(chosen[0].column == wanted[0]);
}

TEST_CASE("totals take the places of the rates") {
  ColumnPlan plan;
  plan.totals = true;
  const auto placed = place_columns(View::tunnels, 79, plan);
  bool total = false;
  for (const PlacedColumn& one : placed) {
    CHECK(one.column != static_cast<std::uint8_t>(TunnelColumn::dn));
    total = total || one.column == static_cast<std::uint8_t>(TunnelColumn::dn_total);
  }
  CHECK(total);
}

}  // namespace
}  // namespace gtp::top
