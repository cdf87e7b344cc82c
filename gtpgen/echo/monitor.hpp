// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a monitored path tells other programs: a command that is run when something changes, and a file of metrics for
// the textfile collector of Prometheus' node_exporter.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "gtpgen/echo/engine.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen::echo {

// Runs `sh -c COMMAND` for every path that comes up or goes down and for every restart, with the facts in the
// environment: GTPGEN_EVENT (up, down, restart), GTPGEN_HOST, GTPGEN_ADDRESS, GTPGEN_PROTOCOL, GTPGEN_RECOVERY and
// GTPGEN_PREVIOUS_RECOVERY. It is not waited for; what it prints goes to stderr.
class Hook {
 public:
  explicit Hook(std::string command) : command_(std::move(command)) {}
  void handle(const Event& event);
  // Buries those that have ended.
  void reap() noexcept;

 private:
  std::string command_;
  std::vector<pid_t> running_;
};

// Written beside [path] and renamed over it, so that no reader sees half of it.
Result<void> write_metrics(const std::string& path, const Engine& engine);

}  // namespace gtp::gen::echo
