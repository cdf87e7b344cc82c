// SPDX-License-Identifier: GPL-2.0-or-later
//
// The line that gives this program a capability for good, to be pasted into a shell:
//
//   sudo setcap cap_net_raw+ep /usr/bin/gtpdump
#pragma once

#include <unistd.h>

#include <array>
#include <string>
#include <string_view>

namespace gtp {

// [capability] as setcap(8) spells it, "cap_net_raw" or "cap_net_raw,cap_net_admin".
inline std::string setcap_hint(std::string_view capability) {
  std::array<char, 4096> path{};
  const ssize_t n = ::readlink("/proc/self/exe", path.data(), path.size());
  std::string hint = "sudo setcap ";
  hint.append(capability).append("+ep ");
  if (n > 0 && static_cast<std::size_t>(n) < path.size()) return hint.append(path.data(), static_cast<std::size_t>(n));
  return hint + "PROGRAM";
}

}  // namespace gtp
