// SPDX-License-Identifier: GPL-2.0-or-later
//
// Characters as UTF-8 (RFC 3629).
#pragma once

#include <string>

namespace gtp {

// [code] of the Basic Multilingual Plane. Surrogates are not joined: each is written by itself.
inline void append_utf8(std::string& out, char32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 0x3f));
  } else {
    out += static_cast<char>(0xe0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (code & 0x3f));
  }
}

}  // namespace gtp
