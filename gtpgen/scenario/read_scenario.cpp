// SPDX-License-Identifier: GPL-2.0-or-later
//
// From a document to a Scenario. First the maps are read key by key, then each flow is planned as the command line
// would be, then what the parts mean to each other is checked.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "gtpgen/report/report_options.hpp"
#include "gtpgen/scenario/scenario.hpp"
#include "gtpgen/scenario/settings.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kMostFlows = 32;
constexpr std::size_t kMostPhases = 1000;
constexpr auto kNo = SettingKey::Kind::not_flag;
constexpr auto kFlag = SettingKey::Kind::flag;

const std::vector<SettingKey> kSourceKeys = {{"addresses", "--source"}, {"ports", "--sport"}, {"iface", "--iface"}};
const std::vector<SettingKey> kGatewayKeys = {{"address", "--via"}, {"netns", "--via-netns"}};
const std::vector<SettingKey> kTunnelKeys = {{"count", "--tunnels"}, {"file", "--tunnel-file"}, {"ue", "--ue"},
                                             {"order", "--order"},   {"stride", "--stride"},    {"qfi", "--qfi"}};
const std::vector<SettingKey> kFlowKeys = {
    {"inner", "--inner"},       {"size", "--size"},     {"dst", "--dst"},
    {"dport", "--dport"},       {"flows", "--flows"},   {"inner_sport", "--inner-sport"},
    {"qfi", "--qfi"},           {"pdu", "--pdu"},       {"inner_dscp", "--inner-dscp"},
    {"dscp", "--dscp"},         {"mtu", "--mtu"},       {"direction", "--direction"},
    {"seq", "--seq", kFlag},    {"df", "--no-df", kNo}, {"fragment", "--fragment", kFlag},
    {"negative", "--negative"},
};
const std::vector<SettingKey> kSendingKeys = {
    {"threads", "--threads"}, {"cpus", "--cpus"},      {"rt", "--rt", kFlag},          {"pacing", "--pacing"},
    {"arrival", "--arrival"}, {"burst", "--burst"},    {"rate_layer", "--rate-layer"}, {"backend", "--backend"},
    {"seed", "--seed"},       {"gso", "--no-gso", kNo}};

struct FlowDraft {
  FlowPlan plan;
  bool weight_given = false;
  YamlPlace place;
  Settings settings;
};

struct PhaseDraft {
  PhasePlan plan;
  std::optional<std::chrono::nanoseconds> duration;
  bool rate_given = false;
  YamlPlace place;
};

Take take_weight(double& target) {
  return [&target](std::string_view given) -> Result<void> {
    const char* const end = given.data() + given.size();
    const auto [stop, error] = std::from_chars(given.data(), end, target);
    if (error == std::errc{} && stop == end && std::isfinite(target) && target > 0) return {};
    return usage("\"" + std::string(given) + "\" is no weight", "a number above 0, like 8 or 0.01");
  };
}

// "10kpps..1Mpps" or one rate.
Take take_ramp(PhaseDraft& phase) {
  return [&phase](std::string_view given) -> Result<void> {
    phase.rate_given = true;
    const std::size_t dots = given.find("..");
    if (dots != std::string_view::npos) {
      auto from = Rate::parse(given.substr(0, dots));
      if (!from) return std::move(from).error();
      phase.plan.from = *from;
      given.remove_prefix(dots + 2);
    }
    auto rate = Rate::parse(given);
    if (!rate) return std::move(rate).error();
    phase.plan.rate = *rate;
    return {};
  };
}

// "50pps/tunnel" or one rate.
Take take_flow_rate(FlowPlan& flow) {
  return [&flow](std::string_view given) -> Result<void> {
    constexpr std::string_view kEach = "/tunnel";
    flow.rate_per_tunnel = given.ends_with(kEach);
    if (flow.rate_per_tunnel) given.remove_suffix(kEach.size());
    auto rate = Rate::parse(given);
    if (!rate) return std::move(rate).error();
    if (rate->is_max()) return usage("a flow's own rate is a number, not max");
    flow.rate = *rate;
    return {};
  };
}

class Reading {
 public:
  explicit Reading(std::string_view name) : reader_(name) {}

  Result<Scenario> read(const YamlNode& document) {
    if (auto done = read_document(document); !done) return std::move(done).error();
    for (const auto step :
         {&Reading::plan_flows, &Reading::check_phases, &Reading::check_company, &Reading::spread_unwanted}) {
      if (auto done = (this->*step)(); !done) return std::move(done).error();
    }
    return std::move(scenario_);
  }

 private:
  using Node = std::function<Result<void>(const YamlNode&)>;

  // The keys of one map all are options.
  Node options(std::string_view where, const std::vector<SettingKey>& rows) {
    return [this, where, &rows](const YamlNode& node) {
      return reader_.read_map(node, where, shared_.keys(reader_, rows));
    };
  }

  Result<void> read_document(const YamlNode& document) {
    place_ = document.place;
    std::uint64_t version = 0;
    return reader_.read_map(document, "the scenario",
                            {{"version", take_count(version, 1, 1), {}, true},
                             {"target", {}, [this](const YamlNode& node) { return read_target(node); }, true},
                             {"source", {}, options("source", kSourceKeys)},
                             {"gateway", {}, options("gateway", kGatewayKeys)},
                             {"tunnels", {}, [this](const YamlNode& node) { return read_tunnels(node); }},
                             {"flows", {}, [this](const YamlNode& node) { return read_flows(node); }},
                             {"phases", {}, [this](const YamlNode& node) { return read_phases(node); }},
                             {"expect", {}, [this](const YamlNode& node) { return read_expectations(node); }},
                             {"sending", {}, options("sending", kSendingKeys)}});
  }

  Result<void> read_target(const YamlNode& node) {
    std::string address;
    std::uint16_t port = 0;
    auto done = reader_.read_map(node, "target",
                                 {{"address", take_text(address), {}, true}, {"port", take_integer(port, 1), {}}});
    if (!done) return done;
    if (address.empty()) return reader_.error(node.place, "target: address is empty");
    if (address.find(':') != std::string::npos && IpAddress::parse(address)) address = "[" + address + "]";
    target_ = port == 0 ? address : address + ":" + std::to_string(port);
    return {};
  }

  Result<void> read_tunnels(const YamlNode& node) {
    auto keys = shared_.keys(reader_, kTunnelKeys);
    keys.push_back({"teid", {}, [this](const YamlNode& teid) { return read_teid(teid); }});
    return reader_.read_map(node, "tunnels", keys);
  }

  // {start: 0x1000, step: 2}, or as on the command line.
  Result<void> read_teid(const YamlNode& node) {
    std::string text = node.text;
    if (node.kind == YamlNode::Kind::map) {
      std::uint32_t start = 1;
      std::uint32_t step = 1;
      auto done =
          reader_.read_map(node, "teid", {{"start", take_integer(start), {}, true}, {"step", take_integer(step), {}}});
      if (!done) return done;
      text = std::to_string(start) + "+" + std::to_string(step);
    }
    shared_.add({"teid", "--teid", std::move(text), node.place});
    return {};
  }

  Result<void> read_flows(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::list && (node.items.empty() || node.items.size() > kMostFlows)) {
      return reader_.error(node.place, "flows: expected 1 to " + std::to_string(kMostFlows));
    }
    // Their addresses are in the functions that read them.
    flows_.resize(node.items.size());
    return reader_.read_list(node, "flows", [this](const YamlNode& item, std::size_t index) -> Result<void> {
      FlowDraft& flow = flows_[index];
      flow.place = item.place;
      flow.plan.name = std::to_string(index + 1);
      double weight = 1;
      auto keys = flow.settings.keys(reader_, kFlowKeys);
      keys.push_back({"name", take_text(flow.plan.name), {}});
      keys.push_back({"weight", take_weight(weight), {}});
      keys.push_back({"rate", take_flow_rate(flow.plan), {}});
      if (auto done = reader_.read_map(item, "a flow", keys); !done) return done;
      flow.weight_given = std::ranges::any_of(item.entries, [](const auto& entry) { return entry.key == "weight"; });
      flow.plan.weight = weight;
      if (flow.plan.rate && !flow.weight_given) flow.plan.weight.reset();
      return unique(flows_, index, "flow");
    });
  }

  Result<void> read_phases(const YamlNode& node) {
    if (node.kind == YamlNode::Kind::list && (node.items.empty() || node.items.size() > kMostPhases)) {
      return reader_.error(node.place, "phases: expected 1 to " + std::to_string(kMostPhases));
    }
    phases_.resize(node.items.size());
    return reader_.read_list(node, "phases", [this](const YamlNode& item, std::size_t index) -> Result<void> {
      PhaseDraft& phase = phases_[index];
      phase.place = item.place;
      phase.plan.name = std::to_string(index + 1);
      auto done = reader_.read_map(item, "a phase",
                                   {{"name", take_text(phase.plan.name), {}},
                                    {"rate", take_ramp(phase), {}},
                                    {"duration", take_duration(phase.duration), {}},
                                    {"count", take_count(phase.plan.count, 1), {}},
                                    {"ramp", take_duration(phase.plan.ramp), {}},
                                    {"measure", take_switch(phase.plan.measure), {}}});
      if (!done) return done;
      return unique(phases_, index, "phase");
    });
  }

  // Reports tell them apart by their names.
  template <typename Draft>
  Result<void> unique(const std::vector<Draft>& drafts, std::size_t index, std::string_view what) const {
    const std::string& name = drafts[index].plan.name;
    if (name.empty()) return reader_.error(drafts[index].place, "a " + std::string(what) + " with an empty name");
    for (std::size_t i = 0; i < index; ++i) {
      if (drafts[i].plan.name != name) continue;
      return reader_.error(drafts[index].place, "two " + std::string(what) + "s have the name \"" + name + "\"");
    }
    return {};
  }

  Result<void> read_expectations(const YamlNode& node) {
    expect_place_ = node.place;
    auto keys = shared_.keys(reader_, {{"via", "--expect"}, {"drain", "--drain"}});
    ReportOptions report;
    Settings limits;
    for (auto& key :
         limits.keys(reader_, {{"max_loss", "--max-loss"}, {"max_p99", "--max-p99"}, {"min_rate", "--min-rate"}})) {
      keys.push_back(std::move(key));
    }
    if (auto done = reader_.read_map(node, "expect", keys); !done) return done;
    if (auto done = limits.apply(reader_, {report_options(report)}); !done) return done;
    scenario_.expect = report.thresholds;
    return {};
  }

  // "flow "bulk": " before what planning said, and where that flow is.
  Error flow_error(const FlowDraft& flow, const Error& error) const {
    Error placed = reader_.error(flow.place, "flow \"" + flow.plan.name + "\": " + error.what, error.hint);
    placed.code = error.code;
    placed.system = error.system;
    return placed;
  }

  // A flow that only says which unwanted packets it wants: they go among those of the others.
  static bool only_unwanted(const FlowDraft& flow) {
    const Setting* const negative = flow.settings.find("negative");
    return negative != nullptr && negative->value.find('=') == std::string::npos;
  }

  Result<void> plan_flows() {
    if (flows_.empty()) {
      flows_.emplace_back().place = place_;
      flows_.front().plan.name = "load";
    }
    for (FlowDraft& flow : flows_) {
      if (only_unwanted(flow)) continue;
      LoadOptions options;
      const auto groups = options.groups();
      if (auto done = shared_.apply(reader_, groups, &flow.settings); !done) return done;
      if (auto done = flow.settings.apply(reader_, groups); !done) return done;
      if (auto done = options.take_words({target_}); !done) return done;
      auto plan = options.plan();
      if (!plan) return flow_error(flow, plan.error());
      scenario_.flows.push_back(flow.plan);
      scenario_.flows.back().load = *std::move(plan);
      scenario_.bit_layer = options.bit_layer();
    }
    if (scenario_.flows.empty()) {
      return reader_.error(flows_.front().place,
                           "unwanted packets alone measure nothing: a flow beside them is missing");
    }
    return {};
  }

  Result<void> check_phases() {
    if (phases_.empty()) {
      phases_.emplace_back().place = place_;
      phases_.front().plan.name = "load";
    }
    bool measured = false;
    for (PhaseDraft& phase : phases_) {
      if (auto done = check_phase(phase); !done) return done;
      measured = measured || phase.plan.measure;
      if (phase.plan.duration.count() == 0 && &phase != &phases_.back()) {
        return wrong(phase, "has no end (duration: 0), but others come after it");
      }
      scenario_.phases.push_back(phase.plan);
    }
    if (!measured) return reader_.error(phases_.back().place, "no phase is measured");
    return {};
  }

  Error wrong(const PhaseDraft& phase, std::string_view what, std::string hint = {}) const {
    return reader_.error(phase.place, "phase \"" + phase.plan.name + "\": " + std::string(what), std::move(hint));
  }

  Result<void> check_phase(PhaseDraft& phase) const {
    PhasePlan& plan = phase.plan;
    if (plan.count != 0 && phase.duration) return wrong(phase, "duration and count: one of them");
    if (phase.duration) plan.duration = *phase.duration;
    const bool max = plan.rate.is_max() || (plan.from && plan.from->is_max());
    if (plan.from && max) return wrong(phase, "a ramp goes from a rate to a rate, and max is none");
    if (plan.from && plan.from->unit != plan.rate.unit) return wrong(phase, "a ramp from packets to bits, or back");
    if (plan.from && plan.count != 0) return wrong(phase, "a ramp has a duration, not a count");
    if (plan.from && plan.ramp.count() != 0) return wrong(phase, "ramp, and a rate that is one already");
    if (plan.from && plan.duration < std::chrono::milliseconds(1)) {
      return wrong(phase, "a ramp wants a duration of 1 ms or more");
    }
    if (max && plan.ramp.count() != 0) return wrong(phase, "a ramp has no end with rate: max");
    if (max && scenario_.expect.min_rate) return wrong(phase, "min_rate is a share of the rate, and max is none");
    const bool bursts = scenario_.flows.front().load.arrivals == Arrivals::burst;
    if (bursts && (phase.rate_given || plan.ramp.count() != 0)) {
      return wrong(phase, "arrival: burst says how much to send by itself", "no rate and no ramp");
    }
    return {};
  }

  // Several flows at a time.
  Result<void> check_company() {
    if (flows_.size() == 1) return {};
    const auto& flows = scenario_.flows;
    const auto weighted = std::ranges::count_if(flows, [](const FlowPlan& flow) { return flow.weight.has_value(); });
    for (const PhaseDraft& phase : phases_) {
      if (flows.size() > 1 && phase.plan.count != 0) return wrong(phase, "count is for one flow", "duration");
      if (weighted > 1 && phase.plan.rate.is_max()) return wrong(phase, "max has no parts for flows with weights");
    }
    const LoadPlan& first = flows.front().load;
    if (flows.size() == 1) return {};
    if (first.expect == Expect::sink) {
      return reader_.error(expect_place_, "a sink accounts for one run at a time, and each flow is one",
                           "via: reflect, or one flow");
    }
    if (first.arrivals == Arrivals::burst) {
      return reader_.error(place_, "arrival: burst says how much to send by itself: one flow only");
    }
    if (!first.tunnels.source_ports().empty()) {
      return reader_.error(place_, "source ports in the file of tunnels are for one flow only");
    }
    const std::size_t ports = std::size_t{first.source.last_port} - first.source.first_port + 1;
    if (first.source.first_port != 0 && ports < flows.size()) {
      return reader_.error(shared_.find("ports")->place, "ports: fewer than there are flows, and each wants its own",
                           "2152-" + std::to_string(2151 + flows.size()) + ", or rand");
    }
    return check_gateway();
  }

  // Through a gateway every flow listens for itself.
  Result<void> check_gateway() const {
    if (!scenario_.flows.front().load.via) return {};
    for (const FlowPlan& flow : scenario_.flows) {
      if (flow.load.directions != Directions::uplink) {
        return reader_.error(
            place_, "flow \"" + flow.name + "\": what comes down through a gateway comes to one port: one flow only");
      }
      for (const FlowPlan& other : scenario_.flows) {
        if (&other != &flow && other.load.traffic.far_port == flow.load.traffic.far_port) {
          return reader_.error(place_, "flows \"" + flow.name + "\" and \"" + other.name +
                                           "\": through a gateway each wants a dport of its own");
        }
      }
    }
    return {};
  }

  Result<void> spread_unwanted() {
    double total = 0;
    for (const FlowDraft& flow : flows_) total += flow.plan.weight.value_or(0);
    for (const FlowDraft& flow : flows_) {
      if (!only_unwanted(flow)) continue;
      const Setting& negative = *flow.settings.find("negative");
      if (flow.settings.all().size() > 1 || flow.plan.rate) {
        return flow_error(flow, usage("unwanted packets look like those of the other flows: only name, weight and "
                                      "negative",
                                      "negative: {" + negative.value + ": 1%} in a flow that has more"));
      }
      bool spread = false;
      for (FlowPlan& other : scenario_.flows) {
        if (!other.weight) continue;
        std::array<double, kUnwantedKinds> shares{};
        if (auto read = parse_unwanted(negative.value + "=1%", shares); !read) {
          return reader_.error(negative.place, "negative: " + read.error().what, read.error().hint);
        }
        for (std::size_t kind = 0; kind < kUnwantedKinds; ++kind) {
          if (shares[kind] != 0) other.load.traffic.unwanted[kind] += *flow.plan.weight / total;
        }
        if (other.load.traffic.unwanted_share() >= 1) {
          return flow_error(flow, usage("unwanted traffic of 100 % or more leaves none to measure"));
        }
        if (auto sane = gen::check(other.load); !sane) return flow_error(flow, sane.error());
        spread = true;
      }
      if (!spread) return flow_error(flow, usage("no other flow has a weight, which unwanted packets could go by"));
    }
    return {};
  }

  YamlReader reader_;
  YamlPlace place_;
  YamlPlace expect_place_;
  std::string target_;
  Settings shared_;
  std::vector<FlowDraft> flows_;
  std::vector<PhaseDraft> phases_;
  Scenario scenario_;
};

// The scenario in a report.
const YamlNode& scenario_of(const YamlNode& document) {
  const auto has = [&](std::string_view key) {
    return std::ranges::find(document.entries, key, &YamlNode::Entry::key);
  };
  const auto config = has("config");
  if (has("schema") == document.entries.end() || config == document.entries.end()) return document;
  return config->value;
}

}  // namespace

Result<Scenario> read_scenario(const std::string& text, std::string_view name) {
  auto document = parse_yaml(text, name);
  if (!document) return std::move(document).error();
  return Reading(name).read(scenario_of(*document));
}

}  // namespace gtp::gen
