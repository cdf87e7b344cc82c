// SPDX-License-Identifier: GPL-2.0-or-later
//
// The generator's end of a sink's control connection (sink/control.hpp says what goes over it):
//
//   auto sink = SinkClient::connect("192.0.2.10:2153");
//   sink->start(plan);                        // before the first packet; the sink forgets what was before
//   sink->counts();                           // for live lines, may be left out
//   auto result = sink->stop(sent, drain, runs);
//   result.fill(report);
//
// Whether latencies are one way or relative is decided by start(): the two ends compare the boots of their kernels.
// Calls block, for [timeout] at most beyond what they wait for by themselves. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/receive/result.hpp"
#include "gtpgen/receive/run.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

// [tunnels] tunnels in a row that were sent [packets] each: how a sink is told what every tunnel should have got.
struct SentRun {
  std::uint64_t tunnels = 0;
  std::uint64_t packets = 0;
};

class SinkClient {
 public:
  static constexpr std::uint16_t kDefaultPort = 2153;
  // The sink is told at most so many; send none rather than more.
  static constexpr std::size_t kMaxSentRuns = 4096;

  // "HOST:PORT", "[2001:db8::1]:PORT", or without the port.
  static Result<SinkClient> connect(std::string_view where, std::chrono::nanoseconds timeout = std::chrono::seconds(5));

  // RunPlan::latency is not looked at.
  Result<void> start(const RunPlan& plan);
  Result<ReceiveResult> counts();
  // The sink waits like Reception::finish(). [sent_runs] may be empty: then what was sent is known in total only.
  Result<ReceiveResult> stop(std::uint64_t sent, std::chrono::nanoseconds drain,
                             const std::vector<SentRun>& sent_runs = {});

  // Who answered: host name, program version.
  const std::string& host() const noexcept { return host_; }

 private:
  SinkClient(Fd socket, std::chrono::nanoseconds timeout) : socket_(std::move(socket)), timeout_(timeout) {}
  Result<std::string> ask(std::string_view line, std::chrono::nanoseconds extra = {});

  Fd socket_;
  std::chrono::nanoseconds timeout_;
  std::string received_;  // behind the last answer
  std::string host_;
};

}  // namespace gtp::gen
