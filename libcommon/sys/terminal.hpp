// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the terminal behind a descriptor can do. Decided once, before the first line is written; any thread.
#pragma once

namespace gtp::sys {

struct Terminal {
  bool is_terminal = false;
  unsigned columns = 80;  // 80 when nobody says
  unsigned rows = 24;
  bool colour = false;  // a terminal that is not dumb, and the user has not set NO_COLOR (https://no-color.org)
  bool utf8 = false;    // the locale's character set
};

// Looks at [fd] and the environment (NO_COLOR, TERM, LC_ALL, LC_CTYPE, LANG; COLUMNS when there is no terminal).
Terminal inspect_terminal(int fd);

}  // namespace gtp::sys
