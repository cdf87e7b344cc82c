// SPDX-License-Identifier: GPL-2.0-or-later
//
// A Table as text for people. Cells are formatted twice, once to measure and once to print, instead of being kept.
#include <algorithm>
#include <vector>

#include "libcommon/output/table.hpp"
#include "libcommon/output/time_format.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::output {
namespace {

constexpr std::size_t kGap = 2;

bool right_aligned(const Column& column) noexcept {
  if (column.align != Align::by_kind) return column.align == Align::right;
  return column.kind != Kind::text && column.kind != Kind::time && column.kind != Kind::boolean;
}

void put_heading(TextBuffer& out, const Column& column) {
  out.put(column.heading);
  if (column.unit.empty()) return;
  out.put(' ');
  out.put(column.unit);
}

std::size_t total(const std::vector<std::size_t>& shown, const std::vector<std::size_t>& widths) noexcept {
  std::size_t sum = shown.empty() ? 0 : kGap * (shown.size() - 1);
  for (const std::size_t c : shown) sum += widths[c];
  return sum;
}

// Takes columns out of [shown] until the rest fits or only those are left that always stay. Of equals the rightmost
// goes first. Returns what was taken, in the order of the columns.
std::vector<std::size_t> drop_columns(std::span<const Column> columns, const std::vector<std::size_t>& widths,
                                      std::size_t width, std::vector<std::size_t>& shown) {
  std::vector<std::size_t> dropped;
  while (width != 0 && total(shown, widths) > width) {
    const auto victim = std::max_element(shown.rbegin(), shown.rend(), [&](std::size_t a, std::size_t b) {
      return columns[a].priority < columns[b].priority;
    });
    if (victim == shown.rend() || columns[*victim].priority == 0) break;
    dropped.push_back(*victim);
    shown.erase(std::next(victim).base());
  }
  std::sort(dropped.begin(), dropped.end());
  return dropped;
}

}  // namespace

void Table::put_readable(TextBuffer& out, const Column& column, const Cell& cell) const {
  if (cell.state == Cell::State::missing) return out.put('-');
  if (cell.state == Cell::State::text) return out.put_escaped(text_of(cell));
  switch (column.kind) {
    case Kind::text:
    case Kind::number:
      return out.put_dec(cell.value);
    case Kind::scaled:
      return put_count(out, cell.value);
    case Kind::teid:
      out.put("0x");
      return out.put_hex(cell.value, 8);
    case Kind::duration:
      return put_duration(out, cell.value);
    case Kind::time:
      return TimeFormat(TimeStyle::utc, 6).put(out, cell.value);
    case Kind::boolean:
      return out.put(cell.value != 0 ? "yes" : "no");
  }
}

void Table::put_text(TextBuffer& out, std::size_t width, Style style) const {
  TextBuffer scratch;
  std::vector<std::size_t> widths(columns_.size());
  std::vector<std::size_t> shown(columns_.size());
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    shown[c] = c;
    scratch.clear();
    put_heading(scratch, columns_[c]);
    widths[c] = scratch.size();
    for (std::size_t r = 0; r < rows(); ++r) {
      scratch.clear();
      put_readable(scratch, columns_[c], cell(r, c));
      widths[c] = std::max(widths[c], scratch.size());
    }
  }
  const std::vector<std::size_t> dropped = drop_columns(columns_, widths, width, shown);

  // One line; [put] formats a column into the scratch buffer. Blanks never end a line.
  const auto put_line = [&](const auto& put) {
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const std::size_t c = shown[i];
      scratch.clear();
      put(c);
      const std::size_t blanks = widths[c] - scratch.size();
      const bool right = right_aligned(columns_[c]);
      if (i != 0) out.fill(' ', kGap);
      if (right) out.fill(' ', blanks);
      out.put(scratch.view());
      if (!right && i + 1 < shown.size()) out.fill(' ', blanks);
    }
  };
  style.begin(out, Role::dim);
  put_line([&](std::size_t c) { put_heading(scratch, columns_[c]); });
  style.end(out, Role::dim);
  out.put('\n');
  for (std::size_t r = 0; r < rows(); ++r) {
    put_line([&](std::size_t c) { put_readable(scratch, columns_[c], cell(r, c)); });
    out.put('\n');
  }
  if (dropped.empty()) return;
  style.begin(out, Role::dim);
  out.put("not shown, for want of width:");
  for (const std::size_t c : dropped) {
    out.put(' ');
    out.put(columns_[c].key);
  }
  style.end(out, Role::dim);
  out.put('\n');
}

}  // namespace gtp::output
