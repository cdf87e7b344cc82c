// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/kernel_map.hpp"

#include <catch2/catch.hpp>

#include "kernel/uapi/linux/gtp.h"

using namespace gtp;
using namespace gtp::top;

namespace {

constexpr std::uint64_t kNow = 1'700'000'000'500'000'000;

IpAddress ip(const char* text) { return *IpAddress::parse(text); }

netlink::Tunnel counted_tunnel() {
  netlink::Tunnel tunnel;
  tunnel.link = 7;
  tunnel.i_tei = 100;
  tunnel.o_tei = 200;
  tunnel.ms = ip("10.45.0.2");
  tunnel.peer = ip("192.0.2.1");
  netlink::TunnelStats stats;
  stats.rx_packets = 1;
  stats.rx_bytes = 2;
  stats.tx_packets = 3;
  stats.tx_bytes = 4;
  stats.rx_idle_ms = 5600;
  stats.created_ns = 1'600'000'000'999'999'999;
  stats.rx_drop_ms = 10;
  stats.rx_drop_inner = 20;
  stats.tx_drop_too_big = 30;
  stats.tx_drop_route = 40;
  tunnel.stats = stats;
  return tunnel;
}

}  // namespace

TEST_CASE("received is UP on a ggsn and DN on an sgsn") {
  const auto up = sample_of(counted_tunnel(), LinkRole::ggsn, kNow);
  CHECK(*up.counters == TunnelCounters{1, 2, 3, 4});
  const auto dn = sample_of(counted_tunnel(), LinkRole::sgsn, kNow);
  CHECK(*dn.counters == TunnelCounters{3, 4, 1, 2});
}

TEST_CASE("times and losses of a tunnel") {
  const auto sample = sample_of(counted_tunnel(), LinkRole::ggsn, kNow);
  CHECK(sample.drops == 100U);
  CHECK(sample.seen_s == 1'699'999'994U);  // of the direction that was idle for less
  CHECK(sample.created_s == 1'600'000'000U);
  netlink::Tunnel never = counted_tunnel();
  never.stats->rx_idle_ms = netlink::TunnelStats::kNever;
  CHECK(!sample_of(never, LinkRole::ggsn, kNow).seen_s);
}

TEST_CASE("mainline's tunnels have no figure at all") {
  netlink::Tunnel tunnel = counted_tunnel();
  tunnel.stats.reset();
  const auto sample = sample_of(tunnel, LinkRole::ggsn, kNow);
  CHECK(!sample.counters);
  CHECK(!sample.drops);
  CHECK(!sample.seen_s);
  CHECK(!sample.created_s);
}

TEST_CASE("keys go both ways") {
  netlink::Tunnel tunnel = counted_tunnel();
  SECTION("GTPv1") { CHECK(key_of(tunnel).id == 100); }
  SECTION("GTPv0") {
    tunnel.version = netlink::GtpVersion::v0;
    tunnel.tid = 0x1001000000000042;
    CHECK(key_of(tunnel).version == 0);
    CHECK(key_of(tunnel).id == 0x1001000000000042);
  }
  SECTION("IPv6 inside") {
    tunnel.ms = ip("2001:db8:45::");
    CHECK(key_of(tunnel).inner_v6 == 1);
  }
  const netlink::TunnelKey there = key_of(key_of(tunnel));
  const netlink::TunnelKey wanted = netlink::TunnelKey::of(tunnel);
  CHECK(there.link == 7);
  CHECK(there.id == wanted.id);
  CHECK(there.version == wanted.version);
  CHECK(there.inner_v6 == wanted.inner_v6);
  CHECK(there.ms.empty());
}

TEST_CASE("a link's counters, as mainline means them") {
  netlink::Link link;
  link.index = 7;
  link.name = "gtp0";
  link.mtu = 1452;
  link.gtp = netlink::GtpLinkInfo{netlink::GtpRole::ggsn, 1024, 9};
  netlink::LinkStats stats;
  stats.rx_packets = 1;
  stats.tx_packets = 2;
  stats.rx_bytes = 3;
  stats.tx_bytes = 4;
  stats.tx_errors = 50;
  stats.tx_dropped = 60;
  stats.tx_carrier_errors = 7;
  stats.collisions = 8;
  link.stats = stats;
  LinkRow row = link_of(link, nullptr);
  CHECK(row.buckets == 1024U);
  CHECK(row.restart_count == 9U);
  CHECK(row.counters->up_packets == 1);
  CHECK(row.counters->dn_bytes == 4);
  CHECK(row.counters->tx_errors == 50);
  CHECK(row.counters->no_route == 7);
  CHECK(row.counters->loop == 8);
  CHECK(!row.counters->no_tunnel);

  netlink::GtpLinkCounters own;
  own.count = GTP_LC_MAX + 1;
  own.values[GTP_LC_RX_UNKNOWN_TEID] = 11;
  row = link_of(link, &own);
  CHECK(row.counters->tx_errors == 60);
  CHECK(row.counters->no_tunnel == 11U);

  link.gtp->role = netlink::GtpRole::sgsn;
  CHECK(link_of(link, nullptr).counters->up_packets == 2);
}

TEST_CASE("sockets: the fullest queue, and what all have dropped") {
  netlink::UdpSocket first;
  first.local_port = 2152;
  first.memory = netlink::UdpSocket::Memory{100, 212'992, 0, 0, 0, 5};
  netlink::UdpSocket second;
  second.version = 6;
  second.local_port = 3386;
  second.memory = netlink::UdpSocket::Memory{9, 425'984, 0, 0, 0, 6};
  const netlink::UdpSocket all[] = {first, second};
  LinkRow row;
  add_sockets(row, all);
  CHECK(row.sockets == "0.0.0.0:2152 [::]:3386");
  CHECK(row.receive_queue_bytes == 100U);
  CHECK(row.receive_limit_bytes == 212'992U);
  CHECK(row.socket_drops == 11U);
  LinkRow none;
  add_sockets(none, {});
  CHECK(none.sockets.empty());
  CHECK(!none.receive_queue_bytes);
}

TEST_CASE("events") {
  netlink::GtpEvent event;
  event.kind = netlink::GtpEvent::Kind::echo_response;
  event.tunnel.link = 7;
  event.tunnel.peer = ip("192.0.2.1");
  event.rtt_ns = 400'000;
  event.recovery = std::uint8_t{3};
  event.tunnel.version = netlink::GtpVersion::v1;
  Event out = event_of(event, kNow);
  CHECK(out.kind == EventKind::echo_response);
  CHECK(out.time_ns == kNow);
  CHECK(out.rtt_ns == 400'000U);
  CHECK(!out.recovery);
  CHECK(!out.asker_port);
  event.tunnel.version = netlink::GtpVersion::v0;
  CHECK(event_of(event, kNow).recovery == 3);
  event.kind = netlink::GtpEvent::Kind::tunnel_removed;
  event.asker_port = 4711;
  out = event_of(event, kNow);
  CHECK(out.kind == EventKind::tunnel_removed);
  CHECK(out.asker_port == 4711U);
  event.kind = netlink::GtpEvent::Kind::end_marker;
  CHECK(event_of(event, kNow).kind == EventKind::end_marker);
}

TEST_CASE("the detail page") {
  TunnelDetail detail;
  add_detail(detail, counted_tunnel(), LinkRole::sgsn);
  CHECK(detail.dn_idle_ms == 5600U);
  CHECK(!detail.up_idle_ms);
  REQUIRE(detail.drops.size() == 6);
  CHECK(detail.drops[2].value == 30);
}
