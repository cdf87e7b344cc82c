// SPDX-License-Identifier: GPL-2.0-or-later
//
// Chooses where the figures come from, by the options.
#pragma once

#include <memory>

#include "gtptop/collect/gatherer.hpp"
#include "gtptop/options.hpp"

namespace gtp::top {

// [paced]: a recording goes by the clock; else as fast as it is asked.
Result<std::unique_ptr<Gatherer>> make_gatherer(Options& options, bool paced);

}  // namespace gtp::top
