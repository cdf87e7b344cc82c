// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/sink_service.hpp"

#include "gtpgen/receive/tunnel_csv.hpp"

namespace gtp::gen {
namespace {

// What each tunnel was sent, from the lengths of rows of equals.
class SentOf {
 public:
  explicit SentOf(const std::vector<SentRun>& runs) noexcept : runs_(runs) {}

  // Asked for in the order of the tunnels.
  std::uint64_t operator()(std::uint32_t tunnel) {
    while (at_ < runs_.size() && tunnel >= end_) end_ += runs_[at_++].tunnels;
    return at_ == 0 || tunnel >= end_ ? 0 : runs_[at_ - 1].packets;
  }

 private:
  const std::vector<SentRun>& runs_;
  std::size_t at_ = 0;
  std::uint64_t end_ = 0;
};

}  // namespace

Result<void> SinkService::receive(const ReceptionPlan& plan) {
  auto reception = Reception::start(plan, sources_);
  if (!reception) return std::move(reception).error();
  notes_ = (*reception)->notes();
  reception_ = *std::move(reception);
  return {};
}

Result<void> SinkService::open() {
  const std::scoped_lock lock(mutex_);
  return receive(plan_);
}

void SinkService::list_tunnels() {
  if (!plan_.run.details) return;
  if (tunnel_csv_.empty()) put_tunnel_csv_heading(tunnel_csv_);
  for (std::size_t i = 0; i < reception_->runs().size(); ++i) put_tunnel_csv(tunnel_csv_, reception_->runs().at(i));
}

void SinkService::end_reception() {
  if (!reception_) return;
  const ReceiveResult result = reception_->finish();
  if (!before_.totals) before_.totals.emplace();
  before_.totals->merge(*result.totals);
  before_.merge(result);
  list_tunnels();
  reception_.reset();
}

Result<void> SinkService::start_trial(const RunPlan& run) {
  const std::scoped_lock lock(mutex_);
  end_reception();
  ReceptionPlan plan = plan_;
  plan.learn_runs = false;
  plan.run = run;
  plan.run.details = plan_.run.details;
  return receive(plan);
}

ReceiveResult SinkService::counts() {
  const std::scoped_lock lock(mutex_);
  return reception_ ? reception_->snapshot() : ReceiveResult{};
}

Result<ReceiveResult> SinkService::stop_trial(std::uint64_t sent, std::chrono::nanoseconds drain,
                                              const std::vector<SentRun>& sent_runs) {
  const std::scoped_lock lock(mutex_);
  if (!reception_) return Error{ErrorCode::failed, 0, "nothing is received", {}};
  SentOf sent_of(sent_runs);
  ReceiveResult result = reception_->finish(sent, drain, sent_of);
  // Without the rows, what was sent in all is known, but not which tunnels the rest belongs to.
  if (sent > result.totals->expected) {
    result.totals->lost += sent - result.totals->expected;
    result.totals->expected = sent;
    result.settle();
  }
  if (!before_.totals) before_.totals.emplace();
  before_.totals->merge(*result.totals);
  before_.merge(result);
  list_tunnels();
  reception_.reset();
  if (auto again = receive(plan_); !again) return std::move(again).error();
  return result;
}

void SinkService::abandon_trial() {
  const std::scoped_lock lock(mutex_);
  end_reception();
  (void)receive(plan_).ok();
}

std::optional<ReceiveResult> SinkService::live() {
  const std::unique_lock lock(mutex_, std::try_to_lock);
  if (!lock) return std::nullopt;
  ReceiveResult sum = before_;
  if (reception_) sum.merge(reception_->snapshot());
  return sum;
}

ReceiveResult SinkService::close() {
  const std::scoped_lock lock(mutex_);
  end_reception();
  return before_;
}

}  // namespace gtp::gen
