// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <cerrno>

#include "tests/unit/gtptop-check/world.hpp"

using namespace gtp;
using namespace gtp::top;

TEST_CASE("301: sixteen tunnels for each bucket, of tables that do not grow") {
  World world;
  world.model.capabilities.traffic = Origin::none;
  for (std::uint32_t i = 10; i < 10 + 16 * 4 - 4; ++i)
    world.add_tunnel(i, IpAddress::v4(0x0a2e0000U + i), ip("192.0.2.1"));
  world.link.buckets = 4;
  world.tell_link();
  world.sum();
  CHECK(world.count(301) == 0);  // 63 tunnels
  world.add_tunnel(9, ip("10.45.0.9"), ip("192.0.2.1"));
  world.sum();
  CHECK(world.first(301).sentence.starts_with("16 tunnels per hash bucket of gtp0"));
  world.model.capabilities.traffic = Origin::module;  // ours
  CHECK(world.count(301) == 0);
}

TEST_CASE("302: no route to a subscriber") {
  World world;
  RouteFacts& route = world.facts.subscribers[1].route;
  SECTION("at all") {
    route.error = ENETUNREACH;
    CHECK(world.first(302).sentence.ends_with("do not reach gtp0: there is no route"));
  }
  SECTION("to the link") {
    route = World::way(route.destination, kEth1);
    CHECK(world.first(302).sentence.ends_with("do not reach gtp0: the route leads to eth1"));
  }
  CHECK(world.first(302).severity == Severity::critical);
  world.link.role = LinkRole::sgsn;
  world.tell_link();
  CHECK(world.count(302) == 0);
}

TEST_CASE("303: no route to a peer") {
  World world;
  world.facts.peers[0].error = ENETUNREACH;
  CHECK(world.first(303).sentence == "there is no route to the peer 192.0.2.1 of 3 tunnels");
  world.facts.peers[0].error = 0;
  CHECK(world.count(303) == 0);
}

TEST_CASE("303: packets without a route, as the link counts them") {
  World world;
  world.link.counters->no_route = 12;
  world.link.counters->tx_errors = 12;
  world.tell_link_later();
  CHECK(world.first(303).sentence == "12 packets per second of gtp0 have no route to their peer");
  CHECK(world.count(305) == 0);
}

TEST_CASE("304: the route to a peer leads into the tunnel") {
  World world;
  world.facts.peers[0] = World::way(ip("192.0.2.1"), kGtp0);
  CHECK(world.first(304).severity == Severity::critical);
  CHECK(world.count(107) == 0);
  world.facts.peers[0] = World::way(ip("192.0.2.1"), kEth1);
  CHECK(world.count(304) == 0);
}

TEST_CASE("305: packets for an address without tunnel") {
  World world;
  world.link.counters->tx_errors = 30;
  world.link.counters->no_route = 10;
  world.tell_link_later();
  CHECK(world.first(305).sentence == "20 packets per second to gtp0 are for an address without tunnel");
  SECTION("not while packets loop") {
    world.link.counters->loop = 1;
    World other;
    other.link = world.link;
    other.tell_link_later();
    CHECK(other.count(305) == 0);
  }
}

TEST_CASE("306: the reverse path filter drops, and is strict somewhere") {
  World world;
  world.facts.reverse_path.read(0);
  world.facts.reverse_path.read(4);
  CHECK(world.count(306) == 0);
  world.facts.interfaces[1].rp_filter = 1;
  CHECK(world.first(306).sentence.ends_with("strict on gtp0"));
  world.facts.reverse_path.read(4);
  CHECK(world.count(306) == 0);  // strict, and nothing lost
}

TEST_CASE("307: forwarding is off") {
  World world;
  world.facts.interfaces[1].forwarding_v4 = false;
  CHECK(world.first(307).object.text == "gtp0");
  world.link.role = LinkRole::sgsn;
  world.tell_link();
  CHECK(world.count(307) == 0);
}

TEST_CASE("307: IPv6 only where there are such tunnels") {
  World world;
  world.facts.interfaces[1].forwarding_v6 = false;
  CHECK(world.count(307) == 0);
  world.facts.subscribers[0].ms = ip("2001:db8:45::");
  world.facts.subscribers[0].route = World::way(ip("2001:db8:45::"), kGtp0);
  CHECK(world.count(307) == 1);
}

TEST_CASE("307: a chain FORWARD that drops") {
  World world;
  world.facts.dropping->push_back({"ip filter FORWARD", DroppingChain::Hook::forward, 4});
  CHECK(world.first(307).severity == Severity::note);
  world.facts.dropping.reset();
  CHECK(world.count(307) == 0);
}

TEST_CASE("308: a program has the port, where there is no link") {
  World world;
  world.facts.sockets[0].inode = 4711;
  CHECK(world.count(308) == 0);
  world.model.links.remove(kGtp0);
  CHECK(world.count(308) == 1);
  world.facts.sockets[0].inode = 0;
  CHECK(world.count(308) == 0);
}

TEST_CASE("309: no module") {
  World world;
  world.facts.module_loaded = false;
  CHECK(world.count(309) == 0);  // there is a link: it is built in
  world.model.links.remove(kGtp0);
  CHECK(world.first(309).sentence == "the module gtp is not installed for the kernel that runs");
  world.facts.module_installed = true;
  CHECK(world.first(309).severity == Severity::note);
  world.facts.module_blacklisted = "/etc/modprobe.d/no-gtp.conf";
  CHECK(world.first(309).sentence.ends_with("/etc/modprobe.d/no-gtp.conf"));
  world.facts.module_loaded = true;
  CHECK(world.count(309) == 0);
}

TEST_CASE("310: no right") {
  World world;
  world.facts.may_administer = false;
  CHECK(world.first(310).sentence.find("container") != std::string::npos);
  world.facts.root = false;
  CHECK(world.first(310).sentence.find("CAP_NET_ADMIN") != std::string::npos);
}

TEST_CASE("311: a link that is down") {
  World world;
  world.link.up = false;
  world.tell_link();
  CHECK(world.first(311).object.text == "gtp0");
}

TEST_CASE("312: a link that was moved") {
  World world;
  world.facts.interfaces[1].elsewhere = true;
  CHECK(world.first(312).object.text == "gtp0");
  CHECK(world.count(101) == 0);
}
