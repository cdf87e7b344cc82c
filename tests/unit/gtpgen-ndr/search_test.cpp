// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/search.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <functional>
#include <random>

using namespace gtp::gen;
using namespace std::chrono_literals;

namespace {

const Goal kRfc2544{"throughput", 0, 0, 60s, 60s, 0.005};
const Goal kNdr{"NDR", 0, 0.5, 2s, 20s, 0.01};
const Goal kPdr{"PDR", 0.005, 0.5, 2s, 20s, 0.01};

// Runs the search against [peer], which answers with a loss ratio; gives up after many trials.
std::size_t run(Search& search, const std::function<Trial(const NextTrial&)>& peer) {
  std::size_t trials = 0;
  while (const auto next = search.next()) {
    search.record(peer(*next));
    REQUIRE(++trials < 1000);
  }
  return trials;
}

// Forwards [capacity] packets per second and drops the rest.
Trial plain(const NextTrial& next, double capacity) {
  return {next.rate_pps, next.duration, next.rate_pps <= capacity ? 0 : 1 - capacity / next.rate_pps, true};
}

}  // namespace

TEST_CASE("the bounds enclose the capacity and are near enough") {
  const double capacity = GENERATE(1'500.0, 33'333.0, 456'789.0, 999'000.0);
  const Goal goal = GENERATE(kRfc2544, kNdr);
  Search search({goal}, 1000, 1e6);
  run(search, [&](const NextTrial& next) { return plain(next, capacity); });
  const Bounds bounds = search.bounds(goal);
  CAPTURE(capacity, goal.name);
  REQUIRE(bounds.regular);
  CHECK(*bounds.lower_pps <= capacity);
  CHECK(*bounds.upper_pps > capacity);
  CHECK((*bounds.upper_pps - *bounds.lower_pps) / *bounds.upper_pps <= goal.width);
  CHECK(*bounds.conditional_pps == *bounds.lower_pps);
}

TEST_CASE("a peer that keeps up with everything has no upper bound") {
  Search search({kNdr}, 1000, 1e6);
  const std::size_t trials = run(search, [](const NextTrial& next) { return plain(next, 1e9); });
  const Bounds bounds = search.bounds(kNdr);
  CHECK(*bounds.lower_pps == 1e6);
  CHECK_FALSE(bounds.upper_pps);
  CHECK_FALSE(bounds.regular);
  CHECK_FALSE(bounds.generator_limited);
  CHECK(trials == 5);  // half of 20 s in good trials of 2 s decides
}

TEST_CASE("a peer that is slower than the lowest rate has no lower bound") {
  Search search({kNdr}, 1000, 1e6);
  run(search, [](const NextTrial& next) { return plain(next, 10); });
  const Bounds bounds = search.bounds(kNdr);
  CHECK_FALSE(bounds.lower_pps);
  CHECK(*bounds.upper_pps == 1000);
  CHECK_FALSE(bounds.conditional_pps);
}

TEST_CASE("hiccups that take less than half of the trials do not count, a zero exceed ratio counts each") {
  std::mt19937 random(7);
  const auto peer = [&](const NextTrial& next) {
    Trial trial = plain(next, 400'000);
    if (trial.loss_ratio == 0 && random() % 5 == 0) trial.loss_ratio = 1e-5;
    return trial;
  };
  Search tolerant({kNdr}, 1000, 1e6);
  run(tolerant, peer);
  CHECK(*tolerant.bounds(kNdr).lower_pps > 395'000);

  Goal strict = kNdr;
  strict.exceed_ratio = 0;
  Search intolerant({strict}, 1000, 1e6);
  run(intolerant, peer);
  const Bounds bounds = intolerant.bounds(strict);
  CHECK(bounds.lower_pps.value_or(0) < 395'000);
}

TEST_CASE("two goals share their trials, and the more tolerant one is not slower") {
  // Loses 0.1 % from 300k on, and all beyond 500k.
  const auto peer = [](const NextTrial& next) {
    Trial trial = plain(next, 500'000);
    if (trial.loss_ratio == 0 && next.rate_pps > 300'000) trial.loss_ratio = 0.001;
    return trial;
  };
  Search both({kNdr, kPdr}, 1000, 1e6);
  const std::size_t trials = run(both, peer);
  CHECK(*both.bounds(kNdr).lower_pps <= 300'000);
  CHECK(*both.bounds(kNdr).lower_pps > 296'000);
  CHECK(*both.bounds(kPdr).lower_pps > 490'000);
  CHECK(*both.bounds(kPdr).conditional_pps < *both.bounds(kPdr).lower_pps);

  Search alone({kPdr}, 1000, 1e6);
  Search other({kNdr}, 1000, 1e6);
  CHECK(trials < run(alone, peer) + run(other, peer));
}

TEST_CASE("a generator that cannot reach a rate limits the search and says so") {
  Search search({kNdr}, 1000, 1e6);
  run(search, [](const NextTrial& next) {
    Trial trial = plain(next, 900'000);
    trial.valid = next.rate_pps <= 250'000;
    return trial;
  });
  const Bounds bounds = search.bounds(kNdr);
  CHECK(bounds.generator_limited);
  CHECK_FALSE(bounds.upper_pps);
  CHECK(*bounds.lower_pps <= 250'000);
  CHECK(*bounds.lower_pps > 220'000);
}

TEST_CASE("a good rate above a bad one is luck") {
  Search search({kRfc2544}, 1000, 1e6);
  search.record({200'000, 60s, 0.1, true});
  search.record({300'000, 60s, 0, true});
  CHECK(*search.bounds(kRfc2544).upper_pps == 200'000);
  CHECK_FALSE(search.bounds(kRfc2544).lower_pps);
}

TEST_CASE("short trials alone never make a lower bound, but prove a rate bad") {
  Goal goal = kNdr;
  Search search({goal}, 1000, 1e6);
  for (int i = 0; i < 100; ++i) search.record({100'000, 1s, 0, true});
  CHECK_FALSE(search.bounds(goal).lower_pps);
  for (int i = 0; i < 100; ++i) search.record({200'000, 1s, 0.5, true});
  CHECK(*search.bounds(goal).upper_pps == 200'000);
}
