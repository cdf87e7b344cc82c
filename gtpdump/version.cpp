// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/version.hpp"

namespace gtp::dump {

std::string version_text() {
  return "gtpdump " GTP_VERSION " (" GTP_COMMIT
         ")\n"
         "Features: live (libpcap), gzip, zstd, xz\n"
         "License GPL-2.0-or-later. No warranty.\n";
}

}  // namespace gtp::dump
