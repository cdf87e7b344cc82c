// SPDX-License-Identifier: GPL-2.0-or-later
//
// The compiled form of an expression (private to this directory): tests in a row, each with the two places to go on
// at. `a and (b or c)` becomes
//
//   0  a   true -> 1   false -> reject
//   1  b   true -> accept  false -> 2
//   2  c   true -> accept  false -> reject
//
// Jumps only go forward, so matching takes at most one step per test and needs no stack; `not` merely swaps the exits.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/filter/pattern.hpp"
#include "libcommon/filter/schema.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::filter {

inline constexpr std::uint32_t kAccept = UINT32_MAX;
inline constexpr std::uint32_t kReject = UINT32_MAX - 1;

// Both ends included.
template <typename T>
struct Range {
  T low;
  T high;
  bool contains(const T& value) const noexcept { return !(value < low) && !(high < value); }
};

// Digit strings in the order of the numbers they spell: by length, then by digits.
inline bool digits_before(std::string_view a, std::string_view b) noexcept {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// Owns its ends, is asked with the text of a packet.
struct DigitRange {
  std::string low;
  std::string high;
  bool contains(std::string_view value) const noexcept {
    return !digits_before(value, low) && !digits_before(high, value);
  }
};

struct Test {
  FieldId field = 0;
  bool presence = false;                      // any value passes
  std::vector<Range<std::uint64_t>> numbers;  // sorted and disjoint after finish()
  std::vector<Range<IpAddress>> addresses;
  std::vector<DigitRange> digits;
  std::vector<Pattern> patterns;
  std::uint32_t on_true = kAccept;
  std::uint32_t on_false = kReject;

  // Sorts [numbers] and joins what overlaps, so that a long list costs a binary search.
  void finish();
};

struct Program {
  std::vector<Test> tests;
};

}  // namespace gtp::filter
