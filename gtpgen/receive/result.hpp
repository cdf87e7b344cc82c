// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a receiver has found: counters of octets and messages, of streams, and latency. Values of one thread, added up
// by merge(); also what a sink sends over its control connection (sink/control.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/report/report.hpp"
#include "gtpgen/track/stream_tracker.hpp"

namespace gtp::gen {

struct ReceiveCounts {
  std::uint64_t calls = 0;        // system calls, or blocks of a tap
  std::uint64_t messages = 0;     // buffers, each with one datagram or, by UDP_GRO, several
  std::uint64_t datagrams = 0;    // everything
  std::uint64_t stamped = 0;      // packets of our run, copies too
  std::uint64_t bytes_inner = 0;  // of distinct packets of our run
  std::uint64_t corrupt = 0;
  std::uint64_t unstamped = 0;
  std::uint64_t unknown_run = 0;
  std::uint64_t unknown_tunnel = 0;  // an index that the run does not have
  std::uint64_t unknown_teid = 0;
  std::uint64_t malformed = 0;
  std::uint64_t first_ns = 0;  // CLOCK_MONOTONIC, of distinct packets of our run; 0: none came
  std::uint64_t last_ns = 0;
  std::uint64_t app_stamped = 0;  // without a kernel stamp
  std::uint64_t clock_steps = 0;  // CLOCK_REALTIME, of which kernel stamps are, was set so often
  SignallingReport gtp;

  void merge(const ReceiveCounts& other) noexcept;
};

struct ReceiveResult {
  ReceiveCounts counts;
  StreamCounts stream;
  std::optional<LatencyReport> latency;
  std::optional<std::uint64_t> lost_local;
  std::optional<StreamTotals> totals;  // at the end only
  std::vector<std::string> notes;      // at the end; for people

  void merge(const ReceiveResult& other);
  // At the end: nobody lost more here than was lost at all.
  void settle() noexcept;
  // Fills the report's rx, latency, tunnels and gtp, and adds to its notes.
  void fill(Report& report) const;
};

}  // namespace gtp::gen
