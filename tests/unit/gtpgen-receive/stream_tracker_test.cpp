// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tracker against a model that keeps every sequence number in a set, and the cases that are easy to get wrong.
#include "gtpgen/track/stream_tracker.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>
#include <vector>

using gtp::gen::Arrival;
using gtp::gen::is_received;
using gtp::gen::StreamCounts;
using gtp::gen::StreamTotals;
using gtp::gen::StreamTracker;

namespace {

// One tunnel, as the header describes it, without a window of bits.
class Model {
 public:
  void add(std::uint64_t sequence) {
    constexpr std::uint64_t kWindow = StreamTracker::kWindow;
    if (sequence >= next_) {
      next_ = sequence + 1;
      seen_.insert(sequence);
      ++received;
    } else if (next_ - 1 - sequence >= kWindow) {
      ++late;
    } else if (!seen_.insert(sequence).second) {
      ++duplicate;
    } else {
      ++received;
      ++reordered;
      distance = std::max(distance, next_ - 1 - sequence);
    }
  }
  std::uint64_t next() const { return next_; }
  // What can no longer come in time.
  std::uint64_t given_up() const {
    const std::uint64_t edge = next_ > StreamTracker::kWindow ? next_ - StreamTracker::kWindow : 0;
    return edge - static_cast<std::uint64_t>(std::distance(seen_.begin(), seen_.lower_bound(edge)));
  }

  std::uint64_t received = 0;
  std::uint64_t reordered = 0;
  std::uint64_t distance = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t late = 0;

 private:
  std::uint64_t next_ = 0;
  std::set<std::uint64_t> seen_;
};

StreamCounts feed(StreamTracker& tracker, const std::vector<std::uint32_t>& sequences) {
  StreamCounts counts;
  for (const std::uint32_t sequence : sequences) tracker.add(counts, 0, sequence);
  return counts;
}

// Sequence numbers 0 to n - 1 through a network that drops, doubles, holds back and sometimes loses whole rows.
std::vector<std::uint64_t> damaged(std::uint64_t n, std::mt19937_64& random) {
  std::vector<std::pair<double, std::uint64_t>> arrivals;
  std::uniform_real_distribution<double> chance(0, 1);
  const double drop = chance(random) * 0.3;
  const double copy = chance(random) * 0.1;
  const double hold = chance(random) * 0.2;
  const double held_by = 1 + chance(random) * 150;
  for (std::uint64_t i = 0; i < n; ++i) {
    if (chance(random) < 0.001) i += static_cast<std::uint64_t>(chance(random) * 300);
    const double at = static_cast<double>(i);
    if (chance(random) >= drop) {
      arrivals.emplace_back(at + (chance(random) < hold ? chance(random) * held_by : 0), i);
    }
    if (chance(random) < copy) arrivals.emplace_back(at + chance(random) * held_by, i);
  }
  std::stable_sort(arrivals.begin(), arrivals.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::uint64_t> order;
  for (const auto& [time, sequence] : arrivals) order.push_back(sequence);
  return order;
}

}  // namespace

TEST_CASE("all in order: nothing lost, nothing remarkable") {
  StreamTracker tracker(1);
  StreamCounts counts;
  for (std::uint32_t i = 0; i < 1000; ++i) CHECK(tracker.add(counts, 0, i) == Arrival::in_order);
  CHECK(counts.received == 1000);
  CHECK(counts.lost == 0);
  CHECK(tracker.finish().lost == 0);
  CHECK(tracker.finish([](std::uint32_t) { return 1003U; }).lost == 3);
}

TEST_CASE("what is missing is lost when the window has passed it, not before") {
  StreamTracker tracker(1);
  StreamCounts counts;
  tracker.add(counts, 0, 0);
  tracker.add(counts, 0, 2);  // 1 is missing
  for (std::uint32_t i = 3; i <= 64; ++i) tracker.add(counts, 0, i);
  CHECK(counts.lost == 0);
  tracker.add(counts, 0, 65);
  CHECK(counts.lost == 1);
  // It comes all the same: too late.
  CHECK(tracker.add(counts, 0, 1) == Arrival::late);
  CHECK(counts.lost == 1);
  CHECK(counts.received == 65);
  CHECK(tracker.finish().lost == 1);
}

TEST_CASE("a packet at the far end of the window is reordered by 63") {
  StreamTracker tracker(1);
  StreamCounts counts;
  for (std::uint32_t i = 1; i <= 63; ++i) tracker.add(counts, 0, i);
  CHECK(tracker.add(counts, 0, 0) == Arrival::reordered);
  CHECK(counts.reorder_max_distance == 63);
  CHECK(tracker.add(counts, 0, 0) == Arrival::duplicate);
  CHECK(tracker.finish().lost == 0);
}

TEST_CASE("jumps just short of, at and beyond the window") {
  for (const std::uint32_t jump : {62U, 63U, 64U, 65U, 127U, 128U, 1000U}) {
    INFO(jump);
    StreamTracker tracker(1);
    const StreamCounts counts = feed(tracker, {0, jump});
    CHECK(counts.received == 2);
    CHECK(counts.lost == (jump < 64 ? 0 : jump - 64));
    CHECK(tracker.finish().lost == jump - 1);
  }
}

TEST_CASE("a jump of exactly the window leaves nothing of what was known in it") {
  StreamTracker tracker(1);
  StreamCounts counts;
  tracker.add(counts, 0, 0);
  CHECK(tracker.add(counts, 0, StreamTracker::kWindow) == Arrival::in_order);
  // The oldest that is still waited for, and then a copy of it.
  CHECK(tracker.add(counts, 0, 1) == Arrival::reordered);
  CHECK(tracker.add(counts, 0, 1) == Arrival::duplicate);
  CHECK(tracker.add(counts, 0, 0) == Arrival::late);
  CHECK(counts.lost == 0);
}

TEST_CASE("the sequence number wraps at 2^32 and nothing is lost by that") {
  StreamTracker tracker(1, StreamTracker::Start::first_seen);
  StreamCounts counts;
  for (std::uint64_t i = 0xffffff00; i < 0x100000100; ++i) {
    if (i == 0xffffffff || i == 0x100000003) continue;
    CHECK(is_received(tracker.add(counts, 0, static_cast<std::uint32_t>(i))));
  }
  CHECK(counts.received == 510);
  CHECK(counts.lost == 2);
  CHECK(tracker.finish().expected == 512);
  CHECK(tracker.finish().lost == 2);
  CHECK(tracker.finish([](std::uint32_t) { return 0x100000102U; }).lost == 4);
}

TEST_CASE("who comes in the middle of a stream does not miss its beginning") {
  StreamTracker tracker(1, StreamTracker::Start::first_seen);
  const StreamCounts counts = feed(tracker, {5000, 5001, 5003});
  CHECK(counts.lost == 0);
  CHECK(tracker.finish().lost == 1);
  CHECK(tracker.finish().expected == 4);
  // A stream that has just begun is counted from 0.
  StreamTracker early(1, StreamTracker::Start::first_seen);
  feed(early, {3, 4});
  CHECK(early.finish().lost == 3);
}

TEST_CASE("an index without room is refused") {
  StreamTracker tracker(4);
  StreamCounts counts;
  CHECK(tracker.add(counts, 4, 0) == Arrival::unknown_tunnel);
  CHECK(counts.received == 0);
  CHECK(tracker.add(counts, 3, 0) == Arrival::in_order);
}

TEST_CASE("tunnels from which nothing came are known by what was sent") {
  StreamTracker tracker(3);
  StreamCounts counts;
  tracker.add(counts, 1, 0);
  const StreamTotals totals = tracker.finish([](std::uint32_t) { return 10U; });
  CHECK(totals.expected == 30);
  CHECK(totals.received == 1);
  CHECK(totals.lost == 29);
  CHECK(totals.tunnels_seen == 1);
  CHECK(totals.tunnels_with_loss == 3);
  REQUIRE(totals.worst.size() == 3);
  CHECK(totals.worst[0].tunnel == 0);
  CHECK(totals.worst[0].lost == 10);
  CHECK(totals.worst[2].tunnel == 1);
  CHECK(totals.worst[2].lost == 9);
}

TEST_CASE("the worst tunnels are the ten with the largest share lost") {
  StreamTracker tracker(100);
  StreamCounts counts;
  // Tunnel t loses t of 200.
  for (std::uint32_t t = 0; t < 100; ++t) {
    for (std::uint32_t i = t; i < 200; ++i) tracker.add(counts, t, i);
  }
  const StreamTotals totals = tracker.finish();
  REQUIRE(totals.worst.size() == StreamTracker::kWorst);
  for (std::uint32_t i = 0; i < 10; ++i) {
    CHECK(totals.worst[i].tunnel == 99 - i);
    CHECK(totals.worst[i].lost == 99 - i);
  }
  CHECK(totals.tunnels_with_loss == 99);
}

TEST_CASE("property: the tracker agrees with a model on any damage, and every packet is accounted for") {
  std::mt19937_64 random(20261122);
  for (int round = 0; round < 200; ++round) {
    INFO("round " << round);
    const std::uint64_t n = 200 + random() % 3000;
    StreamTracker tracker(1);
    StreamCounts counts;
    Model model;
    for (const std::uint64_t sequence : damaged(n, random)) {
      tracker.add(counts, 0, static_cast<std::uint32_t>(sequence));
      model.add(sequence);
      if (counts.lost != model.given_up()) FAIL("given up " << counts.lost << ", model " << model.given_up());
    }
    REQUIRE(counts.received == model.received);
    REQUIRE(counts.reordered == model.reordered);
    REQUIRE(counts.reorder_max_distance == model.distance);
    REQUIRE(counts.duplicate == model.duplicate);
    REQUIRE(counts.late == model.late);
    REQUIRE(tracker.finish().expected == model.next());
    const StreamTotals totals = tracker.finish([&](std::uint32_t) { return n + 300; });
    REQUIRE(totals.received + totals.lost == n + 300);
    REQUIRE(totals.received == counts.received);
  }
}

TEST_CASE("many threads share a tracker") {
  constexpr std::uint32_t kTunnels = 64;
  constexpr std::uint32_t kPackets = 2000;
  constexpr std::uint32_t kThreads = 4;
  StreamTracker tracker(kTunnels, StreamTracker::Start::zero, true);
  std::vector<StreamCounts> counts(kThreads);
  {
    std::vector<std::thread> threads;
    for (std::uint32_t t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        // Each thread has every fourth packet of every tunnel, in blocks, so that they stay within a window.
        for (std::uint32_t i = t; i < kPackets; i += kThreads) {
          for (std::uint32_t tunnel = 0; tunnel < kTunnels; ++tunnel) tracker.add(counts[t], tunnel, i);
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }
  StreamCounts sum;
  for (const StreamCounts& one : counts) sum.merge(one);
  // However they interleave: each packet is received, or too late for those that were ahead.
  const StreamTotals totals = tracker.finish();
  CHECK(sum.received + sum.late == std::uint64_t{kTunnels} * kPackets);
  CHECK(sum.duplicate == 0);
  CHECK(totals.received == sum.received);
  CHECK(totals.received + totals.lost == std::uint64_t{kTunnels} * kPackets);
  CHECK(totals.lost == sum.late);
}
