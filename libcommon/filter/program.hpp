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

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
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
};

// Digit strings in the order of the numbers they spell: by length, then by digits.
struct DigitsBefore {
  bool operator()(std::string_view a, std::string_view b) const noexcept {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};

// Ranges of values, sorted and joined where they overlap, so that a long list costs a binary search.
template <typename T, typename Before = std::less<>>
class RangeSet {
 public:
  void add(T low, T high) { ranges_.push_back({std::move(low), std::move(high)}); }

  // Call once, after the last add() and before the first contains().
  void finish() {
    std::sort(ranges_.begin(), ranges_.end(), [](const auto& a, const auto& b) { return Before{}(a.low, b.low); });
    std::vector<Range<T>> joined;
    for (Range<T>& range : ranges_) {
      if (joined.empty() || Before{}(joined.back().high, range.low)) {
        joined.push_back(std::move(range));
      } else if (Before{}(joined.back().high, range.high)) {
        joined.back().high = std::move(range.high);
      }
    }
    ranges_ = std::move(joined);
  }

  template <typename V>
  bool contains(const V& value) const noexcept {
    const auto behind = std::upper_bound(ranges_.begin(), ranges_.end(), value,
                                         [](const V& v, const Range<T>& range) { return Before{}(v, range.low); });
    return behind != ranges_.begin() && !Before{}(std::prev(behind)->high, value);
  }

 private:
  std::vector<Range<T>> ranges_;
};

struct Test {
  FieldId field = 0;
  bool presence = false;  // any value passes
  RangeSet<std::uint64_t> numbers;
  RangeSet<IpAddress> addresses;
  RangeSet<std::string, DigitsBefore> digits;
  std::vector<Pattern> patterns;
  std::uint32_t on_true = kAccept;
  std::uint32_t on_false = kReject;
};

struct Program {
  std::vector<Test> tests;
};

}  // namespace gtp::filter
