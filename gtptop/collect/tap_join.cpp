// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/tap_join.hpp"

#include <algorithm>

namespace gtp::top {

std::uint32_t AddressBook::number(const IpAddress& address) {
  const auto [number, added] = index_.insert(address, size());
  if (added) addresses_.push_back(address);
  return *number;
}

std::optional<std::uint32_t> AddressBook::find(const IpAddress& address) const {
  const std::uint32_t* number = index_.find(address);
  return number == nullptr ? std::nullopt : std::optional(*number);
}

TunnelCounters TapJoin::Sum::counters(LinkRole role) const noexcept {
  if (role == LinkRole::sgsn) return {tx_packets, tx_bytes, rx_packets, rx_bytes};
  return {rx_packets, rx_bytes, tx_packets, tx_bytes};
}

TapJoin::Here TapJoin::here_of(const TunnelKey& key) noexcept {
  return {static_cast<std::uint32_t>(key.id), key.link << 1 | key.inner_v6};
}

tap::Key TapJoin::sent_key(const There& there) const {
  return {peers_[there.peer >> 1], there.o_tei, true, (there.peer & 1) != 0};
}

void TapJoin::tunnel(const TunnelSample& sample, Forget forget) {
  if (sample.key.version != 1 || sample.presence != Presence::kernel) return;
  if (std::find(links_.begin(), links_.end(), sample.key.link) == links_.end()) links_.push_back(sample.key.link);
  const Here here = here_of(sample.key);
  const There there{sample.o_tei, peers_.number(sample.peer) << 1 | sample.key.inner_v6};
  const auto [tunnel, added] = tunnels_.insert(here, {});
  tunnel->kernel_sweep = kernel_sweep_;
  if (!added && tunnel->there == there) return;
  if (!added) {
    forget_sent(here, *tunnel, forget);
    tunnel->tx_packets_before = tunnel->now.tx_packets;
    tunnel->tx_bytes_before = tunnel->now.tx_bytes;
  }
  tunnel->there = there;
  *sent_.insert(there, here).first = here;
}

// Not what another tunnel to the same TEID of the same peer has sent.
void TapJoin::forget_sent(const Here& here, const Tunnel& tunnel, Forget forget) {
  const Here* owner = sent_.find(tunnel.there);
  if (owner == nullptr || *owner != here) return;
  sent_.erase(tunnel.there);
  forget(sent_key(tunnel.there));
}

void TapJoin::drop(const Here& here, const Tunnel& tunnel, Forget forget) {
  forget_sent(here, tunnel, forget);
  for (std::uint32_t local = 0; local < locals_.size(); ++local) {
    if (tunnel.local != local && tunnel.local != kSeveral) continue;
    forget({locals_[local], here.i_tei, false, (here.link & 1) != 0});
  }
}

void TapJoin::gone(const TunnelKey& key, Forget forget) {
  if (key.version != 1) return;
  const Here here = here_of(key);
  if (const Tunnel* tunnel = tunnels_.find(here)) drop(here, *tunnel, forget);
  tunnels_.erase(here);
}

void TapJoin::link_gone(std::uint32_t link, Forget forget) {
  tunnels_.erase_if([&](const Here& here, const Tunnel& tunnel) {
    if (here.link >> 1 != link) return false;
    drop(here, tunnel, forget);
    return true;
  });
  std::erase(links_, link);
}

void TapJoin::end_kernel_sweep(Forget forget) {
  tunnels_.erase_if([&](const Here& here, const Tunnel& tunnel) {
    if (tunnel.kernel_sweep == kernel_sweep_) return false;
    drop(here, tunnel, forget);
    return true;
  });
}

const TapJoin::Tunnel* TapJoin::received(const tap::Count& count) const {
  const Tunnel* found = nullptr;
  const std::uint32_t family = count.key.inner_v6 ? 1 : 0;
  for (const std::uint32_t link : links_) {
    const Tunnel* tunnel = tunnels_.find({count.key.teid, link << 1 | family});
    if (tunnel == nullptr) continue;
    if (peers_[tunnel->there.peer >> 1] == count.from) return tunnel;
    if (found == nullptr) found = tunnel;
  }
  return found;
}

const TapJoin::Tunnel* TapJoin::tunnel_of(const tap::Count& count) const {
  if (!count.key.out) return received(count);
  const auto peer = peers_.find(count.key.to);
  if (!peer) return nullptr;
  const Here* here = sent_.find({count.key.teid, *peer << 1 | (count.key.inner_v6 ? 1U : 0U)});
  return here == nullptr ? nullptr : tunnels_.find(*here);
}

void TapJoin::touch(Tunnel& tunnel) const noexcept {
  if (tunnel.count_sweep == count_sweep_) return;
  tunnel.count_sweep = count_sweep_;
  tunnel.now.rx_packets = tunnel.now.rx_bytes = 0;
  tunnel.now.tx_packets = tunnel.tx_packets_before;
  tunnel.now.tx_bytes = tunnel.tx_bytes_before;
}

bool TapJoin::add(const tap::Count& count, std::uint32_t seen_s) {
  Tunnel* tunnel = const_cast<Tunnel*>(tunnel_of(count));  // of this object, which may change it
  if (tunnel == nullptr) return false;
  touch(*tunnel);
  tunnel->now.seen_s = std::max(tunnel->now.seen_s, seen_s);
  if (count.key.out) {
    tunnel->now.tx_packets += count.packets;
    tunnel->now.tx_bytes += count.bytes;
    return true;
  }
  tunnel->now.rx_packets += count.packets;
  tunnel->now.rx_bytes += count.bytes;
  const std::uint32_t local = locals_.number(count.key.to);
  if (tunnel->local != local) tunnel->local = tunnel->local == kNobody ? local : kSeveral;
  return true;
}

std::optional<TapJoin::Sum> TapJoin::sum(const TunnelKey& key) const {
  if (key.version != 1) return std::nullopt;
  const Tunnel* tunnel = tunnels_.find(here_of(key));
  return tunnel == nullptr ? std::nullopt : std::optional(tunnel->now);
}

std::optional<TapJoin::Sum> TapJoin::sum_now(const TunnelKey& key,
                                             FunctionRef<std::optional<tap::Count>(const tap::Key&)> find,
                                             FunctionRef<std::uint32_t(const tap::Count&)> seen_s) const {
  if (key.version != 1) return std::nullopt;
  const Tunnel* tunnel = tunnels_.find(here_of(key));
  if (tunnel == nullptr) return std::nullopt;
  Sum sum = tunnel->now;
  if (const auto sent = find(sent_key(tunnel->there))) {
    sum.tx_packets = tunnel->tx_packets_before + sent->packets;
    sum.tx_bytes = tunnel->tx_bytes_before + sent->bytes;
    sum.seen_s = std::max(sum.seen_s, seen_s(*sent));
  }
  if (tunnel->local >= locals_.size()) return sum;
  const tap::Key received{locals_[tunnel->local], static_cast<std::uint32_t>(key.id), false, key.inner_v6 != 0};
  if (const auto count = find(received)) {
    sum.rx_packets = count->packets;
    sum.rx_bytes = count->bytes;
    sum.seen_s = std::max(sum.seen_s, seen_s(*count));
  }
  return sum;
}

}  // namespace gtp::top
