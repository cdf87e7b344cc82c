// SPDX-License-Identifier: GPL-2.0-or-later
//
// SinkService: what a sink receives, trial after trial. Between trials, and for a sink that nobody controls, every run
// that comes is learnt and counted; during a trial only the run that was announced is, and nothing that came before.
//
// Calls from any thread, one at a time. The sources are borrowed.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "gtpgen/receive/reception.hpp"
#include "gtpgen/sink/sink_client.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

class SinkService {
 public:
  SinkService(const ReceptionPlan& plan, std::vector<Source> sources) : plan_(plan), sources_(std::move(sources)) {}

  Result<void> open();

  Result<void> start_trial(const RunPlan& run);
  // Of the trial, or of what comes without one.
  ReceiveResult counts();
  // Waits as Reception::finish() does, makes the account, and goes on without a trial.
  Result<ReceiveResult> stop_trial(std::uint64_t sent, std::chrono::nanoseconds drain,
                                   const std::vector<SentRun>& sent_runs);
  // The trial's owner has gone: what it has sent is not known.
  void abandon_trial();

  // Everything since open(), trials included. Live: what can be had without waiting for a trial to end, else nothing.
  std::optional<ReceiveResult> live();
  ReceiveResult close();
  const std::vector<std::string>& notes() const noexcept { return notes_; }
  // Lines for the tunnels of all runs so far, when the plan asks for details; after close().
  std::string_view tunnel_csv() const noexcept { return tunnel_csv_.view(); }

 private:
  Result<void> receive(const ReceptionPlan& plan);
  void end_reception();
  void list_tunnels();

  ReceptionPlan plan_;
  std::vector<Source> sources_;
  std::vector<std::string> notes_;
  std::mutex mutex_;  // of what follows
  std::unique_ptr<Reception> reception_;
  TextBuffer tunnel_csv_;
  ReceiveResult before_;  // of the receptions that have ended
};

}  // namespace gtp::gen
