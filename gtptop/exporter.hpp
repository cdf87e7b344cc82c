// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtptop --listen: serves the figures to Prometheus, without a screen, until a signal ends it.
//
// The collector has a thread of its own and keeps its CPU budget; after each sample it leaves a snapshot here. Scrapes
// read snapshots on this thread, so however many there are, they never touch the collector, and a snapshot is made into
// text once for all of them. Until the first reading of all tunnels is complete there is nothing to serve: 503.
//
// The listener is opened first, in the network namespace that gtptop was started in; --netns moves the collector only.
#pragma once

#include "gtptop/options.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::top {

// The exit status: 0 after SIGTERM, 130 after SIGINT.
Result<int> run_exporter(Options& options, sys::Signals& signals);

}  // namespace gtp::top
