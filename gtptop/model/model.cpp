// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/model.hpp"

#include <cmath>

namespace gtp::top {
namespace {

std::optional<std::uint64_t> rate(bool known, float value) {
  return known ? std::optional(static_cast<std::uint64_t>(std::llround(value))) : std::nullopt;
}

std::optional<std::uint64_t> since(std::uint32_t then_s, std::uint64_t now_ns) {
  if (then_s == 0) return std::nullopt;
  const std::uint64_t now_s = now_ns / 1'000'000'000;
  return now_s > then_s ? now_s - then_s : 0;
}

void add(std::optional<std::uint64_t>& sum, std::optional<std::uint64_t> value) {
  if (value) sum = sum.value_or(0) + *value;
}

std::optional<std::uint64_t> known(float value) {
  return std::isnan(value) ? std::nullopt : std::optional(static_cast<std::uint64_t>(value));
}

}  // namespace

// As many as the widest column has cells: frames are kept for looking back, so what nobody sees must not be in them.
constexpr std::size_t kShownTicks = 24;

TunnelRow tunnel_row(const Model& model, RowId id, bool with_history) {
  const PackedTunnel& packed = model.tunnels[id];
  TunnelRow row;
  row.key = model.tunnels.key(id);
  row.o_tei = packed.o_tei();
  row.flow = packed.flow();
  row.presence = packed.presence();
  row.link = model.links.name(row.key.link);
  row.ms = packed.ms();
  row.peer = model.peers[packed.peer()].address;
  row.qfi = packed.qfi();
  if (packed.has_counters()) {
    row.counters = packed.counters();
    row.stale_ms = packed.age_ms(model.now_ns / 1'000'000);
  }
  row.up_bps = rate(packed.has_rates(), packed.up_bps());
  row.dn_bps = rate(packed.has_rates(), packed.dn_bps());
  row.pps = rate(packed.has_rates(), packed.pps());
  if (packed.has_drops()) {
    row.drops = packed.drops();
    row.drops_per_s = rate(packed.has_rates(), packed.drops_per_s());
  }
  row.idle_s = since(packed.seen_s(), model.now_ns);
  row.age_s = since(packed.created_s(), model.now_ns);
  if (with_history) row.history = model.histories.last(row.key, model.tick, kShownTicks);
  return row;
}

Totals totals(const Model& model) {
  Totals sum;
  bool device = false;
  for (const LinkRow& link : model.links.rows()) {
    add(sum.no_tunnel_per_s, link.no_tunnel_per_s);
    add(sum.no_route_per_s, link.no_route_per_s);
    if (!link.counters) continue;
    device = true;
    add(sum.up_bps, link.up_bps);
    add(sum.dn_bps, link.dn_bps);
    add(sum.up_pps, link.up_pps);
    add(sum.dn_pps, link.dn_pps);
  }
  if (device) return sum;
  double up = 0;
  double dn = 0;
  double pps = 0;
  bool any = false;
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used || !peer.has_rates) continue;
    any = true;
    up += peer.up_bps;
    dn += peer.dn_bps;
    pps += peer.pps;
  }
  if (any) {
    sum.up_bps = static_cast<std::uint64_t>(up);
    sum.dn_bps = static_cast<std::uint64_t>(dn);
    sum.up_pps = static_cast<std::uint64_t>(pps);  // both directions: a tunnel's rate is not kept apart
  }
  return sum;
}

void fill_frame(const Model& model, Frame& frame) {
  frame.time_ns = model.now_ns;
  frame.source = model.source;
  frame.capabilities = model.capabilities;
  frame.sweep = model.sweep;
  frame.tunnels = model.tunnels.size();
  frame.links = model.links.rows().size();
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used) continue;
    ++frame.peers;
    ++frame.paths[static_cast<std::size_t>(peer.state(model.now_ns))];
  }
  const Totals sum = totals(model);
  frame.up = {sum.up_bps, sum.up_pps, known(model.up_history.peak()), model.up_history.last(60)};
  frame.dn = {sum.dn_bps, sum.dn_pps, known(model.dn_history.peak()), model.dn_history.last(60)};
  frame.no_tunnel_per_s = sum.no_tunnel_per_s;
  frame.no_route_per_s = sum.no_route_per_s;
  for (const Finding& finding : model.findings) {
    if (finding.acknowledged || finding.severity == Severity::note) continue;
    ++frame.open_findings;
    if (!frame.worst || finding.severity > frame.worst->severity) frame.worst = finding;
  }
}

}  // namespace gtp::top
