// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/pattern.hpp"

#include <catch2/catch.hpp>

namespace gtp::filter {
namespace {

bool glob(std::string_view pattern, std::string_view text) {
  return Pattern(Pattern::Kind::glob, pattern).matches(text);
}

TEST_CASE("stars and question marks") {
  CHECK(glob("", ""));
  CHECK(glob("*", ""));
  CHECK(glob("***", "abc"));
  CHECK(glob("a*c", "abc"));
  CHECK(glob("a*c", "ac"));
  CHECK(glob("a*b*c", "aXbYbZc"));
  CHECK(glob("*abc", "ababc"));
  CHECK(glob("a?c", "abc"));
  CHECK_FALSE(glob("a?c", "ac"));
  CHECK_FALSE(glob("a*c", "abd"));
  CHECK_FALSE(glob("", "a"));
  CHECK_FALSE(glob("abc", "ab"));
  CHECK_FALSE(glob("ab", "abc"));
}

TEST_CASE("a pattern made to backtrack is still quick") {
  CHECK_FALSE(glob(std::string(200, '*') + "a*a*a*a*a*a*a*b", std::string(20000, 'a')));
}

TEST_CASE("names fold what is not a letter or digit") {
  using Kind = Pattern::Kind;
  CHECK(Pattern(Kind::name, "gtpv1-c").matches("GTPv1_C"));
  CHECK_FALSE(Pattern(Kind::name, "gtpv1").matches("gtpv1-c"));
  CHECK(Pattern(Kind::name_prefix, "gtpv1").matches("gtpv1-c"));
  CHECK_FALSE(Pattern(Kind::name_prefix, "gtpv").matches("gtpv1-c"));
  CHECK(Pattern(Kind::name_glob, "g*-c").matches("gtpv1_c"));
  CHECK_FALSE(Pattern(Kind::literal, "gtpv1-c").matches("gtpv1_c"));
}

}  // namespace
}  // namespace gtp::filter
