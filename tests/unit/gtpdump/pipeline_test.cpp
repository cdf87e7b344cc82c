// SPDX-License-Identifier: GPL-2.0-or-later
//
// The pipeline with stages that take a random time: order, errors, early ends. Meant to run under TSan as well.
#include "gtpdump/pipeline/pipeline.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

namespace gtp::dump {
namespace {

constexpr std::uint64_t kBatches = 200;

// Stages that note what they see. A batch carries its own number in frames[0], as the reader gave it.
struct Bench {
  std::uint64_t read = 0;
  std::atomic<std::uint64_t> decoded = 0;
  std::uint64_t tracked = 0;
  std::atomic<std::uint64_t> formatted = 0;
  std::vector<std::uint64_t> written;
  std::atomic<int> serial[3] = {};
  std::atomic<bool> overlapped = false;
  std::atomic<bool> out_of_order = false;

  std::uint64_t stop_after = UINT64_MAX;  // track returns false with this many
  std::uint64_t read_fails_at = UINT64_MAX;
  std::uint64_t write_fails_at = UINT64_MAX;

  // Up to [most] microseconds, often none.
  static void dawdle(unsigned most = 60) {
    thread_local std::minstd_rand random(
        static_cast<unsigned>(std::hash<std::thread::id>{}(std::this_thread::get_id())));
    const unsigned us = static_cast<unsigned>(random() % (2 * most));
    if (us < most) std::this_thread::sleep_for(std::chrono::microseconds(us));
  }
  // Notes when two threads are in the same serial stage.
  template <typename Work>
  void alone(int stage, Work work) {
    if (serial[stage].fetch_add(1) != 0) overlapped = true;
    dawdle();
    work();
    serial[stage].fetch_sub(1);
  }

  Stages stages() {
    Stages s;
    s.read = [this](Batch& batch) {
      Result<bool> more = true;
      alone(0, [&] {
        if (read == read_fails_at) {
          more = Error{ErrorCode::failed, 0, "record is cut short", {}};
        } else if (read == kBatches) {
          more = false;
        } else {
          batch.frames.assign(1, read++);
        }
      });
      return more;
    };
    s.decode = [this](Batch& batch) {
      dawdle(200);
      batch.count = batch.frames[0] * 2;
      ++decoded;
    };
    s.track = [this](Batch& batch) {
      alone(1, [&] {
        out_of_order = out_of_order || batch.frames[0] != tracked || batch.count != 2 * tracked;
        ++tracked;
      });
      return tracked != stop_after;
    };
    s.format = [this](Batch& batch) {
      dawdle(200);
      batch.text.clear();
      batch.text.put_dec(batch.frames[0]);
      ++formatted;
    };
    s.write = [this](Batch& batch) {
      Result<void> result;
      alone(2, [&] {
        if (batch.frames[0] == write_fails_at) {
          result = Error{ErrorCode::failed, ENOSPC, "standard output", {}};
        } else {
          out_of_order = out_of_order || batch.text.view() != std::to_string(batch.frames[0]);
          written.push_back(batch.frames[0]);
        }
      });
      return result;
    };
    return s;
  }

  void check_written(std::uint64_t count) const {
    REQUIRE(written.size() == count);
    for (std::uint64_t i = 0; i < count; ++i) REQUIRE(written[i] == i);
    CHECK_FALSE(out_of_order.load());
    CHECK_FALSE(overlapped.load());
  }
};

TEST_CASE("every batch once and in order, with any number of threads", "[pipeline]") {
  const unsigned threads = GENERATE(0U, 1U, 2U, 3U, 4U, 8U);
  Bench bench;
  CHECK(Pipeline(bench.stages(), threads).run());
  bench.check_written(kBatches);
  CHECK(bench.decoded == kBatches);
  CHECK(bench.tracked == kBatches);
  CHECK(bench.formatted == kBatches);
}

TEST_CASE("an empty input", "[pipeline]") {
  const unsigned threads = GENERATE(1U, 4U);
  Bench bench;
  bench.read = kBatches;
  CHECK(Pipeline(bench.stages(), threads).run());
  CHECK(bench.written.empty());
}

TEST_CASE("what was read before an error is still written", "[pipeline]") {
  const unsigned threads = GENERATE(1U, 2U, 3U, 4U);
  const std::uint64_t at = GENERATE(0U, 1U, 100U);
  Bench bench;
  bench.read_fails_at = at;
  const auto result = Pipeline(bench.stages(), threads).run();
  REQUIRE_FALSE(result);
  CHECK(result.error().what == "record is cut short");
  bench.check_written(at);
}

TEST_CASE("nothing is written behind a write that failed", "[pipeline]") {
  const unsigned threads = GENERATE(1U, 2U, 3U, 4U);
  Bench bench;
  bench.write_fails_at = 50;
  const auto result = Pipeline(bench.stages(), threads).run();
  REQUIRE_FALSE(result);
  CHECK(result.error().system == ENOSPC);
  bench.check_written(50);
  CHECK(bench.read < kBatches);  // and it is not all read in vain
}

TEST_CASE("the batch that was enough is the last one", "[pipeline]") {
  const unsigned threads = GENERATE(1U, 2U, 3U, 4U);
  const std::uint64_t enough = GENERATE(1U, 2U, 77U, kBatches);
  Bench bench;
  bench.stop_after = enough;
  CHECK(Pipeline(bench.stages(), threads).run());
  bench.check_written(enough);
  CHECK(bench.tracked == enough);
}

TEST_CASE("enough and an error behind it: the error was not needed", "[pipeline]") {
  const unsigned threads = GENERATE(1U, 4U);
  Bench bench;
  bench.stop_after = 10;
  bench.read_fails_at = 150;
  CHECK(Pipeline(bench.stages(), threads).run());
  bench.check_written(10);
}

TEST_CASE("many short runs end", "[pipeline]") {
  for (int i = 0; i < 50; ++i) {
    Bench bench;
    bench.read = kBatches - static_cast<std::uint64_t>(i % 4);
    bench.tracked = bench.read;
    const std::uint64_t first = bench.read;
    REQUIRE(Pipeline(bench.stages(), 4).run());
    REQUIRE(bench.written.size() == kBatches - first);
  }
}

}  // namespace
}  // namespace gtp::dump
