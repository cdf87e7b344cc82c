// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/search.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace gtp::gen {
namespace {

double seconds(std::chrono::nanoseconds duration) { return std::chrono::duration<double>(duration).count(); }

// A generator that could not reach a rate is asked for a little less than what it did reach.
constexpr double kGeneratorStep = 0.95;
// Sums of durations are compared with this tolerance: ten trials of 2 s are 20 s.
constexpr double kEpsilon = 1e-6;

}  // namespace

Search::Search(std::vector<Goal> goals, double min_pps, double max_pps)
    : goals_(std::move(goals)), min_pps_(min_pps), max_pps_(max_pps) {
  assert(0 < min_pps && min_pps < max_pps);
}

void Search::record(const Trial& trial) {
  if (!trial.valid) {
    generator_limited_ = true;
    const double reached = trial.offered_pps > 0 ? std::min(trial.offered_pps, trial.rate_pps) : trial.rate_pps;
    max_pps_ = std::max(min_pps_, std::min(max_pps_, reached * kGeneratorStep));
    return;
  }
  trials_.push_back(trial);
  const auto place = std::lower_bound(rates_.begin(), rates_.end(), trial.rate_pps);
  if (place == rates_.end() || *place != trial.rate_pps) rates_.insert(place, trial.rate_pps);
}

Search::Verdict Search::judge(const Goal& goal, double rate_pps) const {
  // Seconds of good and bad trials, of full length and shorter (from another goal).
  double good = 0;
  double bad = 0;
  double short_good = 0;
  double short_bad = 0;
  for (const Trial& trial : trials_) {
    if (trial.rate_pps != rate_pps) continue;
    const bool is_good = trial.loss_ratio <= goal.loss_ratio;
    const bool is_long = trial.duration >= goal.trial;
    (is_good ? (is_long ? good : short_good) : (is_long ? bad : short_bad)) += seconds(trial.duration);
  }
  // Short trials never prove a rate good; bad ones count as far as good short ones do not balance them.
  const double balance = short_good * goal.exceed_ratio / (1 - goal.exceed_ratio);
  const double effective_bad = bad + std::max(0.0, short_bad - balance);
  const double whole = std::max(effective_bad + good, seconds(goal.sum));
  const double allowed = whole * goal.exceed_ratio;
  const double missing = whole - effective_bad - good;
  if (effective_bad > allowed + kEpsilon) return Verdict::upper;
  if (effective_bad + missing <= allowed + kEpsilon) return Verdict::lower;
  return Verdict::undecided;
}

Search::Relevant Search::relevant(const Goal& goal) const {
  Relevant found;
  for (const double rate : rates_) {
    const Verdict verdict = judge(goal, rate);
    if (verdict == Verdict::upper) {
      // A good rate above a bad one is luck.
      found.upper = rate;
      break;
    }
    if (verdict == Verdict::lower) {
      found.lower = rate;
      found.undecided.reset();
    } else if (!found.undecided) {
      found.undecided = rate;
    }
  }
  return found;
}

// Where to look when [upper_pps] was too fast and nothing slower is known: what the peer forwarded then, if that is
// near, and never less than a half.
double Search::below(double upper_pps) const {
  double forwarded = upper_pps;
  for (const Trial& trial : trials_) {
    if (trial.rate_pps == upper_pps) forwarded = std::min(forwarded, upper_pps * (1 - trial.loss_ratio));
  }
  return std::max({min_pps_, upper_pps / 2, std::min(forwarded, upper_pps * 0.95)});
}

std::optional<double> Search::next_rate(const Goal& goal) const {
  Relevant found = relevant(goal);
  // What the generator cannot reach is out of the question, whatever an earlier trial says.
  if (found.upper && *found.upper > max_pps_) found.upper.reset();
  if (found.undecided && *found.undecided <= max_pps_) return found.undecided;
  if (!found.upper) {
    if (found.lower && *found.lower >= max_pps_) return std::nullopt;
    return max_pps_;
  }
  if (!found.lower) {
    if (*found.upper <= min_pps_) return std::nullopt;
    return below(*found.upper);
  }
  if (*found.upper - *found.lower <= goal.width * *found.upper) return std::nullopt;
  return std::sqrt(*found.lower * *found.upper);
}

std::optional<NextTrial> Search::next() const {
  for (const Goal& goal : goals_) {
    if (const auto rate = next_rate(goal)) return NextTrial{*rate, goal.trial};
  }
  return std::nullopt;
}

// The loss that the best (1 - exceed ratio) of the time at [rate_pps] did not go beyond, taken off the rate.
std::optional<double> Search::conditional(const Goal& goal, double rate_pps) const {
  std::vector<const Trial*> at;
  double whole = 0;
  for (const Trial& trial : trials_) {
    if (trial.rate_pps != rate_pps || trial.duration < goal.trial) continue;
    at.push_back(&trial);
    whole += seconds(trial.duration);
  }
  if (at.empty()) return std::nullopt;
  std::sort(at.begin(), at.end(), [](const Trial* a, const Trial* b) { return a->loss_ratio < b->loss_ratio; });
  double sum = 0;
  for (const Trial* trial : at) {
    sum += seconds(trial->duration);
    if (sum + kEpsilon >= whole * (1 - goal.exceed_ratio)) return rate_pps * (1 - trial->loss_ratio);
  }
  return rate_pps * (1 - at.back()->loss_ratio);
}

Bounds Search::bounds(const Goal& goal) const {
  const Relevant found = relevant(goal);
  Bounds bounds;
  bounds.lower_pps = found.lower;
  bounds.upper_pps = found.upper;
  if (found.lower) bounds.conditional_pps = conditional(goal, *found.lower);
  bounds.regular = found.lower && found.upper && *found.upper - *found.lower <= goal.width * *found.upper;
  bounds.generator_limited = generator_limited_ && !found.upper;
  return bounds;
}

}  // namespace gtp::gen
