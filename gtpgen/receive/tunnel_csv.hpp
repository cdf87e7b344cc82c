// SPDX-License-Identifier: GPL-2.0-or-later
//
// One line for each tunnel that a run has: run, tunnel, expected, received, lost, and with details reordered,
// duplicate, late and the latency's least, mean and greatest in nanoseconds. Latencies of a run on another clock count
// from the run's fastest packet.
#pragma once

#include "gtpgen/receive/run.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

void put_tunnel_csv_heading(TextBuffer& out);
// When nothing is received any more.
void put_tunnel_csv(TextBuffer& out, const Run& run);

}  // namespace gtp::gen
