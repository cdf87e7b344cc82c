// SPDX-License-Identifier: GPL-2.0-or-later
//
// The way to a destination before the first packet: is there a route, and is the link address of the next hop known?
// Packets to a neighbour that is still being asked for wait in a short queue, and the rest of them is lost: a loss that
// has nothing to do with what is tested.
#pragma once

#include <string>

#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

// Makes the kernel ask for the next hop and waits for the answer, some seconds at most. [device]: as bound to it.
Result<void> reach_next_hop(const IpAddress& destination, const std::string& device);

}  // namespace gtp::gen
