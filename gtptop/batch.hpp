// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtptop without a screen: samples as text, JSON, CSV or Prometheus text to stdout.
#pragma once

#include <memory>

#include "gtptop/collect/gatherer.hpp"
#include "gtptop/options.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::top {

// The exit status: 0, or 5 when there was nothing to show. A closed pipe is success.
Result<int> run_batch(const Options& options, std::unique_ptr<Gatherer> gatherer, sys::Signals& signals);

}  // namespace gtp::top
