// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/scenario.hpp"

#include <catch2/catch.hpp>

using namespace gtp;
using namespace gtp::gen;
using namespace std::chrono_literals;

namespace {

constexpr const char* kTarget = "version: 1\ntarget: {address: 192.0.2.10}\n";

// The example of docs/formats/gtpgen-scenario-1.md.
constexpr const char* kBusyHour = R"(
version: 1
target: {address: 192.0.2.10, port: 2152}
source: {addresses: 192.0.2.100/30, ports: 2152-2183}
tunnels: {count: 10000, teid: {start: 0x1000, step: 1}, ue: 10.45.0.0/16, qfi: [1, 5, 9]}
flows:
  - {name: bulk,  weight: 8, inner: udp4, size: imix, dst: 10.46.0.1, dport: 5001}
  - {name: voice, weight: 1, inner: udp4, size: 60, rate: 50pps/tunnel, qfi: 1, dscp: ef}
  - {name: bad,   weight: 1, negative: unknown-teid}
phases:
  - {name: warm-up, rate: 9kpps, duration: 2s, measure: false}
  - {name: ramp,   rate: 9kpps..900kpps, duration: 20s}
  - {name: hold,   rate: 90Mbit/s, duration: 30s}
expect: {via: reflect, max_loss: 0.01%, max_p99: 2ms, min_rate: 99%}
)";

Scenario read(const std::string& text) {
  auto scenario = read_scenario(text, "s.yaml");
  if (!scenario) FAIL(scenario.error().what);
  return *std::move(scenario);
}

std::string refused(const std::string& text) {
  const auto scenario = read_scenario(text, "s.yaml");
  REQUIRE_FALSE(scenario);
  CHECK(scenario.error().code == ErrorCode::usage);
  return scenario.error().what;
}

std::string flow_refused(const std::string& flow) { return refused(std::string(kTarget) + "flows: [" + flow + "]\n"); }
std::string phase_refused(const std::string& phase) {
  return refused(std::string(kTarget) + "phases: [" + phase + "]\n");
}

}  // namespace

TEST_CASE("a scenario becomes plans as the command line would make them") {
  const Scenario scenario = read(kBusyHour);
  REQUIRE(scenario.flows.size() == 2);  // the third is among them
  const FlowPlan& bulk = scenario.flows[0];
  const FlowPlan& voice = scenario.flows[1];
  CHECK(bulk.name == "bulk");
  CHECK(bulk.weight == 8);
  CHECK(bulk.load.target.address.text() == "192.0.2.10");
  CHECK(bulk.load.target.port == 2152);
  CHECK(bulk.load.source.first_port == 2152);
  CHECK(bulk.load.source.last_port == 2183);
  CHECK(bulk.load.tunnels.count() == 10000);
  CHECK(bulk.load.tunnels.tunnel(2).teid == 0x1002);
  CHECK(bulk.load.tunnels.tunnel(2).qfi == 9);
  CHECK(bulk.load.traffic.sizes.parts().size() == 3);
  CHECK(bulk.load.traffic.far_port == 5001);
  CHECK(bulk.load.dscp == 0);
  CHECK(voice.load.tunnels.tunnel(2).qfi == 1);
  CHECK(voice.load.dscp == 46);
  CHECK(voice.load.traffic.sizes.smallest() == 60);
  CHECK(voice.load.expect == Expect::reflect);
  CHECK(scenario.expect.max_loss == Approx(0.0001));
  CHECK(scenario.expect.max_p99_ns == 2'000'000U);
  CHECK(scenario.expect.min_rate == Approx(0.99));
  // One packet in ten is unwanted, and the flows that are left carry them.
  for (const FlowPlan& flow : scenario.flows) CHECK(flow.load.traffic.unwanted[0] == Approx(0.1));
}

TEST_CASE("the rate of a phase is shared by weight") {
  const Scenario scenario = read(kBusyHour);
  const FlowPlan& bulk = scenario.flows[0];
  const FlowPlan& voice = scenario.flows[1];
  const TrialPlan warm_up = trial_plan(scenario, bulk, scenario.phases[0]);
  CHECK(*warm_up.packets_per_second == Approx(8000));
  CHECK(warm_up.duration == 2s);
  CHECK(warm_up.ramp == 0s);
  CHECK_FALSE(scenario.phases[0].measure);
  CHECK(*trial_plan(scenario, voice, scenario.phases[0]).packets_per_second == Approx(1000));
  const TrialPlan ramp = trial_plan(scenario, bulk, scenario.phases[1]);
  CHECK(ramp.ramp_from == Approx(8000));
  CHECK(*ramp.packets_per_second == Approx(800'000));
  CHECK(ramp.ramp + ramp.duration == 20s);
  // Bits are those of each flow's own packets: 80 Mbit/s of (7 * 46 + 4 * 576 + 1500) / 12 octets.
  CHECK(*trial_plan(scenario, bulk, scenario.phases[2]).packets_per_second == Approx(80e6 / 8 / (4126 / 12.0)));
}

TEST_CASE("a flow's own rate is a limit with a weight, and all there is without") {
  const Scenario scenario = read(std::string(kTarget) +
                                 "tunnels: {count: 10}\n"
                                 "flows: [{name: a}, {name: b, weight: 1, rate: 1k}, {name: c, rate: 5pps/tunnel}]\n"
                                 "phases: [{rate: 10k, duration: 1s, ramp: 2s}]\n");
  CHECK_FALSE(scenario.flows[2].weight);
  const PhasePlan& phase = scenario.phases[0];
  CHECK(*trial_plan(scenario, scenario.flows[0], phase).packets_per_second == Approx(5000));
  CHECK(*trial_plan(scenario, scenario.flows[1], phase).packets_per_second == Approx(1000));
  const TrialPlan own = trial_plan(scenario, scenario.flows[2], phase);
  CHECK(*own.packets_per_second == Approx(50));
  CHECK(own.ramp == 0s);
  CHECK(own.duration == 3s);
}

TEST_CASE("what is not said is as on the command line") {
  const Scenario scenario = read(kTarget);
  REQUIRE(scenario.flows.size() == 1);
  REQUIRE(scenario.phases.size() == 1);
  CHECK(scenario.phases[0].duration == 10s);
  CHECK(*trial_plan(scenario, scenario.flows[0], scenario.phases[0]).packets_per_second == Approx(1000));
  CHECK(scenario.flows[0].load.tunnels.count() == 1);
  CHECK(scenario.flows[0].load.traffic.inner_df);
  CHECK(scenario.flows[0].load.segment);
}

TEST_CASE("what is written reads back as the same") {
  const std::vector<std::string> scenarios = {
      kTarget,
      kBusyHour,
      "version: 1\ntarget: {address: \"2001:db8::1\", port: 2153}\n"
      "source: {addresses: 2001:db8::2, ports: rand, iface: lo}\n"
      "tunnels: {count: 9, teid: 7+3, order: strided, stride: 2}\n"
      "flows: [{inner: tcp6, size: 100-300, seq: yes, df: no, pdu: dl, direction: down, inner_dscp: af21, dport: 80,\n"
      "         inner_sport: 4000, flows: 3, fragment: true, mtu: 1400, negative: {echo: 1%, truncated: 0.5%}}]\n"
      "phases: [{count: 100, rate: 5Mbit/s}]\n"
      "sending: {threads: 2, cpus: [0], pacing: busy, arrival: poisson, rate_layer: link, backend: udp, gso: no,\n"
      "          seed: 5, rt: yes}\n"
      "expect: {via: none, drain: 250ms}\n",
      std::string(kTarget) + "flows: [{size: \"64,512,64\"}]\nsending: {arrival: \"burst:64/10ms\"}\n",
      std::string(kTarget) + "gateway: {address: 10.46.0.1}\nphases: [{rate: max, duration: 0}]\n",
      std::string(kTarget) + "flows: [{size: \"imix:46:10000,46:10000,47:1\"}]\n",
      std::string(kTarget) + "expect: {via: \"sink=192.0.2.1:5000\", max_p99: 1500us}\n",
  };
  for (const std::string& text : scenarios) {
    const std::string json = scenario_json(read(text));
    INFO(json);
    const Scenario again = read(json);
    CHECK(scenario_json(again) == json);
    const Scenario first = read(text);
    for (std::size_t flow = 0; flow < first.flows.size(); ++flow) {
      const LoadPlan& a = first.flows[flow].load;
      const LoadPlan& b = again.flows[flow].load;
      CHECK(a.directions == b.directions);
      CHECK(a.traffic.inner_df == b.traffic.inner_df);
      CHECK(a.traffic.sequence_numbers == b.traffic.sequence_numbers);
      CHECK(a.traffic.unwanted == b.traffic.unwanted);
      CHECK(a.traffic.pdu_session == b.traffic.pdu_session);
      CHECK(a.tunnels.tunnel(0).teid == b.tunnels.tunnel(0).teid);
      CHECK(a.tunnels.tunnel(0).ue == b.tunnels.tunnel(0).ue);
      CHECK(a.arrivals == b.arrivals);
      CHECK(a.segment == b.segment);
      CHECK(a.seed == b.seed);
      for (std::size_t phase = 0; phase < first.phases.size(); ++phase) {
        const TrialPlan was = trial_plan(first, first.flows[flow], first.phases[phase]);
        const TrialPlan is = trial_plan(again, again.flows[flow], again.phases[phase]);
        CHECK(was.packets_per_second == is.packets_per_second);
        CHECK(was.duration == is.duration);
        CHECK(was.ramp == is.ramp);
        CHECK(was.ramp_from == is.ramp_from);
        CHECK(was.count == is.count);
      }
    }
  }
}

TEST_CASE("a report stands for the scenario in it") {
  const std::string json = scenario_json(read(kBusyHour));
  const Scenario scenario = read(R"({"schema":"gtpgen.load/1","config":)" + json + R"(,"tx":null})");
  CHECK(scenario_json(scenario) == json);
  CHECK(refused(R"({"schema":"gtpgen.load/1","config":null})") ==
        "s.yaml:1:36: the scenario: expected a map, found nothing");
}

TEST_CASE("what is wrong in a scenario is said with its place") {
  CHECK(refused("") == "s.yaml:1:1: the scenario: expected a map, found nothing");
  CHECK(refused("version: 1\n") == "s.yaml:1:1: the scenario: \"target\" is missing");
  CHECK(refused("version: 2\ntarget: {address: 192.0.2.1}\n").find("s.yaml:1:10: version:") == 0);
  CHECK(refused("version: 1\ntarget: {port: 1}\n") == "s.yaml:2:9: target: \"address\" is missing");
  CHECK(refused(std::string(kTarget) + "flwos: []\n") == "s.yaml:3:1: the scenario: unknown key \"flwos\"");
  CHECK(refused(std::string(kTarget) + "source: {port: 2}\n") == "s.yaml:3:10: source: unknown key \"port\"");
  CHECK(
      refused(std::string(kTarget) + "tunnels: {count: 2, count: 3}\n").find("s.yaml:3:21: \"count\" is given twice") ==
      0);
  CHECK(refused(std::string(kTarget) + "tunnels: {count: 1000001}\n").find("s.yaml:3:18: count: \"1000001\" is more") ==
        0);
  CHECK(
      refused(std::string(kTarget) + "tunnels: {teid: {start: x}}\n").find("s.yaml:3:25: start: \"x\" is no number") ==
      0);
  CHECK(refused(std::string(kTarget) + "expect: {max_loss: 5}\n").find("s.yaml:3:20: max_loss: \"5\" is no share") ==
        0);
  CHECK(flow_refused("{size: 3k0}").find("s.yaml:3:16: size: \"3k0\" is no size") == 0);
  CHECK(flow_refused("{seq: 1}").find("s.yaml:3:15: seq: \"1\" is none of") == 0);
  CHECK(flow_refused("{size: []}") == "s.yaml:3:16: size: the list is empty");
  CHECK(flow_refused("{weight: 0}").find("s.yaml:3:18: weight: \"0\" is no weight") == 0);
  CHECK(flow_refused("{weight: nan}").find("s.yaml:3:18: weight:") == 0);
  CHECK(flow_refused("{rate: max}").find("s.yaml:3:16: rate: a flow's own rate") == 0);
  CHECK(flow_refused("{name: a}, {name: a}") == "s.yaml:3:20: two flows have the name \"a\"");
  CHECK(flow_refused("{name: a, size: 20}").find("s.yaml:3:9: flow \"a\": an inner packet of 20 octets") == 0);
  CHECK(phase_refused("{rate: 10..}").find("s.yaml:3:17: rate:") == 0);
  CHECK(phase_refused("{name: x, duration: 1s, count: 5}") ==
        "s.yaml:3:10: phase \"x\": duration and count: one of them");
}

TEST_CASE("what makes no sense together is refused with a reason") {
  const auto says = [](const std::string& error, std::string_view what) {
    INFO(error);
    CHECK(error.find(what) != std::string::npos);
  };
  says(phase_refused("{rate: 1k..max}"), "max is none");
  says(phase_refused("{rate: 1k..1Mbit/s}"), "packets to bits");
  says(phase_refused("{rate: 1k..2k, count: 5}"), "a duration, not a count");
  says(phase_refused("{rate: 1k..2k, ramp: 1s}"), "one already");
  says(phase_refused("{rate: 1k..2k, duration: 0}"), "1 ms or more");
  says(phase_refused("{rate: max, ramp: 1s}"), "no end");
  says(phase_refused("{duration: 0}, {}"), "others come after it");
  says(phase_refused("{measure: no}"), "no phase is measured");
  says(phase_refused("{name: a}, {name: a}"), "two phases");
  says(flow_refused("{negative: unknown-teid}"), "alone measure nothing");
  says(flow_refused("{}, {negative: nonsense}"), "none of unknown-teid");
  says(flow_refused("{}, {negative: echo, size: 99}"), "only name, weight and negative");
  says(flow_refused("{rate: 1k}, {negative: echo}"), "no other flow has a weight");
  const std::string two = std::string(kTarget) + "flows: [{}, {}]\n";
  says(refused(two + "phases: [{rate: max}]\n"), "max has no parts");
  says(refused(two + "phases: [{count: 5}]\n"), "count is for one flow");
  says(refused(two + "expect: {via: sink=192.0.2.1}\n"), "one run at a time");
  says(refused(two + "sending: {arrival: burst:5/1s}\n"), "one flow only");
  says(refused(two + "source: {ports: 2152}\n"), "fewer than there are flows");
  says(refused(two + "gateway: {address: 10.46.0.1}\n"), "a dport of its own");
  says(refused(std::string(kTarget) + "phases: [{rate: max}]\nexpect: {min_rate: 99%}\n"), "min_rate is a share");
  says(refused(std::string(kTarget) + "phases: [{rate: 1k}]\nsending: {arrival: burst:5/1s}\n"), "by itself");
  says(refused(std::string(kTarget) + "tunnels: {stride: 3}\n"), "--stride wants");
}
