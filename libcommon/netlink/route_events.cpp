// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/route_events.hpp"

#include <linux/rtnetlink.h>

namespace gtp::netlink {

bool decode_route_event(const Message& message, RouteEvent& event) {
  switch (message.type) {
    case RTM_NEWLINK:
    case RTM_DELLINK:
      event.removed = message.type == RTM_DELLINK;
      return decode_link(message, event.what.emplace<Link>());
    case RTM_NEWADDR:
    case RTM_DELADDR:
      event.removed = message.type == RTM_DELADDR;
      return decode_address(message, event.what.emplace<InterfaceAddress>());
    case RTM_NEWROUTE:
    case RTM_DELROUTE:
      event.removed = message.type == RTM_DELROUTE;
      return decode_route(message, event.what.emplace<Route>());
    case RTM_NEWNEIGH:
    case RTM_DELNEIGH:
      event.removed = message.type == RTM_DELNEIGH;
      return decode_neighbour(message, event.what.emplace<Neighbour>());
    default:
      return false;
  }
}

}  // namespace gtp::netlink
