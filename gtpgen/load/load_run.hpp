// SPDX-License-Identifier: GPL-2.0-or-later
//
// LoadRun: traffic as planned, one trial after the other.
//
//   auto run = LoadRun::open(std::move(plan));        // sockets, neighbours, MTU: whatever can be refused
//   auto report = (*run)->trial({.packets_per_second = 1e5, .duration = 2s}, signals, live);
//
// A trial starts its threads at one time, sends by the schedule, waits for what is under way, and returns what
// happened as a Report that judge() has not seen yet. Sockets and tunnels stay from one trial to the next; every trial
// has a run number of its own, so that late packets of the last one are not taken for losses or copies.
//
// One thread calls.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gtpgen/load/load_plan.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::gen {

struct LiveOptions {
  int fd = -1;  // where live lines go; -1: nowhere
  std::chrono::nanoseconds interval = std::chrono::seconds(1);
};

class LoadRun {
 public:
  static Result<std::unique_ptr<LoadRun>> open(LoadPlan plan);
  LoadRun(const LoadRun&) = delete;
  LoadRun& operator=(const LoadRun&) = delete;
  ~LoadRun();

  // An Error when sending failed altogether; a signal ends it early with Report::interrupted.
  Result<Report> trial(const TrialPlan& trial, sys::Signals& signals, const LiveOptions& live);

  const LoadPlan& plan() const noexcept;
  // What the user should know before the first packet.
  const std::vector<std::string>& notes() const noexcept;
  // "192.0.2.10:2152  1000 tunnels (TEID 0x1000..0x13e7), udp4 inner 100 B (outer 136 B, 150 B L2), …"
  std::string title(const TrialPlan& trial) const;
  // Is nothing arriving a failure?
  bool expects_arrivals() const noexcept;

 private:
  class Impl;
  explicit LoadRun(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The mean length of a packet in the layer whose bits a rate means.
double mean_octets(const LoadPlan& plan, BitLayer layer) noexcept;

}  // namespace gtp::gen
