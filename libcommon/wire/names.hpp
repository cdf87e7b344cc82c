// SPDX-License-Identifier: GPL-2.0-or-later
//
// NameTable: the names that a specification gives to the values of one field. Rows are sorted by value and unique
// (tests/unit/wire_tables_test.cpp), so a lookup is a binary search in read-only memory.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace gtp::wire {

struct NameRow {
  std::uint32_t value;
  std::string_view name;
};

struct NameTable {
  std::string_view id;      // "gtpv2_cause"
  std::string_view clause;  // "TS 29.274, 8.4"
  std::span<const NameRow> rows;

  // The name of [value], empty when the specification has none.
  std::string_view find(std::uint64_t value) const noexcept {
    std::size_t low = 0;
    std::size_t high = rows.size();
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (rows[middle].value < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < rows.size() && rows[low].value == value ? rows[low].name : std::string_view{};
  }
};

}  // namespace gtp::wire
