// SPDX-License-Identifier: GPL-2.0-or-later
//
// Paths: the sockets of a run, opened and looked at before anything is sent: the lanes with their transmitters, what
// listens for packets that come back, and what would make a run fail or lie (MTU, neighbours, ports in use).
//
// Owns everything; the lanes point to the plan's tunnels, which must outlive it.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "gtpgen/load/lane.hpp"
#include "gtpgen/load/load_plan.hpp"
#include "gtpgen/pace/clock.hpp"
#include "gtpgen/receive/reception.hpp"
#include "gtpgen/transmit/file_transmitter.hpp"

namespace gtp::gen {

struct Paths {
  std::deque<Lane> lanes;
  // Sockets that only receive.
  std::vector<Fd> listeners;
  std::vector<std::unique_ptr<Transmitter>> idle;
  std::vector<Source> receive_from;  // for the run's packets
  std::vector<Source> signalling;    // for Error Indications and Echo only
  std::string iface;                 // towards the target; empty: not known
  std::uint32_t mtu = 0;             // of the path to the target, 0: not known
  FileTransmitter* file = nullptr;   // instead of a network; one of the lanes' sources
  std::string backend;               // "udp+gso(64)"
  std::vector<std::string> notes;

  // [clock]: what sending goes by; outlives it.
  static Result<Paths> open(const LoadPlan& plan, Clock& clock);
};

// Does the largest packet fit? Says what would.
Result<void> check_mtu(const TrafficPlan& traffic, int outer_version, std::uint32_t mtu, const std::string& iface);

}  // namespace gtp::gen
