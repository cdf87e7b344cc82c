// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/run.hpp"

#include <new>

namespace gtp::gen {

Runs::Runs(const RunPlan& plan, bool shared) : model_(plan), shared_(shared) { learn(plan.run); }
Runs::Runs(Learning /*tag*/, const RunPlan& model, bool shared) : model_(model), shared_(shared), learning_(true) {}

std::unique_ptr<Runs> Runs::learning(const RunPlan& model, bool shared) {
  return std::unique_ptr<Runs>(new Runs(Learning{}, model, shared));
}

std::size_t Runs::find(std::uint16_t run) noexcept {
  const std::size_t count = size();
  for (std::size_t i = 0; i < count; ++i) {
    if (runs_[i]->plan().run == run) return i;
  }
  return learning_ && count < kMaxRuns ? learn(run) : kMaxRuns;
}

std::size_t Runs::learn(std::uint16_t run) noexcept {
  const std::scoped_lock lock(mutex_);
  const std::size_t count = size();
  // Another thread may have been faster.
  for (std::size_t i = 0; i < count; ++i) {
    if (runs_[i]->plan().run == run) return i;
  }
  if (count == kMaxRuns) return kMaxRuns;
  RunPlan plan = model_;
  plan.run = run;
  try {
    runs_[count] = std::make_unique<Run>(plan, shared_);
  } catch (const std::bad_alloc&) {
    return kMaxRuns;
  }
  count_.store(count + 1, std::memory_order_release);
  return count;
}

}  // namespace gtp::gen
