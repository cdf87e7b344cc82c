// SPDX-License-Identifier: GPL-2.0-or-later
//
// Routes over rtnetlink: which way a packet would go, what the tables hold, routes to a link added and removed.
// Connections are to Protocol::route.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

struct Route {
  // What it is for; empty with length 0 for everything (the default route).
  IpPrefix destination;
  IpAddress gateway;
  IpAddress source;        // preferred
  std::uint32_t link = 0;  // out through; 0 for routes that lead nowhere, or several ways
  std::uint32_t table = 0;
  std::uint8_t type = 0;      // RTN_*: unicast, local, unreachable, …
  std::uint8_t scope = 0;     // RT_SCOPE_*
  std::uint8_t protocol = 0;  // RTPROT_*
  std::uint32_t priority = 0;
  std::uint32_t mtu = 0;  // 0: the link's. Of an answer also what path MTU discovery learned
  bool several = false;   // multipath, or a next-hop object
};

// Of RTM_NEWROUTE and RTM_DELROUTE.
bool decode_route(const Message& message, Route& route) noexcept;

struct RouteQuery {
  IpAddress destination;
  IpAddress source = {};
  std::uint32_t link = 0;    // bound to this one
  std::uint32_t mark = 0;    // fwmark
  bool table_entry = false;  // the entry that decides, instead of the way that results
};
// An error's errno says why not: ENETUNREACH, EHOSTUNREACH, EACCES (prohibit), EINVAL (blackhole).
Result<Route> find_route(Connection& connection, const RouteQuery& query);

// The routes of one family (4 or 6) in one table; 254 is the main one, 0 stands for all.
Result<DumpResult> routes(Connection& connection, int version, std::uint32_t table,
                          FunctionRef<void(const Route&)> visitor);

// In the main table. EEXIST when it is there.
Result<void> add_route(Connection& connection, const IpPrefix& destination, std::uint32_t link,
                       const IpAddress& gateway = {});
Result<void> remove_route(Connection& connection, const IpPrefix& destination, std::uint32_t link);

}  // namespace gtp::netlink
