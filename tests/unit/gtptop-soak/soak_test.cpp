// SPDX-License-Identifier: GPL-2.0-or-later
//
// Hours of change, recorded and replayed as fast as it goes, with all that the screen keeps: the memory must not grow.
// GTP_SOAK_SECONDS says how much time is recorded (86400: a day); without it ten minutes.
#include <catch2/catch.hpp>
#include <stdlib.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <fstream>

#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "gtptop/collect/replay_source.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/record/recorder.hpp"
#include "gtptop/ui/draw.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::size_t kFrames = 600;  // as many as the screen keeps

std::uint64_t soak_seconds() {
  const char* given = std::getenv("GTP_SOAK_SECONDS");
  return given == nullptr ? 600 : std::strtoull(given, nullptr, 10);
}

std::size_t resident_bytes() {
  std::ifstream file("/proc/self/statm");
  std::size_t all = 0;
  std::size_t resident = 0;
  file >> all >> resident;
  return resident * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void tick(Gatherer& gatherer) {
  gatherer.begin_tick();
  while (!gatherer.sweep(kSecond)) {
  }
  gatherer.end_tick();
}

// Two tunnels in a hundred come and go each second.
void record(const std::string& path, std::uint64_t seconds) {
  std::uint64_t now = 1'800'000'000 * kSecond;
  FakeNetwork network;
  network.tunnels = 250;
  network.churn_per_s = 5;
  Gatherer gatherer(std::make_unique<FakeSource>(network, [&] { return now; }), std::make_unique<ModelChecker>(), {});
  auto recorder = Recorder::create(path, gatherer.model().source, gatherer.model().capabilities, kSecond, now);
  REQUIRE(recorder.ok());
  gatherer.tee(recorder->get());
  for (std::uint64_t i = 0; i < seconds; ++i) {
    now += kSecond;
    tick(gatherer);
    REQUIRE((*recorder)->sample(gatherer.model()).ok());
  }
  gatherer.tee(nullptr);
  REQUIRE((*recorder)->close().ok());
}

TEST_CASE("a long replay takes no more memory at its end than at its beginning") {
  const std::uint64_t seconds = soak_seconds();
  char name[] = "/tmp/gtptop-soak-XXXXXX";
  const int file = mkstemp(name);
  REQUIRE(file >= 0);
  ::close(file);
  const std::string path = name;
  record(path, seconds);

  auto source = ReplaySource::open(path, ReplaySource::Clock());
  REQUIRE(source.ok());
  Gatherer gatherer(*std::move(source), std::make_unique<ModelChecker>(), {});
  State state = initial_state();
  resize(state, 160, 48);
  std::deque<FramePtr> frames;
  std::uint64_t samples = 0;
  std::size_t early = 0;
  std::size_t most = 0;
  const auto start = std::chrono::steady_clock::now();
  while (!gatherer.source().ended()) {
    tick(gatherer);
    // A look at everything now and then, as somebody who watches would.
    state.view = static_cast<View>(samples / 20 % kViews);
    auto frame = gatherer.frame(make_query(state));
    show_frame(state, *frame);
    frames.push_back(std::move(frame));
    if (frames.size() > kFrames) frames.pop_front();
    draw(state, frames.back().get(), {});
    ++samples;
    if (samples == seconds / 2) early = resident_bytes();
    if (samples > seconds / 2) most = std::max(most, resident_bytes());
  }
  const double took = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::filesystem::remove(path);
  std::printf("%llu s replayed in %.1f s (%.0f times), %.1f MiB at half time, at most %.1f MiB after it\n",
              static_cast<unsigned long long>(seconds), took, static_cast<double>(seconds) / took,
              static_cast<double>(early) / 1048576, static_cast<double>(most) / 1048576);
  CHECK(samples >= seconds);
  CHECK(gatherer.model().tunnels.size() == 250);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  std::printf("memory is not compared: the sanitizer keeps what was freed\n");
#else
  // While the ring of frames fills, in the short run, it may grow by what that takes.
  CHECK(most < early + (seconds < 2 * kFrames ? 24U << 20 : 1U << 20));
#endif
}

}  // namespace
}  // namespace gtp::top
