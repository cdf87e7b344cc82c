// SPDX-License-Identifier: GPL-2.0-or-later
//
// Property: whatever a middle box does to the datagrams of a run, every one that arrives is counted once, and what was
// sent is what was received and what was lost.
#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "gtpgen/receive/analyzer.hpp"
#include "tests/unit/gtpgen-receive/packets.hpp"

using namespace gtp::gen;
using namespace gtp::gen::test;

namespace {

constexpr std::uint16_t kRun = 0x1234;
constexpr std::uint32_t kTunnels = 5;

using Random = std::mt19937_64;

Octets datagram_of(std::uint32_t tunnel, std::uint32_t sequence, std::uint16_t run) {
  Octets stamp = hex("4754 00 000000 00000000 000000001000 0000 abcd");
  stamp[5] = static_cast<std::byte>(tunnel);
  store(stamp, 6, static_cast<std::uint16_t>(sequence >> 16));
  store(stamp, 8, static_cast<std::uint16_t>(sequence & 0xffff));
  store(stamp, 16, run);
  const Octets inner = ipv4(17, udp(stamp, ue4(), server4()));
  return sequence % 2 == 0 ? g_pdu(inner) : g_pdu_with_qfi(inner);
}

// What a box makes of one datagram: nothing, itself, something broken, several.
std::vector<Octets> harmed(const Octets& datagram, Random& random, unsigned wrath) {
  const auto draw = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
  if (draw(100) >= wrath) return {datagram};
  Octets broken = datagram;
  switch (draw(6)) {
    case 0:
      return {};
    case 1:
      return std::vector<Octets>(2 + draw(3), datagram);
    case 2:
      broken.resize(draw(broken.size()));
      return {broken};
    case 3:
      broken[draw(broken.size())] ^= static_cast<std::byte>(1U << draw(8));
      return {broken};
    case 4:
      return {datagram, hex("3201 0004 00000000 0001 0000"), hex("30fe 0000 51a0ff17")};
    default:
      broken.insert(broken.end(), draw(40), std::byte{0});  // padding behind
      return {broken, datagram_of(static_cast<std::uint32_t>(draw(9)), 7, 0x4321)};
  }
}

std::uint64_t all_of(const ReceiveResult& result) {
  const ReceiveCounts& c = result.counts;
  const SignallingReport& g = c.gtp;
  return result.stream.received + result.stream.duplicate + result.stream.late + c.corrupt + c.unstamped +
         c.unknown_run + c.unknown_tunnel + c.malformed + g.echo_requests + g.echo_responses + g.error_indications +
         g.supported_extension_headers + g.version_not_supported + g.end_markers + g.other;
}

}  // namespace

TEST_CASE("property: every datagram is counted once, whatever a box on the way does") {
  Random random(20261122);
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    RunPlan plan;
    plan.run = kRun;
    plan.tunnels = kTunnels;
    Runs runs(plan, false);
    Analyzer analyzer(runs, true);
    const auto wrath = static_cast<unsigned>(random() % 60);
    const std::size_t shuffle = 1 + random() % 200;
    std::vector<std::uint64_t> sent(kTunnels);
    std::vector<Octets> wire;
    for (int i = 0; i < 1500; ++i) {
      const auto tunnel = static_cast<std::uint32_t>(random() % kTunnels);
      const Octets datagram = datagram_of(tunnel, static_cast<std::uint32_t>(sent[tunnel]++), kRun);
      for (Octets& one : harmed(datagram, random, wrath)) wire.push_back(std::move(one));
    }
    for (std::size_t at = 0; at < wire.size(); at += shuffle) {
      if (random() % 4 != 0) continue;
      const auto first = wire.begin() + static_cast<std::ptrdiff_t>(at);
      std::shuffle(first, first + static_cast<std::ptrdiff_t>(std::min(shuffle, wire.size() - at)), random);
    }
    std::uint64_t time = 5000;
    for (const Octets& datagram : wire) analyzer.datagram(datagram, {time += 10, true});

    const ReceiveResult result = analyzer.result().summary();
    REQUIRE(result.counts.datagrams == wire.size());
    REQUIRE(all_of(result) == wire.size());
    REQUIRE(result.counts.stamped == result.stream.received + result.stream.duplicate + result.stream.late);
    REQUIRE(result.latency->histogram.count() == result.stream.received);
    const StreamTotals totals = runs.at(0).tracker().finish([&](std::uint32_t tunnel) { return sent[tunnel]; });
    REQUIRE(totals.expected == 1500);
    REQUIRE(totals.received == result.stream.received);
    REQUIRE(totals.received + totals.lost == 1500);
    if (wrath == 0) REQUIRE(totals.lost == result.stream.late);
  }
}
