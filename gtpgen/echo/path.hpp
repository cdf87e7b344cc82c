// SPDX-License-Identifier: GPL-2.0-or-later
//
// Looking at the path instead of the peer: --pmtu and --traceroute. One request at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "gtpgen/echo/output.hpp"
#include "gtpgen/echo/settings.hpp"
#include "gtpgen/echo/socket.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::gen::echo {

// The largest packet that gets through, by halving what lies between one that did and one that did not. Pure.
class MtuSearch {
 public:
  // [works] is known to get through; nothing above [limit] is tried. The limit is tried first: most paths are as wide
  // as the first link.
  MtuSearch(std::size_t works, std::size_t limit) noexcept : works_(works), fails_(limit + 1), next_(limit) {}

  bool done() const noexcept { return works_ + 1 >= fails_; }
  std::size_t next() const noexcept { return next_; }
  void worked() noexcept;
  // [told] is the MTU in the router's ICMP error; 0 without one.
  void failed(std::size_t told = 0) noexcept;
  std::size_t result() const noexcept { return works_; }

 private:
  std::size_t works_;
  std::size_t fails_;
  std::size_t next_;
  std::size_t told_ = 0;
};

struct Probe {
  enum class Result : std::uint8_t { answered, no_answer, icmp, too_long, bad_answer, interrupted };
  Result result = Result::no_answer;
  std::uint64_t rtt_ns = 0;
  bool kernel_clock = false;
  IcmpError icmp;
};

// Asks one host, one request at a time.
class Prober {
 public:
  // [signals] must outlive it.
  Prober(Target target, Dialect dialect, const Settings& settings, EchoSocket socket, sys::Signals& signals);

  // [packet_length] 0: without padding.
  Probe ask(std::size_t packet_length);
  EchoSocket& socket() noexcept { return socket_; }
  const Target& target() const noexcept { return target_; }
  Dialect dialect() const noexcept { return dialect_; }
  std::uint16_t port() const noexcept { return target_.port != 0 ? target_.port : info(dialect_).port; }
  const Settings& settings() const noexcept { return settings_; }

 private:
  Target target_;
  Dialect dialect_;
  const Settings& settings_;
  EchoSocket socket_;
  sys::Signals& signals_;
  std::uint32_t sequence_number_;
};

// Both write to stdout and return the exit status.
Result<int> search_path_mtu(Prober& prober, std::size_t limit, bool json);
Result<int> trace_route(Prober& prober, int most_hops, bool json);

}  // namespace gtp::gen::echo
