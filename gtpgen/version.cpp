// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/version.hpp"

namespace gtp::gen {

std::string version_text() {
  return "gtpgen " GTP_VERSION " (" GTP_COMMIT
         ")\n"
         "Features: udp (GSO, GRO), packet, xdp, xdp-flood, netlink, scenarios (YAML)\n"
         "License GPL-2.0-or-later. No warranty.\n";
}

std::string version_number() { return GTP_VERSION; }

}  // namespace gtp::gen
