// SPDX-License-Identifier: GPL-2.0-or-later
//
// The rows of a view under their heads.
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/layout.hpp"
#include "gtptop/ui/spark.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {
namespace {

// Figures older than this are dim.
constexpr std::uint64_t kStaleMs = 10'000;

void draw_heads(Canvas& canvas, int y, const State& state, const std::vector<PlacedColumn>& placed) {
  canvas.fill(0, y, canvas.width(), U' ', Ink::heading);
  const auto all = columns(state.view);
  const Sort& sort = state.here().sort;
  for (const PlacedColumn& one : placed) {
    const Column& column = all[one.column];
    const bool sorted = one.column == sort.column;
    const std::string mark = sorted ? (sort.descending ? "▼" : "▲") : "";
    // The mark may stand in the gap between two columns.
    const int room = one.width + width_of(mark);
    const bool fits_wide = static_cast<int>(column.wide.size()) <= one.width;
    std::string heading(!column.wide.empty() && fits_wide ? column.wide : column.heading);
    heading = cut(heading, one.width) + mark;
    if (right_aligned(column.form)) {
      // Over its figures, as long as the mark fits before the next column's.
      canvas.put_right(one.x + (width_of(heading) > one.width ? room : one.width), y, heading, Ink::heading);
    } else {
      canvas.put(one.x, y, heading, Ink::heading, one.x + room);
    }
  }
}

Ink row_ink(const Page& page, std::size_t row) {
  switch (page.view) {
    case View::tunnels: {
      const TunnelRow& tunnel = page.tunnels[row];
      if (tunnel.link == "gone" || tunnel.stale_ms.value_or(0) > kStaleMs) return Ink::dim;
      return tunnel.group ? Ink::bold : Ink::plain;
    }
    case View::peers:
      switch (page.peers[row].state) {
        case PathState::down:
          return Ink::bad;
        case PathState::suspect:
          return Ink::warn;
        case PathState::unknown:
          return Ink::dim;
        default:
          return Ink::plain;
      }
    case View::links:
      return page.links[row].up ? Ink::plain : Ink::dim;
    case View::events:
      return page.events[row].kind == EventKind::resync || page.events[row].kind == EventKind::path_down ? Ink::bad
                                                                                                         : Ink::plain;
    case View::findings: {
      const Finding& finding = page.findings[row];
      if (finding.acknowledged) return Ink::dim;
      return finding.severity == Severity::critical  ? Ink::bad
             : finding.severity == Severity::warning ? Ink::warn
                                                     : Ink::plain;
    }
  }
  return Ink::plain;
}

// Cells that say more by a sign than by their value.
std::string cell_text(const Page& page, std::size_t row, const PlacedColumn& one, const Column& column,
                      const State& state, const Frame& frame) {
  if (page.view == View::peers && one.column == static_cast<std::size_t>(PeerColumn::state)) {
    const PathState path = page.peers[row].state;
    return one.width >= 5 ? path_sign(path) + " " + std::string(path_word(path)) : path_sign(path);
  }
  if (page.view == View::peers && one.column == static_cast<std::size_t>(PeerColumn::peer)) {
    return page.peers[row].address.text() + (page.peers[row].probing ? " *" : "");
  }
  if (page.view == View::events && one.column == static_cast<std::size_t>(EventColumn::kind)) {
    return std::string(event_word(page.events[row].kind));
  }
  if (page.view == View::findings && one.column == static_cast<std::size_t>(FindingColumn::severity)) {
    const Finding& finding = page.findings[row];
    return finding.acknowledged ? "seen" : std::string(severity_name(finding.severity));
  }
  if (column.form == Form::history) {
    const bool peers = page.view == View::peers;
    return sparkline(history(page, row), one.width, 0, peers ? U'×' : U' ');
  }
  TextBuffer text;
  put_value(text, value(page, row, one.column), column, static_cast<std::size_t>(one.width), state.units,
            frame.time_ns);
  return std::string(text.view());
}

void draw_row(Canvas& canvas, int y, const State& state, const Frame& frame, std::size_t row,
              const std::vector<PlacedColumn>& placed) {
  const Page& page = frame.page;
  const auto all = columns(page.view);
  const bool here = page.offset + row == state.here().cursor;
  const Ink ink = here ? Ink::cursor : row_ink(page, row);
  if (here) canvas.fill(0, y, canvas.width(), U' ', Ink::cursor);
  canvas.put(0, y, here ? ">" : " ", ink);
  for (const PlacedColumn& one : placed) {
    const Column& column = all[one.column];
    const std::string text = cell_text(page, row, one, column, state, frame);
    if (column.form == Form::history) {
      canvas.put(one.x, y, text, here ? Ink::cursor : Ink::dn, one.x + one.width);
    } else if (right_aligned(column.form) && width_of(text) <= one.width) {
      canvas.put_right(one.x + one.width, y, text, ink);
    } else {
      canvas.put(one.x, y, cut(text, one.width), ink, one.x + one.width);
    }
  }
}

void draw_scroll_bar(Canvas& canvas, int y, int count, const Page& page) {
  const int x = canvas.width() - 1;
  if (count < 2 || page.matching <= page.rows()) return;
  const double top = static_cast<double>(page.offset) / static_cast<double>(page.matching);
  const double end = static_cast<double>(page.offset + page.rows()) / static_cast<double>(page.matching);
  const int first = static_cast<int>(top * count);
  const int last = std::max(first, static_cast<int>(end * count + 0.5) - 1);
  for (int i = 0; i < count; ++i) canvas.put_cell(x, y + i, i >= first && i <= last ? U'┃' : U'│', Ink::dim);
}

// Why there is no row.
std::string emptiness(const State& state, const Frame* frame) {
  if (frame == nullptr) return "reading …";
  if (frame->page.view != state.view) return "";
  if (!frame->notice.empty()) return frame->notice;
  if (state.view == View::findings && frame->page.total == 0) return "no findings: nothing that gtptop checks is wrong";
  if (frame->page.total != 0) return "no row matches the filter (Esc clears it)";
  if (state.view == View::tunnels && !frame->sweep.complete && frame->source.live) return "reading …";
  return "no " + std::string(view_name(state.view)) + " yet";
}

}  // namespace

void draw_rows(Canvas& canvas, int heads_y, int y, int count, const State& state, const Frame* frame) {
  const ColumnPlan plan{state.here().columns, state.here().column_scroll, state.units, state.totals};
  const auto placed = place_columns(state.view, canvas.width() - 1, plan);
  if (heads_y >= 0) draw_heads(canvas, heads_y, state, placed);
  const bool other = frame != nullptr && frame->page.view != state.view;
  const std::size_t rows = frame == nullptr || other ? 0 : frame->page.rows();
  if (rows == 0) {
    canvas.put(2, y + std::min(1, std::max(count - 1, 0)), cut(emptiness(state, frame), canvas.width() - 4),
               Ink::plain);
    if (frame != nullptr && !frame->notice_hint.empty() && count > 2) {
      canvas.put(4, y + 2, cut("try: " + frame->notice_hint, canvas.width() - 6), Ink::dim);
    }
    return;
  }
  for (std::size_t row = 0; row < rows && static_cast<int>(row) < count; ++row) {
    draw_row(canvas, y + static_cast<int>(row), state, *frame, row, placed);
  }
  draw_scroll_bar(canvas, y, count, frame->page);
}

}  // namespace gtp::top
