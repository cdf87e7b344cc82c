// SPDX-License-Identifier: GPL-2.0-or-later
//
// "Did you mean …": the nearest of the words that would have been right.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace gtp {

// Insertions, deletions, substitutions and swaps of neighbours that turn [a] into [b], upper and lower case being
// the same. Words longer than 63 characters count as far apart.
constexpr std::size_t edit_distance(std::string_view a, std::string_view b) noexcept {
  constexpr std::size_t kLongest = 63;
  if (a.size() > kLongest || b.size() > kLongest) return kLongest + 1;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };

  std::array<std::size_t, kLongest + 1> before{};  // two rows back, for the swap
  std::array<std::size_t, kLongest + 1> above{};
  std::array<std::size_t, kLongest + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = lower(a[i - 1]);
      const char y = lower(b[j - 1]);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x == y ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && x == lower(b[j - 2]) && y == lower(a[i - 2]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

// Collects candidates and keeps the nearest; the first of equals wins.
class Nearest {
 public:
  constexpr explicit Nearest(std::string_view wanted) noexcept : wanted_(wanted) {}

  constexpr void consider(std::string_view candidate) noexcept {
    const std::size_t distance = edit_distance(wanted_, candidate);
    if (distance < distance_) {
      distance_ = distance;
      best_ = candidate;
    }
  }
  // The nearest candidate, empty when none is near enough to be meant: one edit in three characters, at least one.
  constexpr std::string_view best() const noexcept {
    return distance_ <= std::max<std::size_t>(1, (wanted_.size() + 1) / 3) ? best_ : std::string_view{};
  }

 private:
  std::string_view wanted_;
  std::string_view best_;
  std::size_t distance_ = 64;
};

}  // namespace gtp
