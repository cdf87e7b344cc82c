// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/waiter.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpgen-send/fake_clock.hpp"

namespace gtp::gen {
namespace {

TEST_CASE("sleeping wakes late, spinning does not") {
  FakeClock clock;
  clock.look_ns = 40;
  clock.oversleep_ns = 12'000;
  Waiter sleeper(clock, Pacing::sleep);
  CHECK(sleeper.wait_until(1'000'000) >= 1'012'000);
  CHECK(clock.sleeps == 1);

  Waiter hybrid(clock, Pacing::hybrid);
  const std::uint64_t due = clock.time_ns + 1'000'000;
  const std::uint64_t now = hybrid.wait_until(due);
  CHECK(now >= due);
  CHECK(now <= due + 40);
  CHECK(clock.sleeps == 2);

  Waiter busy(clock, Pacing::busy);
  const std::uint64_t next = clock.time_ns + 100'000;
  CHECK(busy.wait_until(next) <= next + 40);
  CHECK(clock.sleeps == 2);
}

TEST_CASE("what is due already is not waited for") {
  FakeClock clock;
  clock.time_ns = 5000;
  for (const auto pacing : {Pacing::sleep, Pacing::hybrid, Pacing::busy}) {
    CHECK(Waiter(clock, pacing).wait_until(4000) == 5000);
  }
  CHECK(clock.sleeps == 0);
}

TEST_CASE("how long to spin is learnt") {
  FakeClock clock;
  clock.look_ns = 40;
  clock.oversleep_ns = 3'000;
  Waiter waiter(clock, Pacing::hybrid);
  CHECK(waiter.spin_ns() == Waiter::kShortSpinNs);
  for (int i = 0; i < 1000; ++i) static_cast<void>(waiter.wait_until(clock.time_ns + 100'000));
  CHECK(waiter.spin_ns() >= 4'000);
  CHECK(waiter.spin_ns() < 6'000);
  // One late wake-up, and it is careful again; never for longer than the limit.
  clock.oversleep_ns = 2'000'000;
  static_cast<void>(waiter.wait_until(clock.time_ns + 100'000));
  CHECK(waiter.spin_ns() == Waiter::kMaxSpinNs);
}

TEST_CASE(
    "where packets are rare, spinning makes up for a late wake-up; where they are not, it does not take the CPU") {
  FakeClock clock;
  clock.look_ns = 40;
  clock.oversleep_ns = 99'000;
  Waiter waiter(clock, Pacing::hybrid);
  static_cast<void>(waiter.wait_until(clock.time_ns + 1'000'000));  // learns
  const std::uint64_t due = clock.time_ns + 1'000'000;
  CHECK(waiter.wait_until(due) <= due + 40);
  // 60 us before the end of a short wait, although 99 us would be needed.
  const std::uint64_t soon = clock.time_ns + 100'000;
  CHECK(waiter.wait_until(soon) >= soon + 39'000);
}

}  // namespace
}  // namespace gtp::gen
