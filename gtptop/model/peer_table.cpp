// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/peer_table.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gtp::top {
namespace {

std::optional<std::uint64_t> rounded(bool known, double value) {
  return known ? std::optional(static_cast<std::uint64_t>(std::llround(value))) : std::nullopt;
}

std::optional<std::uint64_t> seconds_since(std::uint64_t then_ns, std::uint64_t now_ns) {
  if (then_ns == 0) return std::nullopt;
  return now_ns > then_ns ? (now_ns - then_ns) / 1'000'000'000 : 0;
}

}  // namespace

std::optional<std::uint64_t> Peer::loss_percent() const noexcept {
  const std::uint32_t known = std::min<std::uint32_t>(result_count, static_cast<std::uint32_t>(results.size()));
  if (known == 0) return std::nullopt;
  const auto lost = std::count_if(results.begin(), results.begin() + known, [](float r) { return std::isnan(r); });
  return static_cast<std::uint64_t>(lost) * 100 / known;
}

PathState Peer::state(std::uint64_t now_ns) const noexcept {
  if (lost_in_row >= kN3Requests) return PathState::down;
  if (loss_percent().value_or(0) > 0) return PathState::suspect;
  const bool heard = last_rx_ns != 0 && now_ns - last_rx_ns <= kAliveNs;
  const std::uint64_t echo_holds = probing ? kProbeIntervalNs + kT3ResponseNs : kAliveNs;
  const bool answered = answered_ns != 0 && now_ns - answered_ns <= echo_holds;
  return heard || answered ? PathState::up : PathState::unknown;
}

std::optional<std::uint32_t> PeerTable::find(const IpAddress& address) const noexcept {
  const std::uint32_t* number = index_.find(address);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::uint32_t PeerTable::intern(const IpAddress& address) {
  const auto [number, added] = index_.insert(address, 0);
  if (!added) return *number;
  if (free_.empty()) {
    *number = limit();
    peers_.emplace_back();
  } else {
    *number = free_.back();
    free_.pop_back();
  }
  Peer& peer = peers_[*number] = Peer{};
  peer.address = address;
  peer.used = true;
  ++used_;
  return *number;
}

void PeerTable::aggregate(const TunnelTable& tunnels, const LinkTable& links, std::uint64_t now_ns) {
  for (Peer& peer : peers_) {
    peer.tunnels = 0;
    peer.has_counters = peer.has_rates = false;
    peer.up_bps = peer.dn_bps = peer.pps = 0;
    peer.up_bytes = peer.dn_bytes = 0;
  }
  // Who receives UP: a ggsn. By the table's number of the link.
  std::vector<bool> up_is_received(tunnels.link_count(), true);
  for (std::size_t i = 0; i < up_is_received.size(); ++i) {
    const LinkRow* link = links.find(tunnels.link_index(static_cast<std::uint16_t>(i)));
    up_is_received[i] = link == nullptr || link->role == LinkRole::ggsn;
  }
  tunnels.for_each([&](RowId, const PackedTunnel& tunnel) {
    Peer& peer = peers_[tunnel.peer()];
    if (peer.tunnels++ == 0) peer.link = tunnels.link_index(tunnel.link());
    if (tunnel.has_counters()) {
      peer.has_counters = true;
      peer.up_bytes += tunnel.counters().up_bytes;
      peer.dn_bytes += tunnel.counters().dn_bytes;
    }
    if (tunnel.has_rates()) {
      peer.has_rates = true;
      peer.up_bps += static_cast<double>(tunnel.up_bps());
      peer.dn_bps += static_cast<double>(tunnel.dn_bps());
      peer.pps += static_cast<double>(tunnel.pps());
      if ((up_is_received[tunnel.link()] ? tunnel.up_bps() : tunnel.dn_bps()) > 0) peer.last_rx_ns = now_ns;
    }
  });
  for (std::uint32_t number = 0; number < limit(); ++number) {
    Peer& peer = peers_[number];
    const bool idle = peer.tunnels == 0 && !peer.probing && peer.result_count == 0 && peer.sent_ns == 0;
    if (!peer.used || !idle || peer.error_indications != 0) continue;
    index_.erase(peer.address);
    peer = Peer{};
    free_.push_back(number);
    --used_;
  }
}

void PeerTable::tick(std::uint64_t elapsed_ns) {
  if (elapsed_ns == 0) return;
  for (Peer& peer : peers_) {
    const auto count = static_cast<double>(peer.error_indications - peer.error_indications_before);
    peer.error_indications_per_s = count * 1e9 / static_cast<double>(elapsed_ns);
    peer.error_indications_before = peer.error_indications;
  }
}

void PeerTable::echo_sent(std::uint32_t number, std::uint64_t now_ns) noexcept { peers_[number].sent_ns = now_ns; }

void PeerTable::echo_answered(std::uint32_t number, std::uint64_t now_ns, std::uint64_t rtt_ns) {
  Peer& peer = peers_[number];
  peer.sent_ns = 0;
  peer.answered_ns = now_ns;
  peer.rtt_ns = rtt_ns;
  peer.lost_in_row = 0;
  peer.down_since_ns = 0;
  peer.add_result(static_cast<float>(rtt_ns) / 1e6F);
}

void PeerTable::echo_lost(std::uint32_t number, std::uint64_t now_ns) noexcept {
  Peer& peer = peers_[number];
  peer.sent_ns = 0;
  peer.add_result(std::numeric_limits<float>::quiet_NaN());
  if (++peer.lost_in_row == kN3Requests) peer.down_since_ns = now_ns;
}

void PeerTable::restarted(std::uint32_t number, std::uint8_t recovery) noexcept {
  Peer& peer = peers_[number];
  if (peer.recovery && *peer.recovery != recovery && !peer.recovery_before) peer.recovery_before = peer.recovery;
  peer.recovery = recovery;
}

PeerRow PeerTable::row(std::uint32_t number, const LinkTable& links, std::uint64_t now_ns) const {
  const Peer& peer = peers_[number];
  PeerRow row;
  row.address = peer.address;
  row.link = links.name(peer.link);
  row.state = peer.state(now_ns);
  row.tunnels = peer.tunnels;
  row.up_bps = rounded(peer.has_rates, peer.up_bps);
  row.dn_bps = rounded(peer.has_rates, peer.dn_bps);
  row.pps = rounded(peer.has_rates, peer.pps);
  if (peer.has_counters) {
    row.up_bytes = peer.up_bytes;
    row.dn_bytes = peer.dn_bytes;
  }
  row.error_indications = peer.error_indications;
  row.error_indications_per_s = rounded(true, peer.error_indications_per_s);
  if (peer.answered_ns != 0 && peer.lost_in_row == 0) row.rtt_ns = peer.rtt_ns;
  row.loss_percent = peer.loss_percent();
  if (peer.recovery) row.recovery = *peer.recovery;
  if (peer.recovery_before) row.recovery_before = *peer.recovery_before;
  row.last_echo_s = seconds_since(peer.answered_ns, now_ns);
  row.last_rx_s = seconds_since(peer.last_rx_ns, now_ns);
  row.down_for_s = seconds_since(peer.down_since_ns, now_ns);
  row.probing = peer.probing;
  const std::uint32_t size = static_cast<std::uint32_t>(peer.results.size());
  const std::uint32_t known = std::min(peer.result_count, size);
  for (std::uint32_t i = peer.result_count - known; i < peer.result_count; ++i) {
    row.rtt_history.push_back(peer.results[i % size]);
  }
  return row;
}

}  // namespace gtp::top
