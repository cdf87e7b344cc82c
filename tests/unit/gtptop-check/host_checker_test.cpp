// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/host_checker.hpp"

#include <catch2/catch.hpp>

#include <cerrno>

#include "gtptop/check/live_checks.hpp"
#include "gtptop/check/model_checker.hpp"
#include "tests/unit/gtptop-check/world.hpp"

using namespace gtp;
using namespace gtp::top;

namespace {

class CountingReader final : public HostReader {
 public:
  explicit CountingReader(int& readings) : readings_(readings) {}
  void read(const Model&, HostFacts& facts) override {
    facts = World().facts;
    facts.conntrack_count = ++readings_ >= 2 ? 1000 : 0;
  }
  RouteFacts peer(const IpAddress& address) override { return World::way(address, kEth1); }
  SubscriberFacts subscriber(const TunnelKey&, const IpAddress& ms) override {
    SubscriberFacts out;
    out.route = World::way(ms, kGtp0);
    return out;
  }
  LinkFacts around(std::uint32_t link) override {
    LinkFacts out;
    out.addresses.push_back({link, *IpPrefix::parse("10.45.0.1/16"), {}, 0, 0});
    return out;
  }

 private:
  int& readings_;
};

const LiveCheck& named(const std::vector<LiveCheck>& checks, const char* name) {
  for (const LiveCheck& each : checks) {
    if (each.name == name) return each;
  }
  FAIL("no check " << name);
  return checks.front();
}

TunnelDetail detail_of(const World& world, std::uint32_t teid) {
  TunnelKey key;
  key.link = kGtp0;
  key.id = teid;
  TunnelDetail detail;
  detail.row = tunnel_row(world.model, world.model.tunnels.find(key), false);
  return detail;
}

}  // namespace

TEST_CASE("facts are read at once, within a second again, and then rarely") {
  World world;
  int readings = 0;
  HostChecker checker(std::make_unique<CountingReader>(readings));
  std::vector<Finding> findings;
  const auto at = [&](double seconds) {
    findings.clear();
    checker.evaluate(world.model, kNow + static_cast<std::uint64_t>(seconds * 1e9), findings);
    return readings;
  };
  CHECK(at(0) == 1);
  CHECK(findings.empty());
  CHECK(at(0.2) == 1);
  CHECK(at(1) == 2);
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].id == 503);
  CHECK(at(5.9) == 2);
  CHECK(at(6) == 3);
}

TEST_CASE("the checks of a tunnel where all is well") {
  const World world;
  int readings = 0;
  HostChecker checker(std::make_unique<CountingReader>(readings));
  std::vector<Finding> findings;
  checker.evaluate(world.model, kNow, findings);
  const auto checks = checker.check_tunnel(world.model, detail_of(world, 1));
  CHECK(named(checks, "route to peer").what == "192.0.2.1 dev eth1 src 198.51.100.1");
  CHECK(named(checks, "route to MS").outcome == CheckOutcome::ok);
  CHECK(named(checks, "MTU").what == "gtp0 1400 + 36 octets of GTP/UDP/IP = 1436, eth1 takes 1500");
  CHECK(named(checks, "reverse path filter").outcome == CheckOutcome::ok);
  CHECK(named(checks, "forwarding").outcome == CheckOutcome::ok);
  CHECK(named(checks, "firewall").outcome == CheckOutcome::ok);
  CHECK(named(checks, "sockets").outcome == CheckOutcome::ok);
  CHECK(named(checks, "path").outcome == CheckOutcome::skip);
}

TEST_CASE("the page of a link: addresses, routes, settings, sockets") {
  World world;
  LinkFacts around;
  around.addresses.push_back({kGtp0, *IpPrefix::parse("10.45.0.1/16"), {}, 0, 0});
  netlink::Route route;
  route.destination = *IpPrefix::parse("10.45.0.0/16");
  route.link = kGtp0;
  route.table = 254;
  around.routes.push_back(route);
  auto lines = link_checks(world.facts, around, world.link);
  CHECK(named(lines, "address").what == "10.45.0.1/16");
  CHECK(named(lines, "route").what == "10.45.0.0/16");
  CHECK(named(lines, "route").outcome == CheckOutcome::ok);
  CHECK(named(lines, "forwarding, IPv4").what == "on");
  CHECK(named(lines, "reverse path filter").outcome == CheckOutcome::ok);

  world.facts.interfaces[1].rp_filter = 1;
  world.facts.interfaces[1].forwarding_v4 = false;
  world.link.tunnels_v1 = 3;
  lines = link_checks(world.facts, {}, world.link);
  CHECK(named(lines, "address").what == "none");
  CHECK(named(lines, "route").look == "GTP-302");
  CHECK(named(lines, "reverse path filter").outcome == CheckOutcome::note);
  CHECK(named(lines, "forwarding, IPv4").outcome == CheckOutcome::warn);
  // Without a host to look at, nothing is claimed about it.
  for (const LiveCheck& line : link_checks(HostFacts{}, {}, world.link)) CHECK(line.name == "sockets");
}

TEST_CASE("a model alone makes findings about itself only") {
  World world;
  std::vector<Finding> findings;
  ModelChecker().evaluate(world.model, kNow, findings);
  CHECK(findings.empty());
  world.link.buckets = 1;
  world.tell_link();
  Model empty;
  ModelChecker().evaluate(empty, kNow, findings);
  CHECK(findings.empty());
}

TEST_CASE("and where nothing is") {
  World world;
  world.link.mtu = 1500;
  world.link.receive_queue_bytes = 213'120;
  world.tell_link();
  world.facts.interfaces[1].forwarding_v4 = false;
  world.facts.interfaces[1].rp_filter = 1;
  world.facts.dropping.reset();
  RouteFacts peer = World::way(ip("192.0.2.1"), kGtp0);
  SubscriberFacts subscriber;
  subscriber.route.error = ENETUNREACH;
  subscriber.found_by_id = false;
  auto checks = live_checks(world.facts, peer, subscriber, world.model, detail_of(world, 1));
  CHECK(named(checks, "route to peer").look == "GTP-304");
  CHECK(named(checks, "route to MS").look == "GTP-302");
  CHECK(named(checks, "hash").look == "GTP-112");
  CHECK(named(checks, "MTU").look == "GTP-401");
  CHECK(named(checks, "reverse path filter").outcome == CheckOutcome::note);
  CHECK(named(checks, "forwarding").look == "GTP-307");
  CHECK(named(checks, "firewall").outcome == CheckOutcome::skip);
  CHECK(named(checks, "sockets").look == "GTP-102");
  peer.error = ENETUNREACH;
  checks = live_checks(world.facts, peer, subscriber, world.model, detail_of(world, 1));
  CHECK(named(checks, "route to peer").look == "GTP-303");
  CHECK(named(checks, "MTU").outcome == CheckOutcome::skip);
}
