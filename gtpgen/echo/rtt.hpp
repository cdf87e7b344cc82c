// SPDX-License-Identifier: GPL-2.0-or-later
//
// RttStatistics: least, mean, greatest and standard deviation of round trips in four words, and percentiles from a
// histogram of 20 KiB, which a run over many thousand hosts does without.
#pragma once

#include <cmath>
#include <cstdint>
#include <memory>
#include <optional>

#include "libcommon/measure/histogram.hpp"

namespace gtp::gen::echo {

class RttStatistics {
 public:
  void keep_percentiles() { histogram_ = std::make_unique<measure::Histogram>(); }

  void add(std::uint64_t rtt_ns) noexcept {
    ++count_;
    // Welford's recurrence: no cancellation after a billion samples.
    const double delta = static_cast<double>(rtt_ns) - mean_;
    mean_ += delta / static_cast<double>(count_);
    squares_ += delta * (static_cast<double>(rtt_ns) - mean_);
    if (rtt_ns < least_) least_ = rtt_ns;
    if (rtt_ns > greatest_) greatest_ = rtt_ns;
    if (histogram_) histogram_->add(rtt_ns);
  }

  std::uint64_t count() const noexcept { return count_; }
  std::optional<std::uint64_t> min() const noexcept { return measured(least_); }
  std::optional<std::uint64_t> max() const noexcept { return measured(greatest_); }
  std::optional<std::uint64_t> mean() const noexcept { return measured(round(mean_)); }
  std::optional<std::uint64_t> deviation() const noexcept {
    return measured(count_ == 0 ? 0 : round(std::sqrt(squares_ / static_cast<double>(count_))));
  }
  std::optional<std::uint64_t> percentile(double percent) const noexcept {
    return histogram_ ? histogram_->percentile(percent) : std::nullopt;
  }

 private:
  static std::uint64_t round(double value) noexcept { return static_cast<std::uint64_t>(value + 0.5); }
  std::optional<std::uint64_t> measured(std::uint64_t value) const noexcept {
    return count_ == 0 ? std::nullopt : std::optional(value);
  }

  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
  std::uint64_t least_ = UINT64_MAX;
  std::uint64_t greatest_ = 0;
  std::unique_ptr<measure::Histogram> histogram_;
};

}  // namespace gtp::gen::echo
