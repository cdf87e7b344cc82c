// SPDX-License-Identifier: GPL-2.0-or-later
//
// A run: the packets of one generator from its start to its end, told from others by the number in the stamp. Runs are
// what all receiving threads share: which runs are welcome, and the tracker of each.
//
// A receiver that knows what is to come makes its one run beforehand. A sink on its own learns runs from what arrives,
// kMaxRuns at most; later ones are counted as unknown.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "gtpgen/track/latency.hpp"
#include "gtpgen/track/stream_tracker.hpp"
#include "gtpgen/track/tunnel_details.hpp"

namespace gtp::gen {

struct RunPlan {
  std::uint16_t run = 0;
  std::uint32_t tunnels = 1;
  LatencyMeter::Kind latency = LatencyMeter::Kind::round_trip;
  std::uint64_t epoch_ns = 0;  // what the stamps' times count from, CLOCK_MONOTONIC
  StreamTracker::Start start = StreamTracker::Start::zero;
  bool details = false;  // of each tunnel
};

class Run {
 public:
  Run(const RunPlan& plan, bool shared)
      : plan_(plan),
        tracker_(plan.tunnels, plan.start, shared),
        details_(plan.details ? std::make_unique<TunnelDetails>(plan.tunnels) : nullptr) {}
  const RunPlan& plan() const noexcept { return plan_; }
  StreamTracker& tracker() noexcept { return tracker_; }
  const StreamTracker& tracker() const noexcept { return tracker_; }
  TunnelDetails* details() const noexcept { return details_.get(); }  // null: nobody asked for them

 private:
  RunPlan plan_;
  StreamTracker tracker_;
  std::unique_ptr<TunnelDetails> details_;
};

class Runs {
 public:
  static constexpr std::size_t kMaxRuns = 128;

  // Only [plan]'s run. [shared]: more than one thread receives.
  Runs(const RunPlan& plan, bool shared);
  // Every run that comes, made like [model] but for its number.
  static std::unique_ptr<Runs> learning(const RunPlan& model, bool shared);

  // The run's place in the order of arrival, or kMaxRuns. Any thread.
  std::size_t find(std::uint16_t run) noexcept;
  std::size_t size() const noexcept { return count_.load(std::memory_order_acquire); }
  Run& at(std::size_t index) noexcept { return *runs_[index]; }

 private:
  struct Learning {};
  Runs(Learning, const RunPlan& model, bool shared);
  std::size_t learn(std::uint16_t run) noexcept;

  RunPlan model_;
  bool shared_;
  bool learning_ = false;
  std::mutex mutex_;  // of learn()
  std::array<std::unique_ptr<Run>, kMaxRuns> runs_;
  std::atomic<std::size_t> count_{0};
};

}  // namespace gtp::gen
