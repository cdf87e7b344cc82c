// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/track/latency.hpp"

#include <catch2/catch.hpp>

#include <vector>

using gtp::gen::LatencyMeter;

TEST_CASE("a round trip is the time since the packet was due") {
  constexpr std::uint64_t kEpoch = 123'456'789'000'000;
  LatencyMeter meter(LatencyMeter::Kind::round_trip, kEpoch);
  meter.add(kEpoch + 5'000'000, 4'000'000);
  CHECK(meter.histogram().min() == 1'000'000U);
  CHECK(meter.negative() == 0);
}

TEST_CASE("stamps wrap after 78 hours and nobody notices") {
  constexpr std::uint64_t kWrap = std::uint64_t{1} << 48;
  LatencyMeter meter(LatencyMeter::Kind::round_trip, 1000);
  // Due just before the wrap, come just behind it; then both behind it.
  meter.add(1000 + kWrap + 50, kWrap - 50);
  meter.add(1000 + kWrap + 300, 100);
  CHECK(meter.histogram().min() == 100U);
  CHECK(meter.histogram().max() == 200U);
}

TEST_CASE("a packet that came before it was due is counted as such") {
  LatencyMeter meter(LatencyMeter::Kind::one_way, 1'000'000);
  meter.add(1'000'000 + 100, 200);
  CHECK(meter.histogram().max() == 0U);
  CHECK(meter.negative() == 1);
}

TEST_CASE("on another clock only differences count, whichever packet is the fastest") {
  const std::vector<std::uint64_t> delays = {5000, 9000, 3000, 3500, 1000, 8000, 1000};
  // The receiver's clock is anywhere.
  for (const std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{77'000'000'000'000'000}, ~std::uint64_t{0} - 40}) {
    INFO(offset);
    LatencyMeter meter(LatencyMeter::Kind::one_way_relative, 0);
    std::uint64_t due = 10;
    for (const std::uint64_t delay : delays) {
      meter.add(offset + due + delay, due);
      due += 10'000;
    }
    CHECK(meter.histogram().count() == delays.size());
    CHECK(meter.histogram().min() == 0U);
    CHECK(meter.histogram().max() == 8000U);
    const auto median = meter.histogram().percentile(50);
    REQUIRE(median);
    CHECK(*median >= 2475);
    CHECK(*median <= 2525);
    CHECK(meter.negative() == 0);
  }
}

TEST_CASE("relative meters of two threads merge on the lower reference, in either order") {
  LatencyMeter slow(LatencyMeter::Kind::one_way_relative, 0);
  LatencyMeter fast(LatencyMeter::Kind::one_way_relative, 0);
  slow.add(50'000, 10'000);    // 40 us
  slow.add(70'000, 20'000);    // 50 us
  fast.add(130'000, 100'000);  // 30 us
  for (const bool turned : {false, true}) {
    LatencyMeter sum = turned ? fast : slow;
    sum.merge(turned ? slow : fast);
    CHECK(sum.histogram().count() == 3);
    CHECK(sum.histogram().min() == 0U);
    CHECK(sum.histogram().max() == 20'000U);
  }
  LatencyMeter empty(LatencyMeter::Kind::one_way_relative, 0);
  empty.merge(slow);
  CHECK(empty.histogram().max() == 10'000U);
}
