// SPDX-License-Identifier: GPL-2.0-or-later
//
// Histogram: how often which value was measured (response times, delays in nanoseconds), in fixed memory.
//
// Buckets are log-linear: values below 64 have one each, and every power of two above is cut into 64 equal parts:
//
//   bucket   0 1 … 63 | 64    65    … 127     | 128       129       … 191        | …
//   values   0 1 … 63 | 64    65    … 127     | 128..129  130..131  … 254..255   | 256..259 …
//
// A bucket is at most 1/64 of its values wide and answers with its middle, so a percentile is off by 0.8 % at most.
// Count, sum, least and greatest value are exact. Values from 2^44 on (4.9 hours in nanoseconds) share the last bucket.
//
// 20 KiB; add() touches one counter and five words, about 2 ns. A Histogram is a value: merge() adds one that another
// thread has filled. Its buckets can be written out and read back (for_each_bucket(), restore()), so that histograms of
// several hosts and runs can be added, too. One thread at a time.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace gtp::measure {

class Histogram {
 public:
  void add(std::uint64_t value) noexcept {
    ++buckets_[bucket_of(value)];
    ++count_;
    sum_ += value;
    if (value < least_) least_ = value;
    if (value > greatest_) greatest_ = value;
  }
  void merge(const Histogram& other) noexcept;
  void clear() noexcept { *this = {}; }
  // What was added since [earlier], a former copy of this one. Least and greatest are those of the buckets then.
  Histogram since(const Histogram& earlier) const noexcept;
  // Every value is greater by [by] now, exact but for the buckets' width.
  void shift(std::uint64_t by) noexcept;

  std::uint64_t count() const noexcept { return count_; }
  // Empty: nothing was measured.
  std::optional<std::uint64_t> min() const noexcept { return measured(least_); }
  std::optional<std::uint64_t> max() const noexcept { return measured(greatest_); }
  std::uint64_t sum() const noexcept { return sum_; }
  std::optional<std::uint64_t> mean() const noexcept { return measured(count_ == 0 ? 0 : sum_ / count_); }
  // The value that [percent] of 100 are not above (nearest rank): percentile(50) is the median, percentile(100) max().
  std::optional<std::uint64_t> percentile(double percent) const noexcept;
  // Standard deviation, from the buckets.
  std::optional<std::uint64_t> deviation() const noexcept;

  // Calls f(greatest value of the bucket, count) for the buckets that are not empty, from the least on.
  template <typename F>
  void for_each_bucket(F&& f) const {
    for (std::size_t i = 0; i < kBuckets; ++i) {
      if (buckets_[i] != 0) f(last_of(i), buckets_[i]);
    }
  }
  // The way back: buckets as for_each_bucket() gave them, then what is known exactly. False, and nothing done, when
  // that cannot be: least or greatest outside of the buckets, or a mean or sum that they cannot have. Without [sum] it
  // is known as far as [mean] tells.
  void restore_bucket(std::uint64_t last, std::uint64_t count) noexcept { buckets_[bucket_of(last)] += count; }
  bool restore_exact(std::uint64_t least, std::uint64_t greatest, std::uint64_t mean,
                     std::optional<std::uint64_t> sum = {}) noexcept;

 private:
  static constexpr int kPartBits = 6;
  static constexpr std::size_t kParts = std::size_t{1} << kPartBits;
  static constexpr int kMaxBits = 44;
  static constexpr std::size_t kBuckets = static_cast<std::size_t>(kMaxBits - kPartBits + 1) * kParts;

  static constexpr std::size_t bucket_of(std::uint64_t value) noexcept {
    if (value < kParts) return static_cast<std::size_t>(value);
    const int shift = static_cast<int>(std::bit_width(value)) - kPartBits - 1;  // brings it to 64..127
    const std::size_t bucket = static_cast<std::size_t>(shift) * kParts + static_cast<std::size_t>(value >> shift);
    return bucket < kBuckets ? bucket : kBuckets - 1;
  }
  static constexpr std::uint64_t middle_of(std::size_t bucket) noexcept {
    if (bucket < 2 * kParts) return bucket;
    const std::size_t shift = bucket / kParts - 1;
    const std::uint64_t low = std::uint64_t{kParts + bucket % kParts} << shift;
    return low + (std::uint64_t{1} << shift) / 2;
  }
  static constexpr std::uint64_t last_of(std::size_t bucket) noexcept {
    if (bucket + 1 == kBuckets) return UINT64_MAX;
    if (bucket < 2 * kParts) return bucket;
    const std::size_t shift = bucket / kParts - 1;
    return (std::uint64_t{kParts + bucket % kParts + 1} << shift) - 1;
  }
  std::optional<std::uint64_t> measured(std::uint64_t value) const noexcept {
    return count_ == 0 ? std::nullopt : std::optional(value);
  }

  std::array<std::uint64_t, kBuckets> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t sum_ = 0;
  std::uint64_t least_ = UINT64_MAX;
  std::uint64_t greatest_ = 0;
};

}  // namespace gtp::measure
