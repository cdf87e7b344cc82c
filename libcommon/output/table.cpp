// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/table.hpp"

#include <cassert>

#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::output {
namespace {

constexpr TimeFormat kExactTime(TimeStyle::epoch, 9);

}  // namespace

Table& Table::row() {
  next_ = cells_.size();
  cells_.resize(cells_.size() + columns_.size());
  return *this;
}

Table& Table::add(const Cell& cell) {
  assert(next_ < cells_.size() && "more cells than columns, or no row()");
  if (next_ < cells_.size()) cells_[next_++] = cell;
  return *this;
}

Table& Table::number(std::uint64_t value) { return add({Cell::State::number, 0, value}); }
Table& Table::missing() { return add({}); }

Table& Table::text(std::string_view value) {
  const std::size_t start = text_.size();
  text_.put(value);
  return add({Cell::State::text, static_cast<std::uint32_t>(value.size()), start});
}

Table& Table::address(const IpAddress& value) {
  const std::size_t start = text_.size();
  text_.put_address(value);
  return add({Cell::State::text, static_cast<std::uint32_t>(text_.size() - start), start});
}

void Table::clear() noexcept {
  cells_.clear();
  text_.clear();
  next_ = 0;
}

void Table::put_exact(TextBuffer& out, Delimiter delimiter, const Column& column, const Cell& cell) const {
  switch (cell.state) {
    case Cell::State::missing:
      return;
    case Cell::State::text:
      return put_field(out, delimiter, text_of(cell));
    case Cell::State::number:
      if (column.kind == Kind::time) return kExactTime.put(out, cell.value);
      return out.put_dec(cell.value);
  }
}

void Table::put_delimited(TextBuffer& out, Delimiter delimiter) const {
  const char between = static_cast<char>(delimiter);
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (c != 0) out.put(between);
    out.put(columns_[c].key);
  }
  out.put('\n');
  for (std::size_t r = 0; r < rows(); ++r) {
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c != 0) out.put(between);
      put_exact(out, delimiter, columns_[c], cell(r, c));
    }
    out.put('\n');
  }
}

void Table::put_json_row(JsonWriter& json, std::size_t row) const {
  const auto object = json.object();
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    const Column& column = columns_[c];
    const Cell& value = cell(row, c);
    if (value.state == Cell::State::missing) {
      json.null(column.key);
    } else if (value.state == Cell::State::text) {
      json.text(column.key, text_of(value));
    } else if (column.kind == Kind::boolean) {
      json.boolean(column.key, value.value != 0);
    } else if (column.kind == Kind::time) {
      TextBuffer time;
      kExactTime.put(time, value.value);
      json.text(column.key, time.view());
    } else {
      json.number(column.key, value.value);
    }
  }
}

void Table::put_json(JsonWriter& json) const {
  for (std::size_t r = 0; r < rows(); ++r) put_json_row(json, r);
}

void Table::put_json(TextBuffer& out) const {
  for (std::size_t r = 0; r < rows(); ++r) {
    JsonWriter json(out);
    put_json_row(json, r);
    out.put('\n');
  }
}

void put_manual(TextBuffer& out, std::span<const Column> columns) {
  out.put(".Bl -column \"downlink_bits_per_second\" \"packet/s\" \"sentence\"\n.It Sy Key Ta Sy Unit Ta Sy Meaning\n");
  for (const Column& column : columns) {
    out.put(".It Va ");
    out.put(column.key);
    out.put(" Ta ");
    out.put(column.unit.empty() ? std::string_view("\\(en") : column.unit);
    out.put(" Ta ");
    out.put(column.doc);
    out.put('\n');
  }
  out.put(".El\n");
}

}  // namespace gtp::output
