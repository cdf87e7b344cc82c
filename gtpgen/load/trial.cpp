// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/trial.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>

#include <algorithm>
#include <cstring>

#include "gtpgen/load/flood_sender.hpp"
#include "gtpgen/load/sender.hpp"

namespace gtp::gen {
namespace {

constexpr int kRealTimePriority = 10;

}  // namespace

SendingThreads::SendingThreads(const LoadPlan& plan, Paths& paths, Sequences& sequences, Clock& clock)
    : plan_(plan), clock_(clock) {
  for (Lane& lane : paths.lanes) {
    for (std::uint32_t i = 0; i < plan.threads; ++i) {
      if (lane.floods.empty()) {
        senders_.push_back(std::make_unique<Sender>(lane, sequences, clock_, i, plan.threads));
      } else {
        senders_.push_back(std::make_unique<FloodSender>(lane, lane.floods[i], sequences, clock_));
      }
    }
  }
}

void SendingThreads::enter_thread(std::size_t number) const {
  // Without it the kernel wakes sleepers up to 50 us late, to wake several at once.
  ::prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  ::pthread_setname_np(::pthread_self(), ("send " + std::to_string(number)).c_str());
  if (!plan_.cpus.empty()) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(plan_.cpus[number % plan_.cpus.size()], &set);
    ::pthread_setaffinity_np(::pthread_self(), sizeof set, &set);
  }
  if (plan_.real_time) {
    sched_param priority{};
    priority.sched_priority = kRealTimePriority;
    ::pthread_setschedparam(::pthread_self(), SCHED_FIFO, &priority);
  }
}

SenderPlan SendingThreads::plan_for(const TrialPlan& trial, const Window& window, std::size_t number) const {
  const auto threads = static_cast<double>(senders_.size());
  SenderPlan plan;
  plan.pacing = plan_.write_file.empty() ? plan_.pacing : Pacing::sleep;
  plan.start_ns = window.start_ns;
  plan.end_ns = window.end_ns;
  plan.epoch_ns = window.epoch_ns;
  plan.run = window.run;
  if (window.count != 0) {
    plan.limit = window.count / senders_.size() + (number < window.count % senders_.size() ? 1 : 0);
  }
  if (trial.packets_per_second || plan_.arrivals == Arrivals::burst) {
    SchedulePlan schedule;
    schedule.arrivals = plan_.arrivals;
    schedule.packets_per_second = trial.packets_per_second.value_or(0) / threads;
    schedule.burst = plan_.burst;
    schedule.burst_period_ns = plan_.burst_period_ns;
    schedule.ramp_ns = static_cast<std::uint64_t>(trial.ramp.count());
    schedule.ramp_from = trial.ramp_from / threads;
    schedule.seed = plan_.seed * 1000 + number;
    schedule.phase = static_cast<double>(number) / threads;
    plan.schedule = schedule;
  }
  return plan;
}

void SendingThreads::start(const TrialPlan& trial, const Window& window) {
  stop_.store(false);
  running_.store(senders_.size());
  for (const auto& sender : senders_) sender->reset();
  for (std::size_t i = 0; i < senders_.size(); ++i) {
    threads_.emplace_back([this, i, plan = plan_for(trial, window, i)] {
      enter_thread(i);
      senders_[i]->run(plan, stop_);
      running_.fetch_sub(1, std::memory_order_release);
    });
  }
}

void SendingThreads::stop() {
  stop_.store(true);
  for (const auto& sender : senders_) sender->interrupt();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

SendCounts SendingThreads::snapshot() {
  SendCounts sum;
  for (const auto& sender : senders_) sum.merge(sender->snapshot());
  return sum;
}

SendCounts SendingThreads::counts() const {
  SendCounts sum;
  for (const auto& sender : senders_) sum.merge(sender->counts());
  return sum;
}

TxReport tx_report(const SendCounts& counts, std::optional<double> target_pps) {
  TxReport tx;
  tx.packets = counts.packets;
  tx.bytes_l2 = counts.bytes_l2;
  tx.bytes_inner = counts.bytes_inner;
  tx.duration_ns = counts.end_ns - counts.first_ns;
  tx.target_pps = target_pps;
  tx.skipped = counts.skipped;
  if (counts.no_buffers != 0) add_error(tx.errors, "ENOBUFS", counts.no_buffers);
  if (counts.dropped != 0) add_error(tx.errors, kDroppedHere, counts.dropped);
  if (counts.fatal != 0) add_error(tx.errors, ::strerrorname_np(counts.fatal), 1);
  for (std::size_t kind = 0; kind < kUnwantedKinds; ++kind) {
    std::string name(name_of(static_cast<Unwanted>(kind)));
    std::ranges::replace(name, '-', '_');  // as keys of JSON are written
    tx.unwanted.push_back({std::move(name), counts.unwanted[kind]});
  }
  tx.lag_ns = counts.lag;
  return tx;
}

}  // namespace gtp::gen
