// SPDX-License-Identifier: GPL-2.0-or-later
//
// Engine: all peers of a run, and when each is due. It has neither clock nor sockets; the loop around it
// (echo/runner.hpp, or a test) does
//
//   engine.advance(now, outbox); send(outbox); wait until engine.next_due_ns(now); engine.receive(…)
//
// One thread.
#pragma once

#include <cstdint>
#include <queue>
#include <unordered_map>
#include <vector>

#include "gtpgen/echo/peer.hpp"

namespace gtp::gen::echo {

class Engine {
 public:
  // [settings] and [listener] must outlive it.
  Engine(const std::vector<Target>& targets, const Settings& settings, Listener& listener);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void start(std::uint64_t now_ns);
  // Appends what is due to [outbox] until that is full; call again when next_due_ns() is not later than now.
  void advance(std::uint64_t now_ns, Outbox& outbox);
  std::uint64_t next_due_ns(std::uint64_t now_ns);
  // Nothing is due any more: all is answered or given up, or the deadline is over.
  bool done() noexcept;

  void receive(const Arrival& arrival, Bytes datagram);
  void receive(const IcmpError& error, std::uint64_t now_ns);
  void stamped(const Ticket& ticket, std::uint64_t kernel_ns) noexcept;
  void not_sent(const Ticket& ticket, int error, std::uint64_t now_ns);

  const std::vector<Peer>& peers() const noexcept { return peers_; }
  // Datagrams of somebody whom nobody asked.
  std::uint64_t strays() const noexcept { return strays_; }

 private:
  struct Due {
    std::uint64_t at_ns;
    std::uint32_t peer;
    bool operator>(const Due& other) const noexcept { return at_ns > other.at_ns; }
  };
  Peer* find(const IpAddress& address, std::uint16_t port) noexcept;
  void schedule(std::uint32_t index, std::uint64_t now_ns);
  void drop_outdated() noexcept;

  const Settings& settings_;
  std::vector<Peer> peers_;
  std::unordered_multimap<IpAddress, std::uint32_t> by_address_;
  // The earliest first; an entry that disagrees with due_ns_ is out of date.
  std::priority_queue<Due, std::vector<Due>, std::greater<>> queue_;
  std::vector<std::uint64_t> due_ns_;
  std::uint64_t deadline_ns_ = kNever;
  std::uint64_t strays_ = 0;
};

}  // namespace gtp::gen::echo
