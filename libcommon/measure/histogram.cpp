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

Histogram Histogram::since(const Histogram& earlier) const noexcept {
  Histogram more;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    more.buckets_[i] = buckets_[i] - earlier.buckets_[i];
    if (more.buckets_[i] == 0) continue;
    if (more.count_ == 0) more.least_ = std::max(middle_of(i), least_);
    more.greatest_ = std::min(middle_of(i), greatest_);
    more.count_ += more.buckets_[i];
  }
  more.sum_ = sum_ - earlier.sum_;
  return more;
}

void Histogram::shift(std::uint64_t by) noexcept {
  if (count_ == 0 || by == 0) return;
  Histogram shifted;
  for (std::size_t i = 0; i < kBuckets; ++i) shifted.buckets_[bucket_of(middle_of(i) + by)] += buckets_[i];
  shifted.count_ = count_;
  shifted.sum_ = sum_ + by * count_;
  shifted.least_ = least_ + by;
  shifted.greatest_ = greatest_ + by;
  *this = shifted;
}

std::optional<std::uint64_t> Histogram::deviation() const noexcept {
  if (count_ == 0) return std::nullopt;
  const double mean = static_cast<double>(sum_) / static_cast<double>(count_);
  double squares = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    const double distance = static_cast<double>(std::clamp(middle_of(i), least_, greatest_)) - mean;
    squares += static_cast<double>(buckets_[i]) * distance * distance;
  }
  return static_cast<std::uint64_t>(std::sqrt(squares / static_cast<double>(count_)));
}

bool Histogram::restore_exact(std::uint64_t least, std::uint64_t greatest, std::uint64_t mean,
                              std::optional<std::uint64_t> sum) noexcept {
  std::uint64_t count = 0;
  std::size_t first = kBuckets;
  std::size_t last = 0;
  for (std::size_t i = 0; i < kBuckets; ++i) {
    if (buckets_[i] == 0) continue;
    if (buckets_[i] > UINT64_MAX - count) return false;
    count += buckets_[i];
    first = std::min(first, i);
    last = i;
  }
  if (count == 0 || bucket_of(least) != first || bucket_of(greatest) != last || mean < least || mean > greatest ||
      greatest > UINT64_MAX / count || (sum && *sum / count != mean)) {
    return false;
  }
  count_ = count;
  sum_ = sum.value_or(mean * count);
  least_ = least;
  greatest_ = greatest;
  return true;
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
