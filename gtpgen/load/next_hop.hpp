// SPDX-License-Identifier: GPL-2.0-or-later
//
// The way to a destination before the first packet: is there a route, and is the link address of the next hop known?
// Packets to a neighbour that is still being asked for wait in a short queue, and the rest of them is lost: a loss that
// has nothing to do with what is tested.
#pragma once

#include <string>

#include "gtpgen/frame/outer.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct NextHop {
  std::uint32_t link = 0;  // interface index; 0: not known
  MacAddress address{};    // of the next hop; zeros where links have no addresses (loopback, tunnels)
  bool ethernet = false;   // it has one
};

// Makes the kernel ask for the next hop and waits for the answer, some seconds at most. [device]: as bound to it.
Result<NextHop> reach_next_hop(const IpAddress& destination, const std::string& device);

// The interface's own Ethernet address.
Result<MacAddress> link_address_of(std::uint32_t link);

}  // namespace gtp::gen
