// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/sender.hpp"

#include <catch2/catch.hpp>

#include <map>

#include "tests/unit/gtpgen-send/fake_clock.hpp"

namespace gtp::gen {
namespace {

// Keeps what it is given; refuses all beyond `room` frames of a call, `refusals` times.
class Recorder final : public Transmitter {
 public:
  SendResult send(std::span<const FrameRun> runs) noexcept override {
    ++counts_.calls;
    SendResult result;
    for (const FrameRun& run : runs) {
      for (std::uint32_t i = 0; i < run.count; ++i) {
        if (refusals > 0 && result.accepted == room) {
          --refusals;
          result.error = error;
          return result;
        }
        const std::byte* frame = run.frames + std::size_t{i} * run.length;
        frames.emplace_back(frame, frame + run.length);
        ++result.accepted;
      }
    }
    return result;
  }
  const OuterHeader& outer() const noexcept override { return outer_; }
  FrameStart start() const noexcept override { return FrameStart::gtp; }
  std::string name() const override { return "recorder"; }

  std::vector<std::vector<std::byte>> frames;
  std::uint32_t room = 0;
  int refusals = 0;
  int error = ENOBUFS;

 private:
  OuterHeader outer_;
};

struct Fixture {
  explicit Fixture(std::uint32_t count, std::size_t sources = 1, const char* sizes = "100") {
    TunnelPlan::Range range;
    range.count = count;
    tunnels = *TunnelPlan::from_range(range);
    lane.traffic.far = TrafficPlan::default_far(4);
    lane.traffic.sizes = *SizeMix::parse(sizes);
    lane.tunnels = &tunnels;
    for (const auto& part : lane.traffic.sizes.parts())
      lane.templates.emplace_back(lane.traffic, lane.style, part.octets);
    for (std::size_t i = 0; i < sources; ++i) {
      auto recorder = std::make_unique<Recorder>();
      recorders.push_back(recorder.get());
      lane.sources.push_back(std::move(recorder));
    }
    lane.deal(false);
    sequences = std::make_unique<Sequences>(count);
    clock.time_ns = 1'000'000;
  }

  SendCounts run(const SenderPlan& plan) {
    Sender sender(lane, *sequences, clock, 0, 1);
    sender.run(plan, stop);
    return sender.counts();
  }

  // What arrived, by tunnel: the sequence numbers in order.
  std::map<std::uint32_t, std::vector<std::uint32_t>> arrivals(const Recorder& recorder) const {
    std::map<std::uint32_t, std::vector<std::uint32_t>> seen;
    for (const auto& frame : recorder.frames) {
      const auto stamp = read_stamp(slice(Bytes(frame), 8 + 28));
      if (stamp && stamp->run == 7) seen[stamp->tunnel].push_back(stamp->sequence);
    }
    return seen;
  }

  TunnelPlan tunnels;
  Lane lane;
  std::vector<Recorder*> recorders;
  std::unique_ptr<Sequences> sequences;
  FakeClock clock;
  std::atomic<bool> stop{false};
};

SenderPlan paced(double rate, std::uint64_t limit) {
  SenderPlan plan;
  plan.schedule = SchedulePlan{.packets_per_second = rate};
  plan.start_ns = 2'000'000;
  plan.limit = limit;
  plan.run = 7;
  plan.pacing = Pacing::sleep;
  return plan;
}

TEST_CASE("tunnels take turns, each with numbers of its own from 0 on") {
  Fixture f(10);
  const SendCounts counts = f.run(paced(1000, 95));
  CHECK(counts.packets == 95);
  CHECK(counts.bytes_inner == 9500);
  CHECK(counts.bytes_l2 == 95 * 150);
  CHECK(counts.skipped == 0);
  const auto seen = f.arrivals(*f.recorders[0]);
  REQUIRE(seen.size() == 10);
  for (const auto& [tunnel, numbers] : seen) {
    REQUIRE(numbers.size() == (tunnel < 5 ? 10 : 9));
    for (std::uint32_t i = 0; i < numbers.size(); ++i) CHECK(numbers[i] == i);
    CHECK(f.sequences->sent(tunnel) == numbers.size());
  }
}

TEST_CASE("a tunnel stays with its source") {
  Fixture f(10, 3);
  CHECK(f.run(paced(100'000, 3000)).packets == 3000);
  std::map<std::uint32_t, int> sources;
  for (const Recorder* recorder : f.recorders) {
    for (const auto& [tunnel, numbers] : f.arrivals(*recorder)) {
      ++sources[tunnel];
      for (std::uint32_t i = 0; i < numbers.size(); ++i) CHECK(numbers[i] == i);
    }
  }
  CHECK(sources.size() == 10);
  for (const auto& [tunnel, count] : sources) CHECK(count == 1);
}

TEST_CASE("numbers that were not sent are used again") {
  Fixture f(4);
  f.recorders[0]->room = 5;
  f.recorders[0]->refusals = 1'000'000;  // five frames of each call go, and then the patience ends
  SenderPlan plan = paced(100'000, UINT64_MAX);
  plan.end_ns = plan.start_ns + 100'000'000;
  f.clock.oversleep_ns = 6'000'000;  // each wait for room takes longer than it should
  const SendCounts counts = f.run(plan);
  CHECK(counts.packets == f.recorders[0]->frames.size());
  CHECK(counts.skipped > 0);
  CHECK(counts.no_buffers > 0);
  std::uint64_t sent = 0;
  for (const auto& [tunnel, numbers] : f.arrivals(*f.recorders[0])) {
    for (std::uint32_t i = 0; i < numbers.size(); ++i) CHECK(numbers[i] == i);
    CHECK(f.sequences->sent(tunnel) == numbers.size());
    sent += numbers.size();
  }
  CHECK(sent == counts.packets);
}

TEST_CASE("a refusal for want of room is repeated, and nothing is lost") {
  Fixture f(4);
  f.recorders[0]->room = 3;
  f.recorders[0]->refusals = 5;
  const SendCounts counts = f.run(paced(100'000, 100));
  CHECK(counts.packets == 100);
  CHECK(counts.skipped == 0);
  CHECK(counts.no_buffers == 5);
  CHECK(f.arrivals(*f.recorders[0])[0].size() == 25);
}

TEST_CASE("another error ends it") {
  Fixture f(1);
  f.recorders[0]->refusals = 1;
  f.recorders[0]->error = EMSGSIZE;
  const SendCounts counts = f.run(paced(1000, 100));
  CHECK(counts.fatal == EMSGSIZE);
  CHECK(counts.packets == 0);
  CHECK(f.sequences->sent(0) == 0);
}

TEST_CASE("sizes have their shares, with and without groups") {
  for (const double rate : {1000.0, 400'000.0}) {
    Fixture f(3, 1, "imix:46:7,576:4,1456:1");
    CHECK(f.run(paced(rate, 1200)).bytes_inner == 100 * (46 * 7 + 576 * 4 + 1456));
    std::map<std::size_t, int> sizes;
    for (const auto& frame : f.recorders[0]->frames) ++sizes[frame.size() - 8];
    CHECK(sizes == std::map<std::size_t, int>{{46, 700}, {576, 400}, {1456, 100}});
  }
}

TEST_CASE("unwanted packets have their shares and are counted apart") {
  Fixture f(5);
  f.lane.traffic.unwanted = {0.01, 0.02, 0, 0.1};
  const SendCounts counts = f.run(paced(200'000, 10'000));
  CHECK(counts.unwanted == std::array<std::uint64_t, kUnwantedKinds>{100, 200, 0, 1000});
  CHECK(counts.packets == 8700);
  std::uint64_t sent = 0;
  for (const auto& [tunnel, numbers] : f.arrivals(*f.recorders[0])) sent += numbers.size();
  CHECK(sent == 8700);
}

TEST_CASE("stamps say when a packet was due, from the epoch on") {
  Fixture f(1);
  SenderPlan plan = paced(1000, 3);
  plan.epoch_ns = 1'500'000;
  static_cast<void>(f.run(plan));
  REQUIRE(f.recorders[0]->frames.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(read_stamp(Bytes(f.recorders[0]->frames[i]).subspan(36))->scheduled_ns == 500'000 + i * 1'000'000);
  }
}

TEST_CASE("a run at a rate lasts as long as it was to last") {
  Fixture f(1);
  SenderPlan plan = paced(10, UINT64_MAX);
  plan.end_ns = plan.start_ns + 1'000'000'000;
  const SendCounts counts = f.run(plan);
  CHECK(counts.packets == 10);
  CHECK(counts.end_ns - counts.first_ns == 1'000'000'000);
}

TEST_CASE("sequence numbers wrap, and are counted on") {
  Sequences sequences(2, UINT32_MAX - 1);
  CHECK(sequences.take(1) == UINT32_MAX - 1);
  CHECK(sequences.take(1) == UINT32_MAX);
  CHECK(sequences.sent(1) == 0x1'0000'0000ULL);
  CHECK(sequences.take(1) == 0);
  CHECK(sequences.sent(1) == 0x1'0000'0001ULL);
  sequences.give_back(1);
  sequences.give_back(1);
  CHECK(sequences.sent(1) == UINT32_MAX);
  CHECK(sequences.sent(0) == UINT32_MAX - 1);
  sequences.clear();
  CHECK(sequences.sent(1) == 0);
}

}  // namespace
}  // namespace gtp::gen
