// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include "kernel/uapi/linux/gtp.h"
#include "tests/unit/gtptop-check/world.hpp"

using namespace gtp;
using namespace gtp::top;

TEST_CASE("what GTP puts around a packet") {
  CHECK(tunnel_overhead(false, false, false) == 36);
  CHECK(tunnel_overhead(false, false, true) == 44);
  CHECK(tunnel_overhead(true, false, false) == 56);
  CHECK(tunnel_overhead(false, true, false) == 48);
}

TEST_CASE("401: larger than the way to a peer, by one octet") {
  World world;
  world.link.mtu = 1464;
  world.tell_link();
  CHECK(world.count(401) == 0);
  world.link.mtu = 1465;
  world.tell_link();
  CHECK(world.first(401).sentence.starts_with("MTU 1465 of gtp0 with GTP around it is 1501"));
}

TEST_CASE("401: a QFI takes eight octets more") {
  World world;
  world.link.mtu = 1464;
  world.tell_link();
  world.facts.subscribers[0].qfi = std::uint8_t{1};
  CHECK(world.count(401) == 1);
}

TEST_CASE("402: fragments") {
  World world;
  world.facts.fragments_made.read(0);
  world.facts.fragments_made.read(8);
  CHECK(world.first(402).severity == Severity::note);
  CHECK(world.first(402).sentence == "8 fragments were sent: firewalls and NAT often drop such");
  // Our module tells whose: that says more.
  GtpLinkFacts own;
  own.link = world.link.index;
  own.grown.count = GTP_LC_TX_FRAGMENTED + 1;
  own.grown.values[GTP_LC_TX_FRAGMENTED] = 4;
  world.facts.gtp_links.push_back(own);
  CHECK(world.count(402) == 1);
  CHECK(world.first(402).sentence == "4 packets left gtp0 in fragments: firewalls and NAT often drop such");
  world.facts.gtp_links.clear();
  world.facts.reassembly_fails.read(0);
  world.facts.reassembly_fails.read(1);
  CHECK(world.first(402).severity == Severity::warning);
  CHECK(world.count(402) == 1);
  world.facts.fragments_made.read(8);
  world.facts.reassembly_fails.read(1);
  CHECK(world.count(402) == 0);
}

TEST_CASE("403: path MTU discovery switched off") {
  World world;
  world.facts.pmtu_discovery = false;
  CHECK(world.count(403) == 1);
  world.facts.pmtu_discovery.reset();
  CHECK(world.count(403) == 0);
}

TEST_CASE("405: wrong checksums") {
  World world;
  world.facts.checksum_errors.read(1);
  CHECK(world.count(405) == 0);
  world.facts.checksum_errors.read(2);
  CHECK(world.first(405).sentence.starts_with("1 UDP datagram had"));
}

TEST_CASE("501: a full backlog") {
  World world;
  world.facts.softnet_dropped.read(0);
  CHECK(world.count(501) == 0);
  world.facts.softnet_dropped.read(9);
  CHECK(world.first(501).sentence.starts_with("9 packets"));
}

TEST_CASE("501: a program that is too slow; not the kernel's own socket") {
  World world;
  world.facts.rcvbuf_errors.read(0);
  world.facts.rcvbuf_errors.read(9);
  CHECK(world.count(501) == 0);
  world.facts.sockets[0].inode = 4711;
  CHECK(world.count(501) == 1);
}

TEST_CASE("502: one processor has it all") {
  World world;
  for (Growing& each : world.facts.softnet_packets) each.read(0);
  world.facts.softnet_packets[1].read(950'000);
  world.facts.softnet_packets[0].read(50'000);
  CHECK(world.first(502).sentence.starts_with("95% of all packets are received by processor 1"));
  world.facts.softnet_packets[0].read(1'000'000);
  CHECK(world.count(502) == 0);
}

TEST_CASE("502: not when there is little to do, or one processor") {
  World world;
  for (Growing& each : world.facts.softnet_packets) each.read(0);
  world.facts.softnet_packets[1].read(99'999);
  CHECK(world.count(502) == 0);
  world.facts.softnet_packets.resize(1);
  world.facts.softnet_packets[0].read(1'000'000);
  CHECK(world.count(502) == 0);
}

TEST_CASE("503: the table of connections is nearly full") {
  World world;
  world.facts.conntrack_count = 899;
  CHECK(world.count(503) == 0);
  world.facts.conntrack_count = 900;
  CHECK(world.first(503).sentence.find("900 of 1,000") != std::string::npos);
}

TEST_CASE("504: events were lost, also for a minute after all was read anew") {
  World world;
  world.model.sweep.resync = true;
  CHECK(world.first(504).severity == Severity::note);
  world.model.sweep.resync = false;
  CHECK(world.count(504) == 0);
  world.model.sweep.resync_ns = kNow - 12 * kSecond;
  CHECK(world.first(504).sentence.find("12.0 s ago") != std::string::npos);
  world.model.sweep.resync_ns = kNow - 60 * kSecond;
  CHECK(world.count(504) == 0);
}

TEST_CASE("505: many rounds of receiving end with packets left over; lost packets are 501") {
  World world;
  world.facts.softnet_squeezed.read(7);
  CHECK(world.count(505) == 0);
  world.facts.softnet_squeezed.read(106);
  CHECK(world.count(505) == 0);
  world.facts.softnet_squeezed.read(1'306);
  CHECK(world.first(505).severity == Severity::note);
  CHECK(world.first(505).sentence.starts_with("receiving was broken off 1,200 times"));
  world.facts.softnet_dropped.read(0);
  world.facts.softnet_dropped.read(1);
  CHECK(world.count(505) == 0);
  CHECK(world.count(501) == 1);
}
