// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <cmath>

#include "gtptop/model/model.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
const IpAddress kPeer = *IpAddress::parse("192.0.2.33");

TEST_CASE("a path is down after N3-REQUESTS losses in a row, and up with the next answer") {
  PeerTable peers;
  const std::uint32_t peer = peers.intern(kPeer);
  std::uint64_t now = 1000 * kSecond;
  CHECK(peers[peer].state(now) == PathState::unknown);
  peers.echo_answered(peer, now, 400'000);
  CHECK(peers[peer].state(now) == PathState::up);
  for (unsigned i = 1; i <= kN3Requests; ++i) {
    peers.echo_sent(peer, now);
    now += kT3ResponseNs;
    peers.echo_lost(peer, now);
    CHECK(peers[peer].state(now) == (i < kN3Requests ? PathState::suspect : PathState::down));
  }
  const PeerRow row = peers.row(peer, {}, now + 192 * kSecond);
  CHECK(row.down_for_s == 192);
  CHECK(row.loss_percent == 83);  // 5 of 6
  CHECK_FALSE(row.rtt_ns);        // what was measured before says nothing now
  REQUIRE(row.rtt_history.size() == 6);
  CHECK(row.rtt_history[0] == Approx(0.4));
  CHECK(std::isnan(row.rtt_history[5]));
  peers.echo_answered(peer, now, 500'000);
  CHECK(peers[peer].state(now) == PathState::suspect);
  for (int i = 0; i < 10; ++i) peers.echo_answered(peer, now, 500'000);
  CHECK(peers[peer].state(now) == PathState::up);
}

TEST_CASE("a G-PDU shows that a path is up for 10 s; what we send shows nothing") {
  Model model;
  LinkRow link;
  link.index = 1;
  link.role = LinkRole::ggsn;
  model.links.update(link, 0);
  TunnelSample sample;
  sample.key.id = 5;
  sample.key.link = 1;
  sample.peer = kPeer;
  sample.counters = TunnelCounters{};
  model.now_ns = 100 * kSecond;
  model.add(sample, 1);
  model.now_ns += kSecond;
  sample.counters = TunnelCounters{0, 0, 10, 1000};  // DN is what a ggsn sends
  model.add(sample, 1);
  model.peers.aggregate(model.tunnels, model.links, model.now_ns);
  const std::uint32_t peer = *model.peers.find(kPeer);
  CHECK(model.peers[peer].state(model.now_ns) == PathState::unknown);
  model.now_ns += kSecond;
  sample.counters = TunnelCounters{1, 100, 20, 2000};
  model.add(sample, 1);
  model.peers.aggregate(model.tunnels, model.links, model.now_ns);
  CHECK(model.peers[peer].state(model.now_ns) == PathState::up);
  CHECK(model.peers[peer].state(model.now_ns + 11 * kSecond) == PathState::unknown);
  const PeerRow row = model.peers.row(peer, model.links, model.now_ns);
  CHECK(row.tunnels == 1);
  CHECK(row.up_bps == 800);
  CHECK(row.dn_bps == 8000);
  CHECK(row.up_bytes == 100);
}

TEST_CASE("without counters a peer's sums are not known") {
  Model model;
  TunnelSample sample;
  sample.peer = kPeer;
  model.add(sample, 1);
  model.peers.aggregate(model.tunnels, model.links, kSecond);
  const PeerRow row = model.peers.row(0, model.links, kSecond);
  CHECK(row.tunnels == 1);
  CHECK_FALSE(row.up_bps);
  CHECK_FALSE(row.up_bytes);
}

TEST_CASE("a peer without tunnels goes, one that was asked stays") {
  Model model;
  const std::uint32_t asked = model.peers.intern(kPeer);
  model.peers.echo_answered(asked, 1, 1);
  const IpAddress other = *IpAddress::parse("192.0.2.34");
  model.peers.intern(other);
  model.peers.aggregate(model.tunnels, model.links, 1);
  CHECK(model.peers.size() == 1);
  CHECK(model.peers.find(kPeer));
  CHECK_FALSE(model.peers.find(other));
  CHECK(model.peers.intern(*IpAddress::parse("192.0.2.35")) == 1);  // its number is used again
}

TEST_CASE("a restart is shown until it is acknowledged") {
  PeerTable peers;
  const std::uint32_t peer = peers.intern(kPeer);
  peers.restarted(peer, 7);
  CHECK_FALSE(peers.row(peer, {}, 0).recovery_before);
  peers.restarted(peer, 8);
  peers.restarted(peer, 9);
  CHECK(peers.row(peer, {}, 0).recovery == 9);
  CHECK(peers.row(peer, {}, 0).recovery_before == 7);
  peers.acknowledge(peer);
  CHECK_FALSE(peers.row(peer, {}, 0).recovery_before);
}

}  // namespace
}  // namespace gtp::top
