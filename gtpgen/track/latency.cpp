// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/track/latency.hpp"

#include <algorithm>

namespace gtp::gen {
namespace {

constexpr int kStampBits = 48;

// The difference of two times of which one, or both, are known modulo 2^48 only.
constexpr std::int64_t difference(std::uint64_t later, std::uint64_t earlier) noexcept {
  return static_cast<std::int64_t>((later - earlier) << (64 - kStampBits)) >> (64 - kStampBits);
}

}  // namespace

void LatencyMeter::add(std::uint64_t arrival_ns, std::uint64_t scheduled_ns) noexcept {
  if (kind_ == Kind::one_way_relative && !has_reference_) {
    has_reference_ = true;
    epoch_ns_ = arrival_ns - scheduled_ns;
  }
  std::int64_t delay = difference(arrival_ns - epoch_ns_, scheduled_ns);
  if (delay < 0) {
    if (kind_ == Kind::one_way_relative) {
      lower_reference(-delay);
    } else {
      ++negative_;
    }
    delay = 0;
  }
  histogram_.add(static_cast<std::uint64_t>(delay));
}

std::int64_t LatencyMeter::delay(std::uint64_t arrival_ns, std::uint64_t scheduled_ns) const noexcept {
  return difference(arrival_ns - plan_epoch_ns_, scheduled_ns);
}

void LatencyMeter::lower_reference(std::int64_t by) noexcept {
  epoch_ns_ -= static_cast<std::uint64_t>(by);
  histogram_.shift(static_cast<std::uint64_t>(by));
}

void LatencyMeter::merge(const LatencyMeter& other) noexcept {
  negative_ += other.negative_;
  if (kind_ != Kind::one_way_relative) {
    histogram_.merge(other.histogram_);
    return;
  }
  if (!other.has_reference_) return;
  if (!has_reference_) {
    has_reference_ = true;
    epoch_ns_ = other.epoch_ns_;
    histogram_ = other.histogram_;
    return;
  }
  // Both from the lower reference.
  const std::int64_t above = difference(other.epoch_ns_, epoch_ns_);
  if (above < 0) lower_reference(-above);
  measure::Histogram shifted = other.histogram_;
  if (above > 0) shifted.shift(static_cast<std::uint64_t>(above));
  histogram_.merge(shifted);
}

}  // namespace gtp::gen
