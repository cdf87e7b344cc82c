// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/terminal.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string>
#include <string_view>

namespace gtp::sys {
namespace {

std::string_view environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? std::string_view{} : std::string_view{value};
}

// The locale as setlocale(3) would choose it, without changing the process.
bool locale_is_utf8() {
  std::string_view locale = environment("LC_ALL");
  if (locale.empty()) locale = environment("LC_CTYPE");
  if (locale.empty()) locale = environment("LANG");
  std::string charset(locale.substr(std::min(locale.find('.'), locale.size())));
  std::erase(charset, '-');
  std::transform(charset.begin(), charset.end(), charset.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return charset.substr(0, 5) == ".utf8";
}

}  // namespace

Terminal inspect_terminal(int fd) {
  Terminal terminal;
  terminal.utf8 = locale_is_utf8();
  terminal.is_terminal = ::isatty(fd) == 1;
  if (!terminal.is_terminal) {
    const std::string_view columns = environment("COLUMNS");
    unsigned value = 0;
    std::from_chars(columns.data(), columns.data() + columns.size(), value);
    if (value != 0) terminal.columns = value;
    return terminal;
  }
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0) {
    if (size.ws_col != 0) terminal.columns = size.ws_col;
    if (size.ws_row != 0) terminal.rows = size.ws_row;
  }
  const std::string_view term = environment("TERM");
  terminal.colour = environment("NO_COLOR").empty() && !term.empty() && term != "dumb";
  return terminal;
}

}  // namespace gtp::sys
