// SPDX-License-Identifier: GPL-2.0-or-later
//
// Lane: one direction of a run: its frames, its sources of packets, and which tunnel each source sends next.
//
// The tunnels are dealt to the sources once: with S sources, source s has the positions s, s + S, s + 2S, … of the
// plan's order, or, when a file names source ports, those of its port. So a tunnel always has the same source, and its
// packets stay in order.
//
// Made before the threads start, const while they run, but for the transmitters, each of which is one thread's.
#pragma once

#include <memory>
#include <vector>

#include "gtpgen/frame/frame_template.hpp"
#include "gtpgen/plan/tunnel_plan.hpp"
#include "gtpgen/transmit/transmitter.hpp"
#include "gtpgen/transmit/xdp_flood.hpp"

namespace gtp::gen {

// The tunnels of one source, over and over.
class TunnelCycle {
 public:
  TunnelCycle(const TunnelPlan& plan, std::uint32_t first, std::uint32_t step)
      : plan_(&plan), first_(first), step_(step), at_(first) {}
  TunnelCycle(const TunnelPlan& plan, std::vector<std::uint32_t> tunnels)
      : plan_(&plan), tunnels_(std::move(tunnels)) {}

  std::uint32_t next() noexcept {
    if (!tunnels_.empty()) {
      const std::uint32_t tunnel = tunnels_[at_];
      if (++at_ == tunnels_.size()) at_ = 0;
      return tunnel;
    }
    const std::uint32_t tunnel = plan_->at(at_);
    at_ += step_;
    if (at_ >= plan_->count()) at_ = first_;
    return tunnel;
  }

 private:
  const TunnelPlan* plan_;
  std::vector<std::uint32_t> tunnels_;
  std::uint32_t first_ = 0;
  std::uint32_t step_ = 1;
  std::uint32_t at_ = 0;
};

// The packets of one thread, made in the kernel.
struct Flood {
  std::unique_ptr<XdpFlood> program;
  std::uint32_t link = 0;              // interface index
  OuterHeader outer;                   // source ports are the tunnels'
  std::vector<std::uint32_t> streams;  // of each entry of the program's table
};

struct Lane {
  TrafficPlan traffic;
  OuterStyle style;
  const TunnelPlan* tunnels = nullptr;
  std::uint32_t first_stream = 0;        // streams are tunnels, counted over all lanes
  std::vector<FrameTemplate> templates;  // one for each part of traffic.sizes
  // Where the packets of peers() go when tunnels have their own; empty: where transmitters are connected to.
  std::vector<SocketAddress> peers;
  std::vector<IpAddress> peer_addresses;
  bool to_subscriber = false;  // every packet is addressed to its subscriber
  std::vector<std::unique_ptr<Transmitter>> sources;
  std::vector<TunnelCycle> cycles;  // of each source
  // One for each thread, or none. With them the sources only have addresses, and receive.
  std::vector<Flood> floods;

  // Deals the tunnels to the sources. [ports]: sources come in groups, one for each of the plan's source ports.
  void deal(bool ports);
  // The source that the tunnel at [position] of the plan's order is dealt to.
  std::size_t source_of(std::uint32_t position, bool ports) const noexcept;
};

}  // namespace gtp::gen
