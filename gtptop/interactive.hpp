// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtptop on a terminal: joins the collector's thread with the screen. This thread draws and reads keys and does nothing
// that could keep it, so a key is answered at once whatever the collector does.
#pragma once

#include <memory>

#include "gtptop/collect/gatherer.hpp"
#include "gtptop/options.hpp"

namespace gtp::top {

// The exit status.
Result<int> run_interactive(const Options& options, std::unique_ptr<Gatherer> gatherer);

}  // namespace gtp::top
