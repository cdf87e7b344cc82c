// SPDX-License-Identifier: GPL-2.0-or-later
//
// Receiver: whom a source tells what it learns: the collector, and a recorder beside it. On the collector's thread; all
// arguments are good for the call only.
#pragma once

#include <cstdint>
#include <optional>

#include "gtptop/model/event.hpp"
#include "gtptop/model/link.hpp"
#include "gtptop/model/tunnel.hpp"

namespace gtp::top {

class Receiver {
 public:
  virtual ~Receiver() = default;
  // What follows was read at this time. Sources whose clock is the wall's need not say it.
  virtual void time(std::uint64_t now_ns) = 0;
  // Added or read; may repeat what is known.
  virtual void tunnel(const TunnelSample& sample) = 0;
  virtual void tunnel_gone(const TunnelKey& key) = 0;
  // Counters alone, from a tap: of a tunnel that is known, else they are dropped (tell the tunnel first, with
  // Presence::wire, when the kernel has none).
  virtual void counters(const TunnelKey& key, const TunnelCounters& counters, std::optional<std::uint64_t> seen_s) = 0;
  virtual void link(const LinkRow& link) = 0;
  virtual void link_gone(std::uint32_t index) = 0;
  // Goes to the log. An echo_response, error_indication or end_marker also changes the peer. Events about tunnels
  // change nothing by themselves: call tunnel() or tunnel_gone() besides.
  virtual void event(const Event& event) = 0;
  // Events were lost: the collector sweeps as soon as it may and says RESYNC until that is done.
  virtual void lost() = 0;
};

}  // namespace gtp::top
