// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lines of a tunnel's and of a link's page, from facts about them and about the host. Pure, like the rules.
#pragma once

#include <vector>

#include "gtptop/check/host_facts.hpp"
#include "gtptop/model/detail.hpp"
#include "gtptop/model/model.hpp"

namespace gtp::top {

// The checks of one tunnel.
std::vector<LiveCheck> live_checks(const HostFacts& facts, const RouteFacts& peer, const SubscriberFacts& subscriber,
                                   const Model& model, const TunnelDetail& detail);
// What became of the Echo Requests to a peer: all that a model alone can say.
LiveCheck path_check(const Model& model, const IpAddress& peer);
// The sockets of a link, and how full they are.
LiveCheck sockets_check(const LinkRow& link);

// Addresses, routes, settings and sockets of a link.
std::vector<LiveCheck> link_checks(const HostFacts& facts, const LinkFacts& around, const LinkRow& link);

}  // namespace gtp::top
