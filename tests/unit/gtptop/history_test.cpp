// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/history.hpp"

#include <catch2/catch.hpp>

#include <cmath>

namespace gtp::top {
namespace {

TunnelKey key(std::uint64_t id) {
  TunnelKey out;
  out.id = id;
  return out;
}

TEST_CASE("a ring keeps the newest") {
  Ring ring(3);
  CHECK(ring.last(5).empty());
  CHECK(std::isnan(ring.peak()));
  for (const float value : {1.0F, 9.0F, 3.0F, 4.0F}) ring.add(value);
  CHECK(ring.last(5) == std::vector<float>{9, 3, 4});
  CHECK(ring.last(2) == std::vector<float>{3, 4});
  CHECK(ring.peak() == 9);
}

TEST_CASE("a tunnel that was out of sight has a gap") {
  HistoryStore store;
  store.add(key(1), 10, 1);
  store.add(key(1), 11, 2);
  store.add(key(1), 14, 5);
  const auto values = store.last(key(1), 15, 60);
  REQUIRE(values.size() == 6);  // ticks 10 to 15
  CHECK(values[0] == 1);
  CHECK(values[1] == 2);
  CHECK(std::isnan(values[2]));
  CHECK(std::isnan(values[3]));
  CHECK(values[4] == 5);
  CHECK(std::isnan(values[5]));  // not yet
  CHECK(store.last(key(2), 15, 60).empty());
  CHECK(store.last(key(1), 80, 60).empty());  // a minute is over
}

TEST_CASE("after a minute's absence it starts anew") {
  HistoryStore store;
  store.add(key(1), 10, 1);
  store.add(key(1), 200, 7);
  CHECK(store.last(key(1), 200, 60) == std::vector<float>{7});
}

TEST_CASE("whoever scrolls through many tunnels does not fill the memory") {
  HistoryStore store;
  for (std::uint64_t i = 0; i < 10'000; ++i) store.add(key(i), 100 + i / 200, 1);
  store.add(key(1), 151, 4);
  CHECK_FALSE(store.last(key(1), 151, 60).empty());
}

}  // namespace
}  // namespace gtp::top
