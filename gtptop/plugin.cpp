// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/plugin.hpp"

#include <poll.h>

#include <algorithm>
#include <cstdio>

#include "gtptop/check/finding.hpp"

namespace gtp::top {
namespace {

constexpr int kStatusUnknown = 3;
constexpr std::uint64_t kWholeSweepNs = 100'000'000;

int status_of(Severity severity) { return static_cast<int>(severity); }

}  // namespace

PluginVerdict plugin_verdict(const Model& model, const std::optional<Error>& trouble) {
  constexpr const char* kWords[] = {"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  PluginVerdict verdict;
  const Finding* worst = nullptr;
  std::size_t counted = 0;
  for (const Finding& finding : model.findings) {
    if (finding.severity == Severity::note) continue;
    ++counted;
    if (worst == nullptr || finding.severity > worst->severity) worst = &finding;
  }
  std::string what = "no finding";
  if (worst != nullptr) {
    verdict.status = status_of(worst->severity);
    what = finding_name(worst->id) + " " + worst->sentence;
    if (counted > 1) what += " (and " + std::to_string(counted - 1) + " more)";
  }
  // A host without tunnels, or that may not be looked at, is not well, and not known to be ill either.
  if (trouble && verdict.status != status_of(Severity::critical)) {
    verdict.status = kStatusUnknown;
    what = trouble->what;
  }
  // The bar parts text from figures.
  std::replace(what.begin(), what.end(), '|', '/');
  verdict.line = std::string("GTP ") + kWords[verdict.status] + " - " + what +
                 " | links=" + std::to_string(model.links.rows().size()) +
                 " peers=" + std::to_string(model.peers.size()) + " tunnels=" + std::to_string(model.tunnels.size()) +
                 " findings=" + std::to_string(counted);
  return verdict;
}

int run_plugin(Gatherer& gatherer, std::uint64_t interval_ns, sys::Signals& signals) {
  // A path that was asked has until its last repetition to answer.
  constexpr int kMostReadings = 20;
  for (int reading = 0; reading < kMostReadings && signals.received() == 0; ++reading) {
    if (reading >= 2 && !gatherer.waits_for_echo()) break;
    if (reading != 0) {
      pollfd wake{signals.wake_fd(), POLLIN, 0};
      ::poll(&wake, 1, static_cast<int>(std::min<std::uint64_t>(interval_ns / 1'000'000, 60'000)));
    }
    gatherer.begin_tick();
    while (!gatherer.sweep(kWholeSweepNs) && signals.received() == 0) {
    }
    gatherer.end_tick();
  }
  const PluginVerdict verdict = plugin_verdict(gatherer.model(), gatherer.trouble());
  return std::printf("%s\n", verdict.line.c_str()) < 0 || std::fflush(stdout) != 0 ? kStatusUnknown : verdict.status;
}

}  // namespace gtp::top
