// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/delimited.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace gtp::output {
namespace {

std::string field(Delimiter delimiter, std::string_view text) {
  TextBuffer out;
  put_field(out, delimiter, text);
  return std::string(out.view());
}

TEST_CASE("CSV quotes what needs quotes") {
  CHECK(field(Delimiter::comma, "internet") == "internet");
  CHECK(field(Delimiter::comma, "a b") == "a b");
  CHECK(field(Delimiter::comma, "a,b") == "\"a,b\"");
  CHECK(field(Delimiter::comma, "say \"x\"") == "\"say \"\"x\"\"\"");
  CHECK(field(Delimiter::comma, "\"") == "\"\"\"\"");
  CHECK(field(Delimiter::comma, " a") == "\" a\"");
  CHECK(field(Delimiter::comma, "a\r\nb") == "a\\x0d\\x0ab");
  CHECK(field(Delimiter::comma, "").empty());
}

TEST_CASE("TSV has no quotes and no tabs inside") {
  CHECK(field(Delimiter::tab, "a,\"b\"") == "a,\"b\"");
  CHECK(field(Delimiter::tab, "a\tb\x1b") == "a\\x09b\\x1b");
}

}  // namespace
}  // namespace gtp::output
