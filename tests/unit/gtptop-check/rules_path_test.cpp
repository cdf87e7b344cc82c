// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <utility>

#include "tests/unit/gtptop-check/world.hpp"

using namespace gtp;
using namespace gtp::top;

namespace {

void lose(World& world, unsigned echoes) {
  const std::uint32_t number = *world.model.peers.find(ip("192.0.2.1"));
  for (unsigned i = 0; i < echoes; ++i) {
    world.model.peers.echo_sent(number, kNow);
    world.model.peers.echo_lost(number, kNow);
  }
}

}  // namespace

TEST_CASE("201: as many Echo Requests as N3-REQUESTS are lost in a row") {
  World world;
  lose(world, kN3Requests - 1);
  CHECK(world.count(201) == 0);
  lose(world, 1);
  CHECK(world.first(201).severity == Severity::critical);
  CHECK(world.first(201).sentence.find("3 tunnels use it") != std::string::npos);
  CHECK(world.first(201).since_ns == kNow);
  const std::uint64_t tunnels = std::exchange(world.peer().tunnels, 0);
  CHECK(world.count(201) == 0);
  world.peer().tunnels = tunnels;
  world.model.peers.echo_answered(*world.model.peers.find(ip("192.0.2.1")), kNow, 400'000);
  CHECK(world.count(201) == 0);
}

TEST_CASE("202: some are lost") {
  World world;
  lose(world, 1);
  CHECK(world.count(202) == 1);
  CHECK(world.count(201) == 0);
}

TEST_CASE("203: no answer, but packets") {
  World world;
  lose(world, kN3Requests);
  world.peer().last_rx_ns = kNow - kSecond;
  CHECK(world.count(203) == 1);
  CHECK(world.count(201) == 0);
  world.peer().last_rx_ns = kNow - 60 * kSecond;
  CHECK(world.count(203) == 0);
  CHECK(world.count(201) == 1);
}

TEST_CASE("204: a restart counter that changed, until it is acknowledged") {
  World world;
  const std::uint32_t number = *world.model.peers.find(ip("192.0.2.1"));
  world.model.peers.restarted(number, 7);
  CHECK(world.count(204) == 0);
  world.model.peers.restarted(number, 8);
  CHECK(world.first(204).sentence == "restart counter of 192.0.2.1 went from 7 to 8");
  world.model.peers.acknowledge(number);
  CHECK(world.count(204) == 0);
}

TEST_CASE("205: ICMP says unreachable") {
  World world;
  world.facts.unreachable.read(5);
  CHECK(world.count(205) == 0);
  world.facts.unreachable.read(7);
  CHECK(world.first(205).sentence.starts_with("2 ICMP messages"));
  world.facts.unreachable.read(7);
  CHECK(world.count(205) == 0);
}

TEST_CASE("206: a private peer behind the default route") {
  World world;
  world.add_tunnel(4, ip("10.45.0.4"), ip("192.168.7.7"));
  world.sum();
  world.facts.peers.push_back(World::way(ip("192.168.7.7"), kEth1));
  CHECK(world.count(206) == 0);  // a route of its own leads there
  world.facts.peers[1].by_default = true;
  CHECK(world.first(206).object.text == "192.168.7.7");
  world.facts.peers[1].route.source = ip("192.168.1.1");  // a private network
  CHECK(world.count(206) == 0);
}

TEST_CASE("206: which addresses are private (RFC 1918, RFC 6598)") {
  const auto found = [](const char* peer) {
    World world;
    world.add_tunnel(4, ip("10.45.0.4"), ip(peer));
    world.sum();
    world.facts.peers.push_back(World::way(ip(peer), kEth1));
    world.facts.peers[1].by_default = true;
    return world.count(206) == 1;
  };
  for (const char* peer :
       {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255"}) {
    INFO(peer);
    CHECK(found(peer));
  }
  for (const char* peer : {"9.255.255.255", "11.0.0.1", "172.15.255.255", "172.32.0.1", "192.167.0.1", "192.169.0.1",
                           "100.63.255.255", "100.128.0.1"}) {
    INFO(peer);
    CHECK_FALSE(found(peer));
  }
}

TEST_CASE("207: a peer that is this host") {
  World world;
  world.facts.peers[0].local = true;
  CHECK(world.first(207).object.text == "192.0.2.1");
  world.facts.peers[0].local = false;
  CHECK(world.count(207) == 0);
}
