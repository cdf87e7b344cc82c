// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/kernel_map.hpp"

#include <algorithm>
#include <utility>

#include "kernel/uapi/linux/gtp.h"

namespace gtp::top {
namespace {

constexpr std::uint64_t kNever = netlink::TunnelStats::kNever;

TunnelCounters counters_of(const netlink::TunnelStats& stats, LinkRole role) {
  TunnelCounters out{stats.rx_packets, stats.rx_bytes, stats.tx_packets, stats.tx_bytes};
  if (role == LinkRole::sgsn) {
    std::swap(out.up_packets, out.dn_packets);
    std::swap(out.up_bytes, out.dn_bytes);
  }
  return out;
}

LinkRole role_of(const netlink::Link& link) {
  return link.gtp && link.gtp->role == netlink::GtpRole::sgsn ? LinkRole::sgsn : LinkRole::ggsn;
}

LinkCounters device_counters(const netlink::LinkStats& stats, LinkRole role, const netlink::GtpLinkCounters* own) {
  LinkCounters out;
  out.up_packets = stats.rx_packets;
  out.up_bytes = stats.rx_bytes;
  out.dn_packets = stats.tx_packets;
  out.dn_bytes = stats.tx_bytes;
  if (role == LinkRole::sgsn) {
    std::swap(out.up_packets, out.dn_packets);
    std::swap(out.up_bytes, out.dn_bytes);
  }
  // Mainline counts each packet that it could not send as an error, ours as dropped.
  out.tx_errors = own != nullptr ? stats.tx_dropped : stats.tx_errors;
  out.no_route = stats.tx_carrier_errors;
  out.loop = stats.collisions;
  out.rx_dropped = stats.rx_dropped;
  if (own != nullptr && own->count > GTP_LC_RX_UNKNOWN_TEID) out.no_tunnel = own->values[GTP_LC_RX_UNKNOWN_TEID];
  return out;
}

std::string endpoint(const netlink::UdpSocket& socket) {
  const bool v6 = socket.version == 6;
  const std::string address = socket.local.empty() ? (v6 ? "::" : "0.0.0.0") : socket.local.text();
  return (v6 ? "[" + address + "]" : address) + ":" + std::to_string(socket.local_port);
}

}  // namespace

TunnelKey key_of(const netlink::Tunnel& tunnel) {
  TunnelKey key;
  key.link = tunnel.link;
  key.version = static_cast<std::uint8_t>(tunnel.version);
  key.id = tunnel.version == netlink::GtpVersion::v0 ? tunnel.tid : tunnel.i_tei;
  key.inner_v6 = tunnel.ms.is_v6() ? 1 : 0;
  return key;
}

netlink::TunnelKey key_of(const TunnelKey& key) {
  netlink::TunnelKey out;
  out.link = key.link;
  out.version = key.version == 0 ? netlink::GtpVersion::v0 : netlink::GtpVersion::v1;
  out.id = key.id;
  out.inner_v6 = key.inner_v6 != 0;
  return out;
}

TunnelSample sample_of(const netlink::Tunnel& tunnel, LinkRole role, std::uint64_t now_ns) {
  TunnelSample sample;
  sample.key = key_of(tunnel);
  sample.o_tei = tunnel.o_tei;
  sample.flow = tunnel.flow;
  sample.ms = tunnel.ms;
  sample.peer = tunnel.peer;
  sample.qfi = tunnel.qfi;
  if (!tunnel.stats) return sample;
  const netlink::TunnelStats& stats = *tunnel.stats;
  sample.counters = counters_of(stats, role);
  sample.drops = stats.rx_drop_ms + stats.rx_drop_inner + stats.tx_drop_too_big + stats.tx_drop_route;
  if (const std::uint64_t idle = std::min(stats.rx_idle_ms, stats.tx_idle_ms); idle != kNever) {
    sample.seen_s = (now_ns / 1'000'000 - std::min(idle, now_ns / 1'000'000)) / 1000;
  }
  sample.created_s = stats.created_ns / 1'000'000'000;
  return sample;
}

LinkRow link_of(const netlink::Link& link, const netlink::GtpLinkCounters* counters) {
  LinkRow row;
  row.index = link.index;
  row.name = link.name;
  row.up = link.is_up();
  row.role = role_of(link);
  row.mtu = link.mtu;
  if (link.gtp) {
    if (link.gtp->hash_size != 0) row.buckets = link.gtp->hash_size;
    row.restart_count = link.gtp->restart_count;
  }
  if (link.stats) row.counters = device_counters(*link.stats, row.role, counters);
  return row;
}

void add_sockets(LinkRow& link, std::span<const netlink::UdpSocket> sockets) {
  for (const netlink::UdpSocket& socket : sockets) {
    link.sockets += (link.sockets.empty() ? "" : " ") + endpoint(socket);
    if (!socket.memory) continue;
    // The limit is that of each socket: what matters is the fullest.
    if (!link.receive_queue_bytes || *link.receive_queue_bytes <= socket.memory->receive_bytes) {
      link.receive_queue_bytes = socket.memory->receive_bytes;
      link.receive_limit_bytes = socket.memory->receive_limit_bytes;
    }
    link.socket_drops = link.socket_drops.value_or(0) + socket.memory->drops;
  }
}

Event event_of(const netlink::GtpEvent& event, std::uint64_t now_ns) {
  constexpr EventKind kKinds[] = {EventKind::tunnel_added,  EventKind::tunnel_changed,   EventKind::tunnel_removed,
                                  EventKind::echo_response, EventKind::error_indication, EventKind::end_marker};
  Event out;
  out.time_ns = now_ns;
  out.kind = kKinds[static_cast<std::size_t>(event.kind)];
  out.key = key_of(event.tunnel);
  out.o_tei = event.tunnel.o_tei;
  out.ms = event.tunnel.ms;
  out.peer = event.tunnel.peer;
  if (event.asker_port != 0) out.asker_port = event.asker_port;
  out.rtt_ns = event.rtt_ns;
  // Of GTP-U it is to be ignored (TS 29.281, 7.2.2); GTPv0's tells of restarts.
  if (event.tunnel.version == netlink::GtpVersion::v0) out.recovery = event.recovery;
  return out;
}

void add_detail(TunnelDetail& detail, const netlink::Tunnel& tunnel, LinkRole role) {
  if (!tunnel.stats) return;
  const netlink::TunnelStats& stats = *tunnel.stats;
  const auto known = [](std::uint64_t idle) { return idle == kNever ? std::nullopt : std::optional(idle); };
  detail.created_ns = stats.created_ns;
  detail.up_idle_ms = known(role == LinkRole::ggsn ? stats.rx_idle_ms : stats.tx_idle_ms);
  detail.dn_idle_ms = known(role == LinkRole::ggsn ? stats.tx_idle_ms : stats.rx_idle_ms);
  detail.drops = {{"dropped: wrong MS address", stats.rx_drop_ms},
                  {"dropped: inner packet unusable", stats.rx_drop_inner},
                  {"dropped: too big for the path", stats.tx_drop_too_big},
                  {"dropped: no route, loop or socket", stats.tx_drop_route},
                  {"Error Indications received", stats.error_indications},
                  {"End Markers received", stats.end_markers}};
}

}  // namespace gtp::top
