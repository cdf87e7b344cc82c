// SPDX-License-Identifier: GPL-2.0-or-later
//
// Table: rows under described columns, written as text for people, CSV, TSV or JSON. The description is the one place
// that says what a column is called, counted in and good for; the manual's table is printed from it too.
//
//   constexpr Column kColumns[] = {
//       {"teid", "TEID", Kind::teid, {}, "tunnel endpoint identifier at this host"},
//       {"downlink_bits_per_second", "DN", Kind::scaled, "bit/s", "...", .priority = 2},
//   };
//   Table table(kColumns);
//   table.row().number(0x51a0ff17).number(12'300'000);
//   table.put_text(out, 80, style);
//
// Text: numbers are scaled to three significant digits and aligned right, the unit stands in the heading once, nothing
// is ever clipped. When the terminal is too narrow, columns go, the highest priority value first, and a last line names
// them. CSV, TSV and JSON: all columns, keys in snake_case, base units, integers; what was not measured is an empty
// field, `null` in JSON, `-` in text.
//
// The table owns copies of its cells in two arrays that keep their memory over clear(). Columns must outlive it.
// One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "libcommon/output/delimited.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

enum class Kind : std::uint8_t {
  text,      // also addresses and names; left
  number,    // an identifier or a small count, as it is; right
  scaled,    // a quantity, 12.3M in text; right
  teid,      // 0x51a0ff17 in text, an integer in JSON; right
  duration,  // nanoseconds, "1.23 ms" in text; right
  time,      // nanoseconds since 1970, ISO 8601 in text, "seconds.nanoseconds" elsewhere; left
  boolean,   // yes or no in text; left
};

enum class Align : std::uint8_t { by_kind, left, right };

struct Column {
  std::string_view key;      // "downlink_bits_per_second"
  std::string_view heading;  // "DN"
  Kind kind = Kind::text;
  std::string_view unit = {};  // "bit/s"
  std::string_view doc = {};   // the manual's sentence
  int priority = 0;            // 0: always shown; else the highest goes first
  Align align = Align::by_kind;
};

class JsonWriter;

class Table {
 public:
  explicit Table(std::span<const Column> columns) noexcept : columns_(columns) {}

  // Starts a row; cells follow in the order of the columns. Cells that are not given are "not measured".
  Table& row();
  Table& number(std::uint64_t value);
  Table& boolean(bool value) { return number(value ? 1 : 0); }
  Table& text(std::string_view value);
  Table& address(const IpAddress& value);
  Table& missing();

  std::size_t rows() const noexcept { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
  void clear() noexcept;

  // [width] of the terminal in cells, 0: as wide as it gets.
  void put_text(TextBuffer& out, std::size_t width, Style style) const;
  // With a first line of keys.
  void put_delimited(TextBuffer& out, Delimiter delimiter) const;
  // One object per row and line.
  void put_json(TextBuffer& out) const;
  // One object per row, as elements of the array that is open.
  void put_json(JsonWriter& json) const;

 private:
  struct Cell {
    enum class State : std::uint8_t { missing, number, text } state = State::missing;
    std::uint32_t length = 0;  // of the text
    std::uint64_t value = 0;   // the number, or where the text starts in text_
  };

  Table& add(const Cell& cell);
  const Cell& cell(std::size_t row, std::size_t column) const noexcept {
    return cells_[row * columns_.size() + column];
  }
  std::string_view text_of(const Cell& cell) const noexcept {
    return text_.view().substr(static_cast<std::size_t>(cell.value), cell.length);
  }
  // For people, and for programs.
  void put_readable(TextBuffer& out, const Column& column, const Cell& cell) const;
  void put_json_row(JsonWriter& json, std::size_t row) const;
  void put_exact(TextBuffer& out, Delimiter delimiter, const Column& column, const Cell& cell) const;

  std::span<const Column> columns_;
  std::vector<Cell> cells_;
  std::size_t next_ = 0;  // the cell that is filled next
  TextBuffer text_;
};

// The columns as rows of an mdoc table: key, unit, sentence.
void put_manual(TextBuffer& out, std::span<const Column> columns);

}  // namespace gtp::output
