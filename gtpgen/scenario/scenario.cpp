// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/scenario.hpp"

#include <algorithm>

#include "gtpgen/load/load_run.hpp"

namespace gtp::gen {
namespace {

// A ramp ends with the phase; this is how long its last rate is held, since a duration of 0 has no end.
constexpr std::chrono::microseconds kHold(1);

double weight_of_all(const Scenario& scenario) {
  double sum = 0;
  for (const FlowPlan& flow : scenario.flows) sum += flow.weight.value_or(0);
  return sum;
}

}  // namespace

TrialPlan trial_plan(const Scenario& scenario, const FlowPlan& flow, const PhasePlan& phase) {
  const double octets = mean_octets(flow.load, scenario.bit_layer);
  std::optional<double> limit;
  if (flow.rate) limit = flow.rate->packets_per_second(octets);
  if (limit && flow.rate_per_tunnel) *limit *= flow.load.tunnels.count();
  const auto share_of = [&](const Rate& rate) {
    std::optional<double> share = rate.packets_per_second(octets);
    if (share) *share *= *flow.weight / weight_of_all(scenario);
    if (limit) share = std::min(share.value_or(*limit), *limit);
    return share;
  };

  TrialPlan trial;
  trial.duration = phase.duration;
  trial.count = phase.count;
  if (flow.load.arrivals == Arrivals::burst) {
    trial.packets_per_second =
        flow.load.burst * 1e9 / static_cast<double>(flow.load.burst_period_ns) * flow.load.threads;
  } else if (!flow.weight) {
    trial.packets_per_second = limit;
    if (trial.duration.count() != 0) trial.duration += phase.ramp;
  } else {
    trial.packets_per_second = share_of(phase.rate);
    trial.ramp = phase.ramp;
    if (phase.from) {
      trial.ramp_from = share_of(*phase.from).value_or(0);
      trial.ramp = phase.duration - kHold;
      trial.duration = kHold;
    }
  }
  return trial;
}

}  // namespace gtp::gen
