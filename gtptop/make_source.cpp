// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/make_source.hpp"

#include <sched.h>

#include <chrono>

#include "gtptop/check/host_checker.hpp"
#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/kernel_source.hpp"
#include "gtptop/collect/replay_source.hpp"
#include "gtptop/collect/tap_source.hpp"
#include "libcommon/sys/netns.hpp"

namespace gtp::top {
namespace {

std::uint64_t wall_ns() {
  return static_cast<std::uint64_t>(std::chrono::system_clock::now().time_since_epoch() / std::chrono::nanoseconds(1));
}

// For good, and for all threads to come: what is opened from now on is of that namespace.
Result<void> move_to(const std::string& netns) {
  const auto there = sys::Netns::open(netns);
  if (!there) return there.error();
  if (::setns(there->fd(), CLONE_NEWNET) == 0) return {};
  Error error = Error::from_errno("cannot enter the network namespace \"" + netns + "\"");
  error.hint = "sudo gtptop --netns " + netns;
  return error;
}

}  // namespace

Result<std::unique_ptr<Gatherer>> make_gatherer(Options& options, bool paced) {
  std::unique_ptr<Source> source;
  std::unique_ptr<Checker> checker = std::make_unique<ModelChecker>();
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
    if (!options.netns.empty()) {
      if (auto moved = move_to(options.netns); !moved) return moved.error();
    }
    auto kernel = KernelSource::open(options.netns);
    if (!kernel) return kernel.error();
    source = *std::move(kernel);
    if (!options.no_tap) {
      TapOptions tap;
      tap.use = options.tap ? TapOptions::Use::always : TapOptions::Use::when_needed;
      tap.interfaces = options.tap_interfaces;
      tap.limits = {options.tap_keys, options.tap_keys / 2};
      auto counted = TapSource::open(std::move(source), std::move(tap));
      if (!counted) return counted.error();
      source = *std::move(counted);
    }
    checker = std::make_unique<HostChecker>(open_host_reader());
  }
  GatherOptions gather{options.interval_ns, options.cpu_percent};
  gather.link = options.link;
  gather.probe_all = options.probe_all;
  gather.probe = options.probe;
  return std::make_unique<Gatherer>(std::move(source), std::move(checker), gather);
}

}  // namespace gtp::top
