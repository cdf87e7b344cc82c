// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/version.hpp"

namespace gtp::top {

std::string version_text() {
  return "gtptop " GTP_VERSION " (" GTP_COMMIT
         ")\n"
         "Features: netlink, tap (eBPF), replay (zstd), exporter (Prometheus, OpenMetrics), screen (ncurses)\n"
         "License GPL-2.0-or-later. No warranty.\n";
}

std::string_view version_number() noexcept { return GTP_VERSION; }

std::string_view version_commit() noexcept { return GTP_COMMIT; }

}  // namespace gtp::top
