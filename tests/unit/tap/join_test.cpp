// SPDX-License-Identifier: GPL-2.0-or-later
#include <catch2/catch.hpp>

#include <vector>

#include "gtptop/collect/tap_join.hpp"

using namespace gtp;
using namespace gtp::top;

namespace {

const IpAddress kHere = *IpAddress::parse("192.0.2.2");
const IpAddress kHereToo = *IpAddress::parse("192.0.2.3");
const IpAddress kPeer = *IpAddress::parse("198.51.100.1");
const IpAddress kOther = *IpAddress::parse("198.51.100.2");

TunnelSample tunnel(std::uint32_t i_tei, std::uint32_t o_tei, const IpAddress& peer, std::uint32_t link = 5) {
  TunnelSample out;
  out.key.id = i_tei;
  out.key.link = link;
  out.o_tei = o_tei;
  out.peer = peer;
  return out;
}

tap::Count count(const IpAddress& to, std::uint32_t teid, bool out, std::uint64_t packets, const IpAddress& from) {
  tap::Count result;
  result.key = {to, teid, out, false};
  result.packets = packets;
  result.bytes = packets * 100;
  result.from = from;
  return result;
}

struct Forgotten {
  std::vector<tap::Key> keys;
  void operator()(const tap::Key& key) { keys.push_back(key); }
};

}  // namespace

TEST_CASE("join: received by I-TEI, sent by peer and O-TEI") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  join.begin_counts();
  CHECK(join.add(count(kHere, 0x10, false, 3, kPeer), 7));
  CHECK(join.add(count(kPeer, 0x20, true, 4, kHere), 9));
  CHECK_FALSE(join.add(count(kHere, 0x20, false, 1, kPeer), 9));  // swapped
  CHECK_FALSE(join.add(count(kOther, 0x20, true, 1, kHere), 9));
  const auto sum = join.sum(tunnel(0x10, 0x20, kPeer).key);
  REQUIRE(sum);
  CHECK(sum->counters(LinkRole::ggsn) == TunnelCounters{3, 300, 4, 400});
  CHECK(sum->counters(LinkRole::sgsn) == TunnelCounters{4, 400, 3, 300});
  CHECK(sum->seen_s == 9);
}

TEST_CASE("join: several addresses of this host add up, and a sweep begins anew") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  for (int sweep = 0; sweep < 2; ++sweep) {
    join.begin_counts();
    CHECK(join.add(count(kHere, 0x10, false, 3, kPeer), 1));
    CHECK(join.add(count(kHereToo, 0x10, false, 2, kOther), 1));
    CHECK(join.sum(tunnel(0x10, 0, kPeer).key)->rx_packets == 5);
  }
}

TEST_CASE("join: one I-TEI on two links is told by the peer") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer, 5), forget);
  join.tunnel(tunnel(0x10, 0x30, kOther, 6), forget);
  join.begin_counts();
  CHECK(join.add(count(kHere, 0x10, false, 3, kOther), 1));
  CHECK(join.sum(tunnel(0x10, 0, kPeer, 5).key)->rx_packets == 0);
  CHECK(join.sum(tunnel(0x10, 0, kPeer, 6).key)->rx_packets == 3);
}

TEST_CASE("join: a handover keeps what was counted") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  join.begin_counts();
  CHECK(join.add(count(kPeer, 0x20, true, 4, kHere), 1));
  join.tunnel(tunnel(0x10, 0x21, kOther), forget);
  REQUIRE(forget.keys.size() == 1);
  CHECK(forget.keys[0] == tap::Key{kPeer, 0x20, true, false});
  join.begin_counts();
  CHECK(join.add(count(kOther, 0x21, true, 2, kHere), 1));
  CHECK(join.sum(tunnel(0x10, 0, kPeer).key)->tx_packets == 6);
}

TEST_CASE("join: one O-TEI of one peer on two links is the later one's, also when the other goes elsewhere") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer, 5), forget);
  join.tunnel(tunnel(0x11, 0x20, kPeer, 6), forget);
  join.tunnel(tunnel(0x10, 0x21, kPeer, 5), forget);
  CHECK(forget.keys.empty());
  join.begin_counts();
  CHECK(join.add(count(kPeer, 0x20, true, 4, kHere), 1));
  CHECK(join.sum(tunnel(0x11, 0, kPeer, 6).key)->tx_packets == 4);
  CHECK(join.sum(tunnel(0x10, 0, kPeer, 5).key)->tx_packets == 0);
}

TEST_CASE("join: what a sweep of the kernel does not tell of is gone, with its keys") {
  TapJoin join;
  Forgotten forget;
  join.begin_kernel_sweep();
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  join.tunnel(tunnel(0x11, 0x21, kPeer), forget);
  join.end_kernel_sweep(forget);
  CHECK(join.tunnels() == 2);
  join.begin_counts();
  CHECK(join.add(count(kHere, 0x11, false, 1, kPeer), 1));
  join.begin_kernel_sweep();
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  join.end_kernel_sweep(forget);
  CHECK(join.tunnels() == 1);
  CHECK(forget.keys == std::vector<tap::Key>{{kPeer, 0x21, true, false}, {kHere, 0x11, false, false}});
  CHECK_FALSE(join.knows(count(kHere, 0x11, false, 1, kPeer)));
  join.link_gone(5, forget);
  CHECK(join.tunnels() == 0);
}

TEST_CASE("join: a row on the screen is read anew") {
  TapJoin join;
  Forgotten forget;
  join.tunnel(tunnel(0x10, 0x20, kPeer), forget);
  join.begin_counts();
  CHECK(join.add(count(kHere, 0x10, false, 3, kPeer), 1));
  const auto find = [](const tap::Key& key) -> std::optional<tap::Count> {
    return key.out ? count(kPeer, 0x20, true, 8, kHere) : count(kHere, 0x10, false, 9, kPeer);
  };
  const auto seen = [](const tap::Count&) { return 5U; };
  CHECK(join.sum_now(tunnel(0x10, 0, kPeer).key, find, seen)->counters(LinkRole::ggsn) ==
        TunnelCounters{9, 900, 8, 800});
  CHECK(join.sum(tunnel(0x10, 0, kPeer).key)->rx_packets == 3);
}
