// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kernel says in its words (libcommon/netlink), said in gtptop's: rx and tx become UP and DN by the role of
// the link, idle times become points in time, and what a module does not know stays empty. Pure functions.
//
//           rx of the link      tx of the link
//   ggsn    UP                  DN
//   sgsn    DN                  UP
#pragma once

#include <optional>
#include <span>
#include <string>

#include "gtptop/model/detail.hpp"
#include "gtptop/model/event.hpp"
#include "gtptop/model/link.hpp"
#include "gtptop/model/tunnel.hpp"
#include "libcommon/netlink/gtp_events.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/link_counters.hpp"
#include "libcommon/netlink/sock_diag.hpp"
#include "libcommon/netlink/tunnel.hpp"

namespace gtp::top {

TunnelKey key_of(const netlink::Tunnel& tunnel);
netlink::TunnelKey key_of(const TunnelKey& key);
TunnelSample sample_of(const netlink::Tunnel& tunnel, LinkRole role, std::uint64_t now_ns);

// [counters] are our module's; null on mainline, whose device counters have a meaning of their own.
LinkRow link_of(const netlink::Link& link, const netlink::GtpLinkCounters* counters);
// Their addresses, their queues, what they dropped. The kernel does not say which sockets are of which link, so the
// caller does: all of the namespace when it has one link.
void add_sockets(LinkRow& link, std::span<const netlink::UdpSocket> sockets);

Event event_of(const netlink::GtpEvent& event, std::uint64_t now_ns);

// Idle times and losses by reason, of a tunnel that was read with its counters.
void add_detail(TunnelDetail& detail, const netlink::Tunnel& tunnel, LinkRole role);

}  // namespace gtp::top
