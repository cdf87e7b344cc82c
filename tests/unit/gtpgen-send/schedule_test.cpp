// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/schedule.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <vector>

namespace gtp::gen {
namespace {

constexpr std::uint64_t kStart = 5'000'000'000;
constexpr std::uint64_t kSecond = 1'000'000'000;

struct Sum {
  std::uint64_t packets = 0;
  std::uint64_t events = 0;
};

Sum until(Schedule& schedule, std::uint64_t end_ns) {
  Sum sum;
  while (schedule.peek().due_ns < end_ns) {
    sum.packets += schedule.peek().packets;
    ++sum.events;
    schedule.pop();
  }
  return sum;
}

TEST_CASE("a constant rate is exact after an hour") {
  for (const double rate : {1.0, 3.0, 997.0, 10'000.0, 123'457.0, 600'000.0}) {
    INFO(rate);
    Schedule schedule({.packets_per_second = rate}, kStart);
    const std::uint64_t seconds = rate > 10'000 ? 60 : 3600;
    const Sum sum = until(schedule, kStart + seconds * kSecond);
    const double wanted = rate * static_cast<double>(seconds);
    CHECK(std::abs(static_cast<double>(sum.packets) - wanted) <= schedule.burst());
  }
}

TEST_CASE("bursts are what is due in a tick") {
  CHECK(Schedule({.packets_per_second = 1}, 0).burst() == 1);
  CHECK(Schedule({.packets_per_second = 10'000}, 0).burst() == 1);
  CHECK(Schedule({.packets_per_second = 100'000}, 0).burst() == 10);
  CHECK(Schedule({.packets_per_second = 10'000'000}, 0).burst() == 64);
  CHECK(Schedule({.packets_per_second = 100'000, .burst = 3}, 0).burst() == 3);
}

TEST_CASE("constant packets keep their distance") {
  Schedule schedule({.packets_per_second = 1000}, kStart);
  for (std::uint64_t i = 0; i < 1000; ++i) {
    CHECK(schedule.peek().due_ns == kStart + i * 1'000'000);
    CHECK(schedule.peek().packets == 1);
    schedule.pop();
  }
}

TEST_CASE("threads are put between each other") {
  Schedule second({.packets_per_second = 1000, .phase = 0.5}, kStart);
  CHECK(second.peek().due_ns == kStart + 500'000);
  second.pop();
  CHECK(second.peek().due_ns == kStart + 1'500'000);
}

TEST_CASE("Poisson arrivals have the mean and the spread of an exponential distribution, and repeat with the seed") {
  const SchedulePlan plan{.arrivals = Arrivals::poisson, .packets_per_second = 10'000, .seed = 7};
  Schedule schedule(plan, kStart);
  Schedule again(plan, kStart);
  double sum = 0;
  double squares = 0;
  std::uint64_t before = kStart;
  constexpr int kCount = 100'000;
  int short_ones = 0;
  for (int i = 0; i < kCount; ++i) {
    CHECK(schedule.peek().packets == 1);
    if (schedule.peek().due_ns != again.peek().due_ns) FAIL("not the same order");
    const auto gap = static_cast<double>(schedule.peek().due_ns - before);
    before = schedule.peek().due_ns;
    sum += gap;
    squares += gap * gap;
    if (gap < 100'000 * 0.693147) ++short_ones;
    schedule.pop();
    again.pop();
  }
  const double mean = sum / kCount;
  const double deviation = std::sqrt(squares / kCount - mean * mean);
  CHECK(mean == Approx(100'000).epsilon(0.02));
  CHECK(deviation == Approx(100'000).epsilon(0.03));
  CHECK(short_ones == Approx(kCount / 2).epsilon(0.02));
  CHECK(Schedule({.arrivals = Arrivals::poisson, .packets_per_second = 10'000, .seed = 8}, kStart).peek().due_ns !=
        Schedule(plan, kStart).peek().due_ns);
}

TEST_CASE("bursts of their own") {
  Schedule schedule({.arrivals = Arrivals::burst, .burst = 1000, .burst_period_ns = 10'000'000}, kStart);
  for (std::uint64_t i = 0; i < 5; ++i) {
    CHECK(schedule.peek().due_ns == kStart + i * 10'000'000);
    CHECK(schedule.peek().packets == 1000);
    schedule.pop();
  }
}

TEST_CASE("a ramp sends half of what its end would, and then the rate is constant") {
  for (const double rate : {1000.0, 200'000.0}) {
    INFO(rate);
    Schedule schedule({.packets_per_second = rate, .ramp_ns = 10 * kSecond}, kStart);
    const Sum ramp = until(schedule, kStart + 10 * kSecond);
    CHECK(static_cast<double>(ramp.packets) == Approx(rate * 5).epsilon(0.01));
    const Sum after = until(schedule, kStart + 11 * kSecond);
    CHECK(static_cast<double>(after.packets) == Approx(rate).epsilon(0.001));
  }
  Schedule between({.packets_per_second = 3000, .ramp_ns = 10 * kSecond, .ramp_from = 1000}, kStart);
  CHECK(static_cast<double>(until(between, kStart + 10 * kSecond).packets) == Approx(20'000).epsilon(0.01));
}

TEST_CASE("a Poisson ramp") {
  Schedule schedule({.arrivals = Arrivals::poisson, .packets_per_second = 10'000, .ramp_ns = 10 * kSecond}, kStart);
  CHECK(static_cast<double>(until(schedule, kStart + 10 * kSecond).packets) == Approx(50'000).epsilon(0.05));
  CHECK(static_cast<double>(until(schedule, kStart + 20 * kSecond).packets) == Approx(100'000).epsilon(0.02));
}

}  // namespace
}  // namespace gtp::gen
