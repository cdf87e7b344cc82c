// SPDX-License-Identifier: GPL-2.0-or-later
//
// Runner: the loop around the engine. Owns the sockets, one per address family, reads the clock, waits, writes what the
// Output has to say. SIGQUIT prints the statistics so far; SIGINT and SIGTERM end the run.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/echo/engine.hpp"
#include "gtpgen/echo/monitor.hpp"
#include "gtpgen/echo/output.hpp"
#include "gtpgen/echo/socket.hpp"
#include "gtpgen/echo/summary.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::gen::echo {

struct RunOptions {
  Settings settings;
  SocketOptions socket;  // `family` is set for each
  Limits limits;
  std::string hook;
  std::string metrics_file;
  bool json = false;
};

class Runner {
 public:
  // All must outlive it.
  Runner(const std::vector<Target>& targets, const RunOptions& options, Output& output, sys::Signals& signals);

  Result<Summary> run();
  const Engine& engine() const noexcept { return engine_; }

 private:
  // Between the engine and the output, for those who want to know as well.
  class Tee : public Listener {
   public:
    Tee(Output& output, std::string hook) : output_(output), hook_(std::move(hook)) {}
    void handle(const Event& event) override;
    Hook& hook() noexcept { return hook_; }
    bool changed = false;  // since the metrics were written

   private:
    Output& output_;
    Hook hook_;
  };

  Result<void> open_sockets(const std::vector<Target>& targets);
  void send_due();
  void read_sockets();
  void wait(std::uint64_t until_ns);
  Result<void> tell();
  // The metrics, at most once a second.
  Result<void> write_changes();
  Summary sum(bool interrupted) const;

  const RunOptions& options_;
  Output& output_;
  sys::Signals& signals_;
  Tee tee_;
  Engine engine_;
  std::vector<EchoSocket> sockets_;
  Fd quit_;  // readable when SIGQUIT came
  Outbox outbox_;
  std::uint64_t start_ns_ = 0;
  std::uint64_t metrics_due_ns_ = 0;
};

// Writes what [text] holds to stdout and clears it. A closed pipe is an Error whose `system` is EPIPE.
Result<void> flush(TextBuffer& text);

}  // namespace gtp::gen::echo
