// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/suggest.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace gtp {
namespace {

TEST_CASE("edit distance counts a swap of neighbours as one") {
  static_assert(edit_distance("imsi", "imsi") == 0);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("imzi", "imsi") == 1);
  CHECK(edit_distance("imis", "imsi") == 1);
  CHECK(edit_distance("IMSI", "imsi") == 0);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance(std::string(64, 'a'), "a") == 64);
}

TEST_CASE("the nearest word, when it is near") {
  const auto nearest = [](std::string_view wanted) {
    Nearest n(wanted);
    for (const std::string_view word : {"imsi", "msisdn", "teid", "apn"}) n.consider(word);
    return n.best();
  };
  CHECK(nearest("imzi") == "imsi");
  CHECK(nearest("msidn") == "msisdn");
  CHECK(nearest("tied") == "teid");
  CHECK(nearest("destination").empty());
  CHECK(nearest("x").empty());
}

}  // namespace
}  // namespace gtp
