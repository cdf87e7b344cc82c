// SPDX-License-Identifier: GPL-2.0-or-later
//
// HostReader: reads HostFacts of the host and namespace that it was opened in, by netlink and /proc; it changes nothing
// and runs nothing. On the collector's thread. What the reader may not see stays empty.
#pragma once

#include <memory>

#include "gtptop/check/host_facts.hpp"

namespace gtp::top {

struct Model;
struct TunnelKey;

class HostReader {
 public:
  virtual ~HostReader() = default;
  // All of it anew, over what was read before: some milliseconds. Peers and tunnels of the model are sampled when
  // there are many.
  virtual void read(const Model& model, HostFacts& facts) = 0;
  // For the detail page: the tunnel's own peer and subscriber.
  virtual RouteFacts peer(const IpAddress& address) = 0;
  virtual SubscriberFacts subscriber(const TunnelKey& key, const IpAddress& ms) = 0;
  // For the page of a link.
  virtual LinkFacts around(std::uint32_t link) = 0;
};

std::unique_ptr<HostReader> open_host_reader();

}  // namespace gtp::top
