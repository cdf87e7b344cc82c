// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtptop --check: the findings for a monitoring system, by the convention of its plugins: one line, figures behind a
// bar, and the status 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN. Notes are no warning.
//
//   GTP CRITICAL - GTP-201 path to 192.0.2.33 down for 3m12s, 2,114 tunnels use it (and 2 more) | links=2 …
#pragma once

#include <optional>
#include <string>

#include "gtptop/collect/gatherer.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::top {

struct PluginVerdict {
  int status = 0;
  std::string line;
};
PluginVerdict plugin_verdict(const Model& model, const std::optional<Error>& trouble);

// Reads twice, an interval apart, so that there are rates, and prints the verdict.
int run_plugin(Gatherer& gatherer, std::uint64_t interval_ns, sys::Signals& signals);

}  // namespace gtp::top
