// SPDX-License-Identifier: GPL-2.0-or-later
//
// Analyzer: one receiving thread's view of the packets it is handed, from octets to counters. It finds the stamp, asks
// the run's tracker what the packet is, and measures its latency.
//
// A packet whose inner checksums are wrong is counted as corrupt and otherwise not looked at: nothing in it can be
// believed, its stamp least of all, so the packet that it once was shows as lost.
//
// Counters are plain; result() is for the same thread. The Runs are shared with other threads and must outlive it.
#pragma once

#include <memory>
#include <vector>

#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/receive/datagram.hpp"
#include "gtpgen/receive/result.hpp"
#include "gtpgen/receive/run.hpp"
#include "gtpgen/track/latency.hpp"

namespace gtp::gen {

// What one thread has found. The meters are in the order of the runs.
struct ThreadResult {
  ReceiveCounts counts;
  StreamCounts stream;
  std::vector<LatencyMeter> latencies;

  void merge(const ThreadResult& other);
  // Without totals and local losses, which are not the threads' to know.
  ReceiveResult summary() const;
};

class Analyzer {
 public:
  // [only]: see ReceptionPlan.
  Analyzer(Runs& runs, bool verify, std::optional<Stamp::Kind> only = {}) noexcept
      : runs_(runs), verify_(verify), only_(only) {}

  // When a packet came, CLOCK_MONOTONIC, and whether the kernel says so.
  struct Arrived {
    std::uint64_t time_ns = 0;
    bool by_kernel = false;
  };

  // A datagram of a GTP-U port. Returns what it was, so that the caller can answer an Echo Request.
  Datagram datagram(Bytes octets, const Arrived& arrived) noexcept;
  // An inner IP packet.
  void inner_packet(Bytes octets, const Arrived& arrived) noexcept;
  // The payload of an inner packet that the kernel has checked: from a UDP socket behind a gateway.
  void payload(Bytes octets, const Arrived& arrived) noexcept;

  void count_call() noexcept { ++result_.counts.calls; }
  void count_message() noexcept { ++result_.counts.messages; }
  void set_clock_steps(std::uint64_t steps) noexcept { result_.counts.clock_steps = steps; }
  void count_icmp_error() noexcept { ++result_.counts.gtp.icmp_errors; }
  const ThreadResult& result() const noexcept { return result_; }

 private:
  void stamped(Bytes payload, std::size_t inner_length, const Arrived& arrived) noexcept;
  LatencyMeter& meter(std::size_t run);
  std::size_t find_run(std::uint16_t run) noexcept;

  Runs& runs_;
  bool verify_;
  std::optional<Stamp::Kind> only_;
  // The run of the last packet, which is mostly that of the next.
  std::uint16_t last_run_ = 0;
  std::size_t last_index_ = Runs::kMaxRuns;
  ThreadResult result_;
};

}  // namespace gtp::gen
