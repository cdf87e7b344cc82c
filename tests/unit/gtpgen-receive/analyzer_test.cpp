// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/analyzer.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

namespace {

constexpr std::uint64_t kEpoch = 5'000'000'000;
constexpr Analyzer::Arrived kAt{kEpoch + 0x1000 + 250, true};

RunPlan plan() {
  RunPlan plan;
  plan.run = 0x1234;
  plan.tunnels = 3;
  plan.epoch_ns = kEpoch;
  return plan;
}

}  // namespace

TEST_CASE("a packet of ours is counted and measured") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  analyzer.datagram(g_pdu(udp4_packet()), kAt);
  const ReceiveResult result = analyzer.result().summary();
  CHECK(result.counts.datagrams == 1);
  CHECK(result.counts.stamped == 1);
  CHECK(result.counts.bytes_inner == 48);
  CHECK(result.stream.received == 1);
  REQUIRE(result.latency);
  CHECK(result.latency->histogram.min() == 250U);
  CHECK(result.latency->stamp == LatencyReport::Stamp::kernel);
  CHECK(runs.at(0).tracker().lost(2) == 7);
}

TEST_CASE("a copy is a duplicate and is not measured again") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  for (int i = 0; i < 2; ++i) analyzer.datagram(g_pdu(udp6_packet()), kAt);
  const ReceiveResult result = analyzer.result().summary();
  CHECK(result.counts.stamped == 2);
  CHECK(result.stream.received == 1);
  CHECK(result.stream.duplicate == 1);
  CHECK(result.latency->histogram.count() == 1);
}

TEST_CASE("damage anywhere in the inner packet makes it corrupt, not received") {
  Runs runs(plan(), false);
  Analyzer analyzer(runs, true);
  Octets damaged = udp4_packet();
  damaged.back() ^= std::byte{1};
  analyzer.datagram(g_pdu(damaged), kAt);
  CHECK(analyzer.result().counts.corrupt == 1);
  CHECK(analyzer.result().stream.received == 0);
  // Without verification it passes.
  Analyzer trusting(runs, false);
  trusting.datagram(g_pdu(damaged), kAt);
  CHECK(trusting.result().counts.corrupt == 0);
  CHECK(trusting.result().stream.received == 1);
}

TEST_CASE("packets of other runs, other tunnels and other people are kept apart") {
  RunPlan other = plan();
  other.run = 0x9999;
  Runs runs(other, false);
  Analyzer analyzer(runs, true);
  analyzer.datagram(g_pdu(udp4_packet()), kAt);
  CHECK(analyzer.result().counts.unknown_run == 1);

  RunPlan small = plan();
  small.tunnels = 2;
  Runs small_runs(small, false);
  Analyzer narrow(small_runs, true);
  narrow.datagram(g_pdu(udp4_packet()), kAt);
  CHECK(narrow.result().counts.unknown_tunnel == 1);
  narrow.datagram(g_pdu(ipv4(17, udp(hex("00112233"), ue4(), server4()))), kAt);
  CHECK(narrow.result().counts.unstamped == 1);
  narrow.datagram(hex("ff"), kAt);
  CHECK(narrow.result().counts.malformed == 1);
  CHECK(narrow.result().counts.datagrams == 3);
  CHECK(narrow.result().stream.received == 0);
}

TEST_CASE("a sink learns the runs that come, so many and no more") {
  RunPlan model;
  model.tunnels = 8;
  model.latency = LatencyMeter::Kind::one_way_relative;
  const auto runs = Runs::learning(model, false);
  Analyzer analyzer(*runs, true);
  for (std::size_t run = 0; run < Runs::kMaxRuns + 4; ++run) {
    Octets payload = stamp_payload();
    store(payload, 16, static_cast<std::uint16_t>(run));
    analyzer.payload(payload, kAt);
  }
  CHECK(runs->size() == Runs::kMaxRuns);
  CHECK(analyzer.result().stream.received == Runs::kMaxRuns);
  CHECK(analyzer.result().counts.unknown_run == 4);
  CHECK(analyzer.result().summary().latency->kind == LatencyMeter::Kind::one_way_relative);
}
