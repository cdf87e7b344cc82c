// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/flat_table.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <unordered_map>

#include "libcommon/util/ip.hpp"

namespace gtp {
namespace {

// Everything in a few homes, the last of them at the end of the table: long runs that wrap around.
struct CrowdedHash {
  std::uint64_t operator()(std::uint64_t key, std::uint64_t) const noexcept { return (key % 3 + 14) | key % 2 << 60; }
};

template <typename Table>
void same(const Table& table, const std::unordered_map<std::uint64_t, std::uint64_t>& model) {
  REQUIRE(table.size() == model.size());
  for (const auto& [key, value] : model) {
    const std::uint64_t* found = table.find(key);
    REQUIRE(found != nullptr);
    REQUIRE(*found == value);
  }
  std::size_t seen = 0;
  table.for_each([&](std::uint64_t key, std::uint64_t value) {
    ++seen;
    REQUIRE(model.at(key) == value);
  });
  REQUIRE(seen == model.size());
}

template <typename Table>
void random_operations(Table& table, std::uint64_t keys, int steps, unsigned seed) {
  std::mt19937_64 random(seed);
  std::unordered_map<std::uint64_t, std::uint64_t> model;
  for (int i = 0; i < steps; ++i) {
    const std::uint64_t key = random() % keys;
    switch (random() % 5) {
      case 0:
      case 1: {
        const std::uint64_t value = random();
        const auto [place, added] = table.insert(key, value);
        REQUIRE(added == model.emplace(key, value).second);
        REQUIRE(*place == model.at(key));
        break;
      }
      case 2:
        REQUIRE(table.erase(key) == (model.erase(key) == 1));
        break;
      case 3:
        REQUIRE(table.contains(key) == model.contains(key));
        break;
      default:
        if (std::uint64_t* value = table.find(key)) model.at(key) = ++*value;
    }
    if (i % 1024 == 0) same(table, model);
  }
  const auto odd = [](std::uint64_t key, std::uint64_t) { return key % 2 == 1; };
  std::multiset<std::uint64_t> asked;
  const std::size_t erased = table.erase_if([&](std::uint64_t key, std::uint64_t& value) {
    asked.insert(key);
    return odd(key, value);
  });
  REQUIRE(asked.size() == model.size());
  for (const auto& [key, value] : model) REQUIRE(asked.count(key) == 1);
  REQUIRE(erased == std::erase_if(model, [&](const auto& row) { return odd(row.first, row.second); }));
  same(table, model);
}

TEST_CASE("agrees with std::unordered_map under random operations") {
  for (const std::uint64_t keys : {8U, 100U, 5000U}) {
    CAPTURE(keys);
    FlatTable<std::uint64_t, std::uint64_t> table;
    random_operations(table, keys, 60'000, static_cast<unsigned>(keys));
  }
}

TEST_CASE("runs that collide and wrap around the end shift back correctly") {
  for (unsigned seed = 0; seed < 20; ++seed) {
    CAPTURE(seed);
    FlatTable<std::uint64_t, std::uint64_t, CrowdedHash> table;
    random_operations(table, 12, 2'000, seed);
    CHECK(table.capacity() == 16);
  }
}

TEST_CASE("erasing leaves no trace: the capacity stays with a constant number of rows") {
  FlatTable<std::uint32_t, std::uint32_t> table;
  for (std::uint32_t i = 0; i < 1'000; ++i) table.insert(i, i);
  const std::size_t capacity = table.capacity();
  for (std::uint32_t i = 1'000; i < 200'000; ++i) {
    REQUIRE(table.erase(i - 1'000));
    REQUIRE(table.insert(i, i).second);
  }
  CHECK(table.size() == 1'000);
  CHECK(table.capacity() == capacity);
}

TEST_CASE("memory: never more than 1.6 times the rows, the tags counted") {
  struct Value {
    std::uint64_t packets, bytes, last_seen;
  };
  FlatTable<std::uint64_t, Value> table;
  constexpr std::size_t kRow = sizeof(std::uint64_t) + sizeof(Value) + 1;
  for (std::uint64_t i = 0; i < 100'000; ++i) {
    table.insert(i);
    if (i < 64) continue;  // the first steps are larger
    REQUIRE(table.memory_bytes() * 10 <= 16 * (i + 1) * kRow + 20 * kRow);
    REQUIRE(table.size() * 8 <= table.capacity() * 7);
  }
  FlatTable<std::uint64_t, Value> reserved;
  reserved.reserve(768);
  const std::size_t capacity = reserved.capacity();
  for (std::uint64_t i = 0; i < 768; ++i) reserved.insert(i);
  CHECK(reserved.capacity() == capacity);
}

TEST_CASE("keys of several octets, moves and clear") {
  FlatTable<IpAddress, int> table;
  CHECK_FALSE(table.contains(*IpAddress::parse("::1")));
  table.insert(*IpAddress::parse("192.0.2.1"), 4);
  table.insert(*IpAddress::parse("2001:db8::1"), 6);
  FlatTable<IpAddress, int> moved(std::move(table));
  CHECK(*moved.find(*IpAddress::parse("192.0.2.1")) == 4);
  CHECK(*moved.find(*IpAddress::parse("2001:db8::1")) == 6);
  CHECK(moved.find(*IpAddress::parse("2001:db8::2")) == nullptr);
  moved.clear();
  CHECK(moved.empty());
  CHECK_FALSE(moved.erase(*IpAddress::parse("192.0.2.1")));
}

TEST_CASE("the seed decides the hash") {
  CHECK(SeededHash<std::uint32_t>{}(7, 1) != SeededHash<std::uint32_t>{}(7, 2));
  CHECK(process_seed() == process_seed());
}

}  // namespace
}  // namespace gtp
