// SPDX-License-Identifier: GPL-2.0-or-later
//
// Scenario: what `gtpgen run` does, as a value. docs/formats/gtpgen-scenario-1.md is its form as YAML.
//
//   flows    kinds of traffic that go at the same time, each with a LoadPlan of its own; they share target, source,
//            tunnels and the way of sending
//   phases   one after the other; the rate of a phase is shared by the flows that have a weight
//
//             warm-up            ramp               hold
//           |--------| |------------------| |--------------|
//   bulk      8 parts     8 parts              8 parts          of the phase's rate
//   voice     1 part      1 part               1 part
//
// read_scenario() reads one, scenario_json() writes one with every default said, and what was written reads back as the
// same. Whatever makes no sense is refused by read_scenario() with its place; only the network may refuse more.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/load/load_plan.hpp"
#include "gtpgen/report/verdict.hpp"

namespace gtp::gen {

struct FlowPlan {
  std::string name;
  // Its part of a phase's rate; empty: it has a rate of its own, whatever the phase says.
  std::optional<double> weight = 1;
  // With a weight: at most this. Without: exactly this.
  std::optional<Rate> rate = std::nullopt;
  bool rate_per_tunnel = false;
  LoadPlan load;
};

struct PhasePlan {
  std::string name;
  Rate rate;
  std::optional<Rate> from = std::nullopt;  // the rate goes from here to `rate`, all the duration long
  std::chrono::nanoseconds duration = std::chrono::seconds(10);  // 0: until interrupted
  std::uint64_t count = 0;                                       // packets, instead of a duration
  std::chrono::nanoseconds ramp{};                               // from nothing to the rate, before the duration
  bool measure = true;
};

struct Scenario {
  std::vector<FlowPlan> flows;
  std::vector<PhasePlan> phases;
  BitLayer bit_layer = BitLayer::inner;
  Thresholds expect;
};

// [name] is the document's, for errors. A whole JSON report stands for the scenario in it.
Result<Scenario> read_scenario(const std::string& text, std::string_view name);

std::string scenario_json(const Scenario& scenario);

// What [flow] does in [phase].
TrialPlan trial_plan(const Scenario& scenario, const FlowPlan& flow, const PhasePlan& phase);

}  // namespace gtp::gen
