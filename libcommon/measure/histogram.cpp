// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/measure/histogram.hpp"

#include <algorithm>
#include <cmath>

namespace gtp::measure {

void Histogram::merge(const Histogram& other) noexcept {
  for (std::size_t i = 0; i < kBuckets; ++i) buckets_[i] += other.buckets_[i];
  count_ += other.count_;
  sum_ += other.sum_;
  least_ = std::min(least_, other.least_);
  greatest_ = std::max(greatest_, other.greatest_);
}

std::optional<std::uint64_t> Histogram::percentile(double percent) const noexcept {
  if (count_ == 0) return std::nullopt;
  const double exact = std::ceil(static_cast<double>(count_) * std::clamp(percent, 0.0, 100.0) / 100.0);
  const std::uint64_t rank = std::clamp<std::uint64_t>(static_cast<std::uint64_t>(exact), 1, count_);
  if (rank == count_) return greatest_;
  std::uint64_t below = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    below += buckets_[i];
    if (below >= rank) return std::clamp(middle_of(i), least_, greatest_);
  }
  return greatest_;
}

}  // namespace gtp::measure
