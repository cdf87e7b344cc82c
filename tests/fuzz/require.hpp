// SPDX-License-Identifier: GPL-2.0-or-later
//
// What fuzz targets check: an invariant that does not hold ends the process with its name, in every build.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace gtp::fuzz {

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

}  // namespace gtp::fuzz
