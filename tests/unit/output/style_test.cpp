// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/style.hpp"

#include <catch2/catch.hpp>

namespace gtp::output {
namespace {

TEST_CASE("colour only where it is on") {
  TextBuffer out;
  Style().put(out, Role::error, "bad");
  CHECK(out.view() == "bad");
  out.clear();
  const Style colour(true);
  colour.put(out, Role::plain, "plain");
  CHECK(out.view() == "plain");
  out.clear();
  colour.put(out, Role::error, "bad");
  CHECK(out.view() == "\x1b[31mbad\x1b[0m");
}

}  // namespace
}  // namespace gtp::output
