// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/permutation.hpp"

#include <catch2/catch.hpp>

#include <vector>

namespace gtp::gen {
namespace {

bool visits_all(const Permutation& order) {
  std::vector<bool> seen(order.count());
  for (std::uint32_t i = 0; i < order.count(); ++i) {
    const std::uint32_t at = order(i);
    if (at >= order.count() || seen[at]) return false;
    seen[at] = true;
  }
  return true;
}

TEST_CASE("every order visits every number once") {
  for (const std::uint32_t count : {1U, 2U, 3U, 4U, 5U, 16U, 17U, 1000U, 4096U, 65'537U, 1'000'000U}) {
    INFO(count);
    CHECK(visits_all(Permutation::sequential(count)));
    CHECK(visits_all(Permutation::strided(count, 7)));
    CHECK(visits_all(Permutation::strided(count, count)));
    CHECK(visits_all(Permutation::random(count, 1)));
    CHECK(visits_all(Permutation::random(count, 0xdeadbeef)));
  }
}

TEST_CASE("a stride that shares a factor is the next one that does not") {
  const auto order = Permutation::strided(100, 10);
  CHECK(order.stride() == 11);
  CHECK(order(0) == 0);
  CHECK(order(1) == 11);
  CHECK(order(10) == 10);
}

TEST_CASE("a random order depends on the seed only") {
  const auto one = Permutation::random(1000, 1);
  const auto same = Permutation::random(1000, 1);
  const auto other = Permutation::random(1000, 2);
  int equal = 0;
  int in_place = 0;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    CHECK(one(i) == same(i));
    if (one(i) == other(i)) ++equal;
    if (one(i) == i) ++in_place;
  }
  // One in a thousand by chance.
  CHECK(equal < 10);
  CHECK(in_place < 10);
}

}  // namespace
}  // namespace gtp::gen
