// SPDX-License-Identifier: GPL-2.0-or-later
//
// Trial: the threads of one trial and the account of what they did. Part of LoadRun.
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "gtpgen/load/load_plan.hpp"
#include "gtpgen/load/paths.hpp"
#include "gtpgen/load/sending.hpp"
#include "gtpgen/load/sequences.hpp"
#include "gtpgen/report/report.hpp"

namespace gtp::gen {

class SendingThreads {
 public:
  // [clock] is what sending goes by.
  SendingThreads(const LoadPlan& plan, Paths& paths, Sequences& sequences, Clock& clock);
  SendingThreads(const SendingThreads&) = delete;
  SendingThreads& operator=(const SendingThreads&) = delete;
  ~SendingThreads() { stop(); }

  struct Window {
    std::uint64_t start_ns = 0;
    std::uint64_t end_ns = UINT64_MAX;
    std::uint64_t count = 0;  // packets in all; 0: no limit
    std::uint64_t epoch_ns = 0;
    std::uint16_t run = 0;
  };
  void start(const TrialPlan& trial, const Window& window);
  // Have all threads ended by themselves?
  bool finished() const noexcept { return running_.load(std::memory_order_acquire) == 0; }
  // Ends them and waits.
  void stop();

  // All threads together; after stop() exact.
  SendCounts snapshot();
  SendCounts counts() const;

 private:
  void enter_thread(std::size_t number) const;
  SenderPlan plan_for(const TrialPlan& trial, const Window& window, std::size_t number) const;

  const LoadPlan& plan_;
  std::vector<std::unique_ptr<Sending>> senders_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stop_{false};
  std::atomic<std::size_t> running_{0};
  Clock& clock_;
};

// The sender's part of a report.
TxReport tx_report(const SendCounts& counts, std::optional<double> target_pps);

}  // namespace gtp::gen
