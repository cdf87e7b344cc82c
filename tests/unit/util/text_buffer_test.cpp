// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/text_buffer.hpp"

#include <catch2/catch.hpp>

using gtp::TextBuffer;

namespace {

std::string json(std::string_view text) {
  TextBuffer out;
  out.put_json_string(text);
  return std::string(out.view());
}

std::string escaped(std::string_view text) {
  TextBuffer out;
  out.put_escaped(text);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("JSON strings are printable ASCII and keep every character") {
  CHECK(json("internet") == R"("internet")");
  CHECK(json("a\"b\\c") == R"("a\"b\\c")");
  CHECK(json(std::string_view("\0\n\x1b[31m\x7f", 8)) == R"("\u0000\u000a\u001b[31m\u007f")");
  // Characters of two, three and four octets: u-umlaut, euro sign, a clef beyond the 16-bit characters.
  CHECK(json("\xc3\xbc") == R"("\u00fc")");
  CHECK(json("\xe2\x82\xac") == R"("\u20ac")");
  CHECK(json("\xf0\x9d\x84\x9e") == R"("\ud834\udd1e")");
}

TEST_CASE("octets that are no UTF-8 become the characters of their numbers") {
  CHECK(json("\xff") == R"("\u00ff")");
  CHECK(json("\xc3") == R"("\u00c3")");
  CHECK(json("\xc3(") == R"("\u00c3(")");
  CHECK(json("\xc0\xaf") == R"("\u00c0\u00af")");            // overlong
  CHECK(json("\xed\xa0\x80") == R"("\u00ed\u00a0\u0080")");  // a surrogate
}

TEST_CASE("text for terminals is printable ASCII") {
  CHECK(escaped("a b~") == "a b~");
  CHECK(escaped("\\") == "\\\\");
  CHECK(escaped("\x1b]0;x\x07\x9b\xc3\xbc") == R"(\x1b]0;x\x07\x9b\xc3\xbc)");
}
