// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/schedule.hpp"

#include <algorithm>
#include <cmath>

#include "libcommon/util/hash.hpp"

namespace gtp::gen {
namespace {

constexpr double kSecond = 1e9;

std::uint32_t burst_of(const SchedulePlan& plan) noexcept {
  if (plan.arrivals == Arrivals::poisson) return 1;
  if (plan.burst != 0) return plan.burst;
  const double in_tick = plan.packets_per_second * static_cast<double>(kTickNs) / kSecond;
  return std::clamp(static_cast<std::uint32_t>(std::min(in_tick + 0.5, 1e6)), 1U, kMaxBurst);
}

}  // namespace

Schedule::Schedule(const SchedulePlan& plan, std::uint64_t start_ns) noexcept
    : plan_(plan), burst_(burst_of(plan)), start_ns_(start_ns), base_ns_(start_ns), random_(mix64(plan.seed)) {
  event_ = {start_ns, burst_};
  const double distance = plan.arrivals == Arrivals::burst ? static_cast<double>(plan.burst_period_ns)
                                                           : burst_ * kSecond / plan.packets_per_second;
  if (plan.ramp_ns != 0 && plan.arrivals != Arrivals::burst) {
    ramp_end_ns_ = static_cast<double>(plan.ramp_ns);
    if (plan.arrivals == Arrivals::constant) event_.packets = 1;
  } else if (plan.arrivals == Arrivals::poisson) {
    pop();
  } else {
    base_fraction_ = plan.phase * distance;
    event_.due_ns = start_ns + static_cast<std::uint64_t>(base_fraction_);
  }
}

double Schedule::uniform() noexcept {
  random_ += 0x9e3779b97f4a7c15ULL;
  return (static_cast<double>(mix64(random_) >> 11) + 0.5) * 0x1p-53;  // never 0
}

void Schedule::enter_constant(std::uint64_t at_ns) noexcept {
  ramp_end_ns_ = 0;
  base_ns_ = at_ns;
  index_ = 0;
  event_ = {at_ns, burst_};
}

void Schedule::pop() noexcept {
  if (ramp_end_ns_ == 0 && plan_.arrivals != Arrivals::poisson) {
    ++index_;
    // In long double (64 bits of mantissa on x86, at least 53 elsewhere): exact to a nanosecond for months.
    const long double distance =
        plan_.arrivals == Arrivals::burst
            ? static_cast<long double>(plan_.burst_period_ns)
            : static_cast<long double>(burst_) * 1e9L / static_cast<long double>(plan_.packets_per_second);
    const long double since = static_cast<long double>(base_fraction_) + static_cast<long double>(index_) * distance;
    event_.due_ns = base_ns_ + static_cast<std::uint64_t>(since);
    return;
  }
  // One event after the other, at the rate of the moment.
  double rate = plan_.packets_per_second;
  if (ramp_end_ns_ != 0) {
    const double part = std::min(exact_ns_ / ramp_end_ns_, 1.0);
    rate = plan_.ramp_from + (plan_.packets_per_second - plan_.ramp_from) * part;
    if (plan_.arrivals == Arrivals::constant) {
      // The time until the integral of the rate has grown by the packets of this event: the positive root of
      // slope/2 t^2 + rate t = packets, in the form that does not cancel.
      const double slope = (plan_.packets_per_second - plan_.ramp_from) / ramp_end_ns_ / kSecond;
      const double packets = event_.packets;
      const double root = std::sqrt(std::max(0.0, rate / kSecond * rate / kSecond + 2 * slope * packets));
      exact_ns_ += 2 * packets / (rate / kSecond + root);
    }
  }
  if (plan_.arrivals == Arrivals::poisson) {
    // A ramp from nothing would never begin.
    rate = std::max(rate, plan_.packets_per_second / 1000);
    exact_ns_ += -std::log(uniform()) * kSecond / rate;
  }
  if (ramp_end_ns_ != 0 && exact_ns_ >= ramp_end_ns_) {
    if (plan_.arrivals == Arrivals::constant) {
      enter_constant(start_ns_ + static_cast<std::uint64_t>(ramp_end_ns_));
      return;
    }
    ramp_end_ns_ = 0;
  }
  event_.due_ns = start_ns_ + static_cast<std::uint64_t>(exact_ns_);
  if (plan_.arrivals == Arrivals::constant) {
    const double now = plan_.ramp_from + (plan_.packets_per_second - plan_.ramp_from) * exact_ns_ / ramp_end_ns_;
    const double in_tick = now * static_cast<double>(kTickNs) / kSecond;
    event_.packets =
        plan_.burst != 0 ? plan_.burst : std::clamp(static_cast<std::uint32_t>(in_tick + 0.5), 1U, kMaxBurst);
  }
}

}  // namespace gtp::gen
