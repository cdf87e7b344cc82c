// SPDX-License-Identifier: GPL-2.0-or-later
//
// A flood's plan and tunnels as its BPF program wants them. The arithmetic only: no kernel.
#pragma once

#include "gtpgen/transmit/xdp_flood.hpp"
#include "gtpgen/transmit/xdp_flood_abi.h"

namespace gtp::gen {

flood_plan encode(const FloodPlan& plan);
flood_tunnel encode(const FloodTunnel& tunnel) noexcept;
// A frame as the program starts from: everything that differs between packets is zero, but ports and run.
std::vector<std::byte> blank_frame(const FloodPlan& plan);

}  // namespace gtp::gen
