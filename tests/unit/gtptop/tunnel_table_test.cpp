// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/tunnel_table.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <random>

namespace gtp::top {
namespace {

TunnelSample sample(std::uint64_t id, std::uint32_t link = 1) {
  TunnelSample out;
  out.key.id = id;
  out.key.link = link;
  out.o_tei = static_cast<std::uint32_t>(id + 1);
  out.ms = IpAddress::v4(0x0a000000U + static_cast<std::uint32_t>(id));
  return out;
}

TunnelSample counted(std::uint64_t id, const TunnelCounters& counters) {
  TunnelSample out = sample(id);
  out.counters = counters;
  return out;
}

TEST_CASE("a row gives back what was put in") {
  TunnelTable table;
  TunnelSample v6 = sample(0xfedcba98, 7);
  v6.key.inner_v6 = 1;
  v6.ms = *IpAddress::parse("2001:db8:45:492c::");
  v6.qfi = 63;
  v6.drops = 5;
  v6.seen_s = 1'800'000'000;
  v6.created_s = 1'700'000'000;
  v6.counters = TunnelCounters{1, 2, 3, 4};
  const auto [row, added] = table.update(v6, 42, 1000, 500);
  CHECK(added);
  CHECK(table.find(v6.key) == row);
  CHECK(table.key(row) == v6.key);
  const PackedTunnel& packed = table[row];
  CHECK(packed.i_tei() == 0xfedcba98);
  CHECK(packed.o_tei() == 0xfedcba99);
  CHECK(packed.ms() == v6.ms);
  CHECK(packed.peer() == 42);
  CHECK(packed.qfi() == 63);
  CHECK(packed.counters() == *v6.counters);
  CHECK(packed.drops() == 5);
  CHECK(packed.seen_s() == 1'800'000'000);
  CHECK(packed.created_s() == 1'700'000'000);
  CHECK_FALSE(packed.has_rates());

  TunnelSample v0 = sample(0);
  v0.key.version = 0;
  v0.key.id = 0x1032547698badcfe;
  v0.flow = 4711;
  const auto second = table.update(v0, 1, 1000, 500);
  CHECK(table.key(second.row) == v0.key);
  CHECK(table[second.row].tid() == 0x1032547698badcfe);
  CHECK(table[second.row].flow() == 4711);
  CHECK(table[second.row].o_tei() == 0);
  CHECK(table.size() == 2);
}

TEST_CASE("the same TEID is another tunnel on another link, of another version, with the other inner family") {
  TunnelTable table;
  TunnelSample one = sample(5);
  table.update(one, 0, 0, 0);
  one.key.link = 2;
  CHECK(table.update(one, 0, 0, 0).added);
  one.key.inner_v6 = 1;
  CHECK(table.update(one, 0, 0, 0).added);
  one.key.version = 0;
  CHECK(table.update(one, 0, 0, 0).added);
  CHECK_FALSE(table.update(one, 0, 0, 0).added);
  CHECK(table.size() == 4);
}

TEST_CASE("rates come from two readings far enough apart") {
  TunnelTable table;
  const RowId row = table.update(counted(1, {100, 1000, 200, 2000}), 0, 10'000, 500).row;
  CHECK(table[row].has_counters());
  CHECK_FALSE(table[row].has_rates());

  // Too early: neither the counters nor their time move.
  table.update(counted(1, {101, 1100, 201, 2100}), 0, 10'499, 500);
  CHECK(table[row].counters() == TunnelCounters{100, 1000, 200, 2000});
  CHECK(table[row].age_ms(10'499) == 499);

  table.update(counted(1, {150, 6000, 300, 252'000}), 0, 12'000, 500);
  REQUIRE(table[row].has_rates());
  CHECK(table[row].up_bps() == Approx(5000 * 8 / 2.0));
  CHECK(table[row].dn_bps() == Approx(250'000 * 8 / 2.0));
  CHECK(table[row].pps() == Approx((50 + 100) / 2.0));
}

TEST_CASE("counters that went back start anew without a rate") {
  TunnelTable table;
  const RowId row = table.update(counted(1, {100, 1000, 200, 2000}), 0, 1000, 1).row;
  table.update(counted(1, {200, 2000, 400, 4000}), 0, 2000, 1);
  REQUIRE(table[row].has_rates());
  table.update(counted(1, {1, 10, 2, 20}), 0, 3000, 1);
  CHECK_FALSE(table[row].has_rates());
  CHECK(table[row].counters() == TunnelCounters{1, 10, 2, 20});
  table.update(counted(1, {2, 20, 3, 30}), 0, 4000, 1);
  CHECK(table[row].has_rates());
}

TEST_CASE("any of the four counters that goes back says so") {
  const TunnelCounters full{100, 200, 300, 400};
  for (const TunnelCounters& less : {TunnelCounters{99, 200, 300, 400}, TunnelCounters{100, 199, 300, 400},
                                     TunnelCounters{100, 200, 299, 400}, TunnelCounters{100, 200, 300, 399}}) {
    TunnelTable table;
    table.update(counted(1, full), 0, 1000, 500);
    const RowId row = table.update(counted(1, full), 0, 2000, 500).row;
    REQUIRE(table[row].has_rates());
    table.update(counted(1, less), 0, 3000, 500);
    CHECK_FALSE(table[row].has_rates());
    CHECK(table[row].counters() == less);
  }
}

TEST_CASE("the rate of drops has two digits at least, and a counter of 32 bits may wrap") {
  TunnelTable table;
  TunnelSample one = counted(1, {});
  one.drops = UINT32_MAX - 99;
  const RowId row = table.update(one, 0, 0, 1).row;
  one.drops = 900;
  table.update(one, 0, 1000, 1);
  CHECK(table[row].drops_per_s() == Approx(1000).epsilon(0.01));
}

TEST_CASE("what is not told leaves what is known") {
  TunnelTable table;
  TunnelSample full = counted(1, {1, 2, 3, 4});
  full.qfi = 9;
  const RowId row = table.update(full, 0, 0, 1).row;
  table.update(sample(1), 0, 5000, 1);
  CHECK(table[row].counters() == TunnelCounters{1, 2, 3, 4});
  CHECK(table[row].qfi() == 9);
  CHECK(table[row].age_ms(6000) == 6000);  // it was not read
}

TEST_CASE("a sweep removes what it did not meet") {
  TunnelTable table;
  for (std::uint64_t id = 1; id <= 10; ++id) table.update(sample(id), 0, 0, 1);
  table.begin_sweep();
  for (std::uint64_t id = 1; id <= 10; id += 2) table.update(sample(id), 0, 0, 1);
  table.update(sample(99), 0, 0, 1);  // made meanwhile
  std::vector<std::uint64_t> gone;
  CHECK(table.end_sweep([&](RowId row) { gone.push_back(table.key(row).id); }) == 5);
  CHECK(gone == std::vector<std::uint64_t>{2, 4, 6, 8, 10});
  CHECK(table.size() == 6);
  table.begin_sweep();
  CHECK(table.end_sweep([](RowId) {}) == 6);
  CHECK(table.size() == 0);
}

TEST_CASE("random additions and removals agree with a map") {
  TunnelTable table;
  std::map<TunnelKey, std::uint32_t> model;
  std::mt19937_64 random(1);
  for (int i = 0; i < 200'000; ++i) {
    const TunnelSample one = sample(random() % 5000, static_cast<std::uint32_t>(random() % 3));
    if (random() % 3 == 0) {
      REQUIRE(table.remove(one.key) == (model.erase(one.key) == 1));
    } else {
      const auto peer = static_cast<std::uint32_t>(random() % 100);
      table.update(one, peer, 0, 1);
      model[one.key] = peer;
    }
  }
  REQUIRE(table.size() == model.size());
  for (const auto& [key, peer] : model) {
    const RowId row = table.find(key);
    REQUIRE(row != kNoRow);
    REQUIRE(table[row].peer() == peer);
  }
  std::size_t seen = 0;
  table.for_each([&](RowId, const PackedTunnel&) { ++seen; });
  CHECK(seen == model.size());
}

TEST_CASE("a million tunnels fit 100 octets each, and removed rows are used again") {
  TunnelTable table;
  for (std::uint64_t id = 0; id < 1'000'000; ++id) table.update(sample(id), 0, 0, 1);
  CHECK(table.size() == 1'000'000);
  CHECK(table.memory_bytes() <= 100'000'000);
  const std::size_t before = table.memory_bytes();
  for (std::uint64_t id = 0; id < 300'000; ++id) {
    table.remove(sample(id).key);
    table.update(sample(2'000'000 + id), 0, 0, 1);
  }
  CHECK(table.memory_bytes() == before);
}

}  // namespace
}  // namespace gtp::top
