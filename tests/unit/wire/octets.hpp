// SPDX-License-Identifier: GPL-2.0-or-later
//
// Octets for tests, written as the specifications print them: octets("30 ff 00 04") ignores everything that is not a
// hexadecimal digit, so a dump can carry line breaks.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace gtp::test {

inline std::vector<std::byte> octets(std::string_view hex) {
  std::vector<std::byte> out;
  int high = -1;
  for (const char c : hex) {
    int digit = 0;
    if (c >= '0' && c <= '9') {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else {
      continue;
    }
    if (high < 0) {
      high = digit;
    } else {
      out.push_back(static_cast<std::byte>(high * 16 + digit));
      high = -1;
    }
  }
  return out;
}

}  // namespace gtp::test
