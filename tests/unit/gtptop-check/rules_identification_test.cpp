// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "kernel/uapi/linux/gtp.h"
#include "tests/unit/gtptop-check/world.hpp"

using namespace gtp;
using namespace gtp::top;

TEST_CASE("a host where all is well has no finding") {
  const World world;
  CHECK(world.found().empty());
}

TEST_CASE("101: nobody listens") {
  World world;
  world.facts.sockets.clear();
  CHECK(world.first(101).object.text == "gtp0");
  SECTION("unless the sockets are in another namespace") {
    world.facts.interfaces[1].elsewhere = true;
    CHECK(world.count(101) == 0);
  }
  SECTION("or nobody could look") {
    world.facts.sockets_known = false;
    CHECK(world.count(101) == 0);
  }
}

TEST_CASE("101: a firewall that drops by policy, on input only") {
  World world;
  world.facts.dropping->push_back({"inet filter input", DroppingChain::Hook::input, 0});
  CHECK(world.first(101).severity == Severity::note);
  CHECK(world.first(101).sentence.find("inet filter input") != std::string::npos);
  world.facts.dropping->front().hook = DroppingChain::Hook::output;
  CHECK(world.count(101) == 0);
}

TEST_CASE("101: a peer that has never answered") {
  World world;
  world.model.tick = 61;
  world.peer().has_rates = true;
  world.peer().dn_bps = 1000;
  CHECK(world.first(101).object.text == "192.0.2.1");
  world.peer().up_bytes = 1;
  CHECK(world.count(101) == 0);
}

TEST_CASE("102: unknown TEIDs, counted by our module") {
  World world;
  world.link.counters->no_tunnel = 5;
  world.tell_link();
  CHECK(world.count(102) == 0);
  world.link.counters->no_tunnel = 16;
  world.tell_link_later();
  CHECK(world.first(102).severity == Severity::critical);
  CHECK(world.first(102).sentence == "11 G-PDUs per second come to gtp0 for TEIDs it does not know");
}

TEST_CASE("102: a socket that nobody reads, on mainline's") {
  World world;
  world.link.receive_queue_bytes = 213'120;
  world.tell_link();
  CHECK(world.count(102) == 0);  // full, and nothing lost yet
  world.link.socket_drops = 2787;
  world.tell_link_later();
  CHECK(world.count(102) == 1);
}

TEST_CASE("losses that our module counts") {
  World world;
  const auto grows = [&](std::size_t counter) { world.facts.gtp_links[0].grown.values[counter] = 3; };
  SECTION("103") {
    grows(GTP_LC_RX_WRONG_MS);
    CHECK(world.first(103).sentence.starts_with("3 packets to gtp0 came from another address"));
  }
  SECTION("105") {
    grows(GTP_LC_RX_VERSION);
    CHECK(world.count(105) == 1);
  }
  SECTION("106, once a link") {
    grows(GTP_LC_RX_INNER);
    grows(GTP_LC_RX_LENGTH);
    CHECK(world.count(106) == 1);
  }
  SECTION("109") {
    grows(GTP_LC_RX_COMPREHENSION);
    CHECK(world.count(109) == 1);
  }
  SECTION("109, as the peer says it") {
    grows(GTP_LC_EXT_NOTIFICATION_RX);
    CHECK(world.count(109) == 1);
  }
  REQUIRE(world.found().size() == 1);
  world.facts.repeated = false;  // the first reading knows no growth
  CHECK(world.found().empty());
}

TEST_CASE("104: a ggsn whose subscribers are its own addresses") {
  World world;
  for (SubscriberFacts& each : world.facts.subscribers) each.route.local = true;
  CHECK(world.first(104).severity == Severity::critical);
  world.facts.subscribers[0].route.local = false;  // one is not: the others may be the tests of an operator
  CHECK(world.count(104) == 0);
}

TEST_CASE("104: an sgsn with routes as on a ggsn") {
  World world;
  world.link.role = LinkRole::sgsn;
  world.tell_link();
  CHECK(world.count(104) == 1);
  for (SubscriberFacts& each : world.facts.subscribers)
    each.route = World::way(each.ms, kEth1), each.route.local = true;
  CHECK(world.count(104) == 0);
}

TEST_CASE("107: GTP in GTP") {
  World world;
  world.facts.peers[0].gtp = true;
  world.facts.peers[0].route.link = 9;
  world.facts.peers[0].interface = "gtp9";
  CHECK(world.first(107).object.text == "192.0.2.1");
  world.facts.peers[0].gtp = false;
  CHECK(world.count(107) == 0);
}

TEST_CASE("108: Error Indications") {
  World world;
  world.peer().error_indications_per_s = 40;
  CHECK(world.first(108).sentence == "192.0.2.1 sends 40 Error Indications per second");
  world.peer().error_indications_per_s = 0.2;
  CHECK(world.count(108) == 0);
}

TEST_CASE("110: a QFI that comes and does not go") {
  World world;
  world.facts.subscribers[1].seen_qfi = std::uint8_t{9};
  CHECK(world.first(110).object.text == "gtp0");
  world.facts.subscribers[1].qfi = std::uint8_t{9};
  CHECK(world.count(110) == 0);
}

TEST_CASE("111: a tunnel that outlives its End Marker") {
  World world;
  Event event;
  event.kind = EventKind::end_marker;
  event.key.link = kGtp0;
  event.key.id = 2;
  event.time_ns = kNow - 20 * kSecond;
  world.model.events.add(event);
  CHECK(world.first(111).object.text == "gtp0/0x00000002");
  SECTION("gone since") {
    world.model.tunnels.remove(event.key);
    CHECK(world.count(111) == 0);
  }
  SECTION("too soon to tell") {
    world.model.now_ns = kNow - 15 * kSecond;
    CHECK(world.count(111) == 0);
  }
}

TEST_CASE("112: a tunnel that its TEID does not find") {
  World world;
  world.facts.subscribers[2].found_by_id = false;
  CHECK(world.first(112).object.text == "gtp0/0x00000003");
  world.facts.subscribers[2].found_by_id.reset();
  CHECK(world.count(112) == 0);
}
