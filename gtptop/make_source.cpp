// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/make_source.hpp"

#include <chrono>

#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/replay_source.hpp"

namespace gtp::top {
namespace {

std::uint64_t wall_ns() {
  return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

}  // namespace

Result<std::unique_ptr<Gatherer>> make_gatherer(Options& options, bool paced) {
  std::unique_ptr<Source> source;
  if (!options.replay.empty()) {
    auto replay = ReplaySource::open(options.replay, paced ? ReplaySource::Clock(wall_ns) : ReplaySource::Clock());
    if (!replay) return replay.error();
    options.interval_ns = (*replay)->interval_ns();
    source = *std::move(replay);
  } else if (options.generate != 0) {
    FakeNetwork network;
    network.tunnels = options.generate;
    network.peers = options.generate >= 100'000 ? 412 : 24;
    network.churn_per_s = options.generate_churn;
    network.counters = !options.generate_uncounted;
    source = std::make_unique<FakeSource>(network, wall_ns);
  } else {
    return Error{ErrorCode::unsupported, 0, "this build cannot read the kernel's tunnels yet",
                 "gtptop -r FILE replays a recording"};
  }
  const GatherOptions gather{options.interval_ns, options.cpu_percent};
  return std::make_unique<Gatherer>(std::move(source), std::make_unique<ModelChecker>(), gather);
}

}  // namespace gtp::top
