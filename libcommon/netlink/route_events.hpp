// SPDX-License-Identifier: GPL-2.0-or-later
//
// Changes of links, addresses, routes and neighbours, as rtnetlink's multicast groups tell them.
#pragma once

#include <variant>

#include "libcommon/netlink/address.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/neighbour.hpp"
#include "libcommon/netlink/route.hpp"

namespace gtp::netlink {

struct RouteEvent {
  bool removed = false;  // else it is new, or has changed to this
  std::variant<Link, InterfaceAddress, Route, Neighbour> what;
};

// False when the message is malformed or none of these.
bool decode_route_event(const Message& message, RouteEvent& event);

}  // namespace gtp::netlink
