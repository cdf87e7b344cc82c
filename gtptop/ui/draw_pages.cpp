// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pages and menus: help, setup, the choice of the sort column.
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/modes.hpp"

namespace gtp::top {
namespace {

// One page of 80x24. Lines that do not fit a small screen are at the end.
constexpr std::string_view kHelp[] = {
    "  Move     j k ↓ ↑ PgDn PgUp ^F ^B ^D ^U g G",
    "  Columns  h l ← → scroll · < > sort column · r reverse · F6 s choose",
    "  Views    1-5 Tab S-Tab · Enter open · Esc back · q quit",
    "  Find     F3 / search as you type · n N next, previous · * same peer",
    "  Filter   F4 \\ & edit, live · Esc clear      e.g.  dn > 10M and ms 10.45.0.0/16",
    "  Group    F5 t cycle: none, by peer, by link, by MS prefix · + - open, close",
    "  Freeze   Space F8 pause all · o keep the order · F follow row · i interval",
    "  Time     [ ] back, forward one sample · { } ten · L live again",
    "  Units    b bits/bytes · u rate/total · x hex/decimal TEI · a age/clock",
    "  Echo     F7 e one Echo Request to the peer · E one every 60 s, or no more",
    "  Page     h l other tunnel · v graph · + - scale · R checks again · d of a link",
    "  Save     F9 w view as JSON, CSV or text · W record to file · y print & quit",
    "  Look     F2 setup: columns, units, W writes · # title, meters · m mouse · ^L",
    "  Show     c command line of this view · A acknowledge · F1 ? this",
    "",
    "  UP is from the subscriber, DN to it, whatever the role of the link.",
    "  - means that nobody tells; dim rows are older than 10 s.",
    "  Colour only repeats what a sign says:  ● up  ◐ suspect  ○ down  ? not probed",
};

}  // namespace

void draw_help(Canvas& canvas, const State& state) {
  static_cast<void>(state);
  canvas.fill(0, 0, canvas.width(), U' ', Ink::title);
  canvas.put(0, 0, " gtptop · help", Ink::title);
  if (canvas.width() >= 36) canvas.put_right(canvas.width() - 1, 0, "any key closes", Ink::title);
  int y = canvas.height() >= 20 ? 2 : 1;
  for (const std::string_view line : kHelp) {
    if (y >= canvas.height()) break;
    canvas.put(0, y++, cut(line, canvas.width()));
  }
  if (y < canvas.height())
    canvas.put(0, canvas.height() - 1, cut(" gtptop(8)  gtp-troubleshooting(7)", canvas.width()));
}

void draw_setup(Canvas& canvas, int y, int height, const State& state) {
  const auto items = setup_items(state);
  // The chosen line stays in sight.
  const int first = std::max(0, static_cast<int>(state.menu) - height + 1);
  for (int i = 0; i < height && first + i < static_cast<int>(items.size()); ++i) {
    const auto at = static_cast<std::size_t>(first + i);
    const bool here = at == state.menu;
    if (here) canvas.fill(0, y + i, canvas.width(), U' ', Ink::cursor);
    const std::string line = std::string(here ? "> " : "  ") + (items[at].on ? "[x] " : "[ ] ") +
                             (at >= 6 ? "column " : "") + std::string(items[at].label);
    canvas.put(1, y + i, cut(line, canvas.width() - 1), here ? Ink::cursor : Ink::plain);
  }
}

void draw_sort_menu(Canvas& canvas, int y, int height, const State& state) {
  const auto all = columns(state.view);
  const int width = std::min(canvas.width(), 30);
  const int lines = std::min(height, static_cast<int>(all.size()) + 2);
  if (lines < 3) return;
  for (int i = 0; i < lines; ++i) canvas.fill(0, y + i, width, U' ', Ink::plain);
  canvas.box(0, y, width, lines, "sort by");
  const int room = lines - 2;
  const int first = std::max(0, static_cast<int>(state.menu) - room + 1);
  for (int i = 0; i < room && first + i < static_cast<int>(all.size()); ++i) {
    const auto at = static_cast<std::size_t>(first + i);
    const bool here = at == state.menu;
    if (here) canvas.fill(1, y + 1 + i, width - 2, U' ', Ink::cursor);
    const std::string line = std::string(here ? ">" : " ") + std::string(all[at].name) + "  " +
                             std::string(all[at].wide.empty() ? all[at].heading : all[at].wide);
    canvas.put(1, y + 1 + i, cut(line, width - 2), here ? Ink::cursor : Ink::plain, width - 1);
  }
}

}  // namespace gtp::top
