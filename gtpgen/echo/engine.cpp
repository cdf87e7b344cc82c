// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/engine.hpp"

#include <algorithm>
#include <bit>

namespace gtp::gen::echo {
namespace {

// Percentiles cost 20 KiB for each peer.
constexpr std::size_t kPeersWithPercentiles = 256;
// Slots of 48 octets over all peers; sequence numbers of 16 bits allow no more for one.
constexpr std::size_t kMostSlots = 0x10000;

// Every request that may still be answered has a slot, with some to spare so that late and doubled answers are known.
std::size_t slots_per_peer(const Settings& settings, std::size_t peers) {
  const std::uint64_t in_time =
      settings.timeout_ns * settings.attempts / std::max<std::uint64_t>(settings.interval_ns, 1) + 1;
  const std::uint64_t wanted = settings.window != 0 ? kMostSlots : 2 * in_time + 8;
  const std::uint64_t least = settings.window != 0 ? 4 * std::uint64_t{settings.window} : in_time + 2;
  const std::uint64_t share = std::max<std::uint64_t>(least, 16 * kMostSlots / peers);
  return static_cast<std::size_t>(std::bit_ceil(std::clamp<std::uint64_t>(std::min(wanted, share), 8, kMostSlots)));
}

}  // namespace

Engine::Engine(const std::vector<Target>& targets, const Settings& settings, Listener& listener)
    : settings_(settings), due_ns_(targets.size(), kNever) {
  peers_.reserve(targets.size());
  const std::size_t slots = slots_per_peer(settings, std::max<std::size_t>(targets.size(), 1));
  for (const Target& target : targets) {
    const auto index = static_cast<std::uint32_t>(peers_.size());
    peers_.emplace_back(index, target, settings, listener, slots);
    if (targets.size() <= kPeersWithPercentiles) peers_.back().rtt().keep_percentiles();
    by_address_.emplace(target.address, index);
  }
}

void Engine::start(std::uint64_t now_ns) {
  // Spread out, so that many hosts do not answer at once.
  const std::uint64_t stagger =
      std::min(settings_.stagger_ns, settings_.interval_ns / std::max<std::uint64_t>(peers_.size(), 1));
  for (std::uint32_t i = 0; i < peers_.size(); ++i) {
    peers_[i].start(now_ns + stagger * i);
    schedule(i, now_ns);
  }
  if (settings_.deadline_ns) deadline_ns_ = now_ns + *settings_.deadline_ns;
}

void Engine::schedule(std::uint32_t index, std::uint64_t now_ns) {
  const std::uint64_t due = peers_[index].next_due_ns(now_ns);
  if (due == due_ns_[index]) return;
  due_ns_[index] = due;
  if (due != kNever) queue_.push({due, index});
}

void Engine::advance(std::uint64_t now_ns, Outbox& outbox) {
  if (now_ns >= deadline_ns_) {
    for (Peer& peer : peers_) peer.stop();
    queue_ = {};
    return;
  }
  while (!outbox.full() && !queue_.empty() && queue_.top().at_ns <= now_ns) {
    const Due due = queue_.top();
    queue_.pop();
    if (due_ns_[due.peer] != due.at_ns) continue;
    due_ns_[due.peer] = kNever;
    peers_[due.peer].advance(now_ns, outbox);
    schedule(due.peer, now_ns);
  }
}

void Engine::drop_outdated() noexcept {
  while (!queue_.empty() && due_ns_[queue_.top().peer] != queue_.top().at_ns) queue_.pop();
}

std::uint64_t Engine::next_due_ns(std::uint64_t now_ns) {
  drop_outdated();
  return std::min(queue_.empty() ? kNever : std::max(queue_.top().at_ns, now_ns), deadline_ns_);
}

bool Engine::done() noexcept {
  drop_outdated();
  return queue_.empty();
}

Peer* Engine::find(const IpAddress& address, std::uint16_t port) noexcept {
  const auto [first, last] = by_address_.equal_range(address);
  for (auto it = first; it != last; ++it) {
    if (peers_[it->second].port() == port) return &peers_[it->second];
  }
  // Somebody who answers from another port is still that host.
  return first == last ? nullptr : &peers_[first->second];
}

void Engine::receive(const Arrival& arrival, Bytes datagram) {
  Peer* peer = find(arrival.from, arrival.port);
  if (peer == nullptr) {
    ++strays_;
    return;
  }
  peer->receive(arrival, datagram);
  schedule(static_cast<std::uint32_t>(peer - peers_.data()), arrival.now_ns);
}

void Engine::receive(const IcmpError& error, std::uint64_t now_ns) {
  Peer* peer = find(error.destination, error.port);
  if (peer == nullptr) return;
  peer->receive(error, now_ns);
  schedule(static_cast<std::uint32_t>(peer - peers_.data()), now_ns);
}

void Engine::stamped(const Ticket& ticket, std::uint64_t kernel_ns) noexcept {
  peers_[ticket.peer].stamped(ticket.number, kernel_ns);
}

void Engine::not_sent(const Ticket& ticket, int error, std::uint64_t now_ns) {
  peers_[ticket.peer].not_sent(ticket.number, error, now_ns);
  schedule(ticket.peer, now_ns);
}

}  // namespace gtp::gen::echo
