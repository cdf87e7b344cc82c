// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/pacer.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/gtpgen-send/fake_clock.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint64_t kStart = 1'000'000'000;
constexpr std::uint64_t kMs = 1'000'000;

struct Fixture {
  FakeClock clock;
  measure::Histogram lag;
  Pacer::Batch batch;

  Pacer pacer(const SchedulePlan& plan, std::uint64_t length_ns) {
    clock.time_ns = kStart;
    return Pacer(clock, Pacing::sleep, Schedule(plan, kStart), kStart + length_ns, lag);
  }
};

TEST_CASE("on time, packets leave one after the other and none is late") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 1000}, 100 * kMs);
  int batches = 0;
  while (pacer.next(f.batch, UINT64_MAX)) {
    CHECK(f.batch.packets == 1);
    const std::uint64_t now = pacer.wait(f.batch);
    CHECK(now == kStart + static_cast<std::uint64_t>(batches) * kMs);
    pacer.sent(f.batch, 1, now);
    ++batches;
  }
  CHECK(batches == 100);
  CHECK(f.lag.count() == 100);
  CHECK(f.lag.max() == 0);
  CHECK(pacer.skipped() == 0);
  CHECK(pacer.next_due_ns() == kStart + 100 * kMs);
}

TEST_CASE("behind a short stall packets leave together, with their own times and lateness") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 1000}, 100 * kMs);
  f.clock.time_ns = kStart + 5 * kMs;
  REQUIRE(pacer.next(f.batch, UINT64_MAX));
  CHECK(f.batch.packets == 6);
  CHECK(f.batch.groups[0].due_ns == kStart);
  CHECK(f.batch.groups[5].due_ns == kStart + 5 * kMs);
  pacer.sent(f.batch, 6, pacer.wait(f.batch));
  CHECK(f.lag.max() == 5 * kMs);
  CHECK(f.lag.min() == 0);
  CHECK(pacer.skipped() == 0);
}

TEST_CASE("what is more than 10 ms late is skipped and counted") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 1000}, 100 * kMs);
  f.clock.time_ns = kStart + 50 * kMs;
  REQUIRE(pacer.next(f.batch, UINT64_MAX));
  CHECK(pacer.skipped() == 40);
  CHECK(f.batch.groups[0].due_ns == kStart + 40 * kMs);
  CHECK(f.batch.packets == 11);
}

TEST_CASE("catching up is capped") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 100'000}, 100 * kMs);
  f.clock.time_ns = kStart + 5 * kMs;
  std::uint64_t packets = 0;
  for (int i = 0; i < 8; ++i) {
    REQUIRE(pacer.next(f.batch, UINT64_MAX));
    CHECK(f.batch.packets <= kMaxBurst);
    packets += f.batch.packets;
  }
  CHECK(packets == 510);
}

TEST_CASE("a long burst is cut and stays due at one time") {
  Fixture f;
  auto pacer = f.pacer({.arrivals = Arrivals::burst, .burst = 150, .burst_period_ns = 10 * kMs}, 20 * kMs);
  std::vector<std::uint32_t> sizes;
  std::uint64_t total = 0;
  while (pacer.next(f.batch, UINT64_MAX)) {
    static_cast<void>(pacer.wait(f.batch));
    CHECK(f.batch.group_count == 1);
    sizes.push_back(f.batch.packets);
    total += f.batch.packets;
  }
  CHECK(sizes == std::vector<std::uint32_t>{64, 64, 22, 64, 64, 22});
  CHECK(total == 300);
}

TEST_CASE("a limit ends in the middle of a burst") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 100'000}, UINT64_MAX - kStart);
  REQUIRE(pacer.next(f.batch, 7));
  CHECK(f.batch.packets == 7);
  CHECK_FALSE(pacer.next(f.batch, 0));
  REQUIRE(pacer.next(f.batch, 100));
  CHECK(f.batch.packets == 3);
}

TEST_CASE("only packets that were sent have a lateness") {
  Fixture f;
  auto pacer = f.pacer({.packets_per_second = 100'000}, kMs);
  REQUIRE(pacer.next(f.batch, UINT64_MAX));
  pacer.sent(f.batch, 4, kStart + 3000);
  CHECK(f.lag.count() == 4);
  CHECK(f.lag.min() == 3000);
}

}  // namespace
}  // namespace gtp::gen
