// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/utf8.hpp"

#include <catch2/catch.hpp>

namespace {

std::string utf8(char32_t code) {
  std::string out;
  gtp::append_utf8(out, code);
  return out;
}

TEST_CASE("UTF-8: one, two and three octets, at their limits") {
  CHECK(utf8(0x41) == "A");
  CHECK(utf8(0x7f) == "\x7f");
  CHECK(utf8(0x80) == "\xc2\x80");
  CHECK(utf8(0xe9) == "\xc3\xa9");
  CHECK(utf8(0x7ff) == "\xdf\xbf");
  CHECK(utf8(0x800) == "\xe0\xa0\x80");
  CHECK(utf8(0x2588) == "\xe2\x96\x88");
  CHECK(utf8(0xffff) == "\xef\xbf\xbf");
}

}  // namespace
