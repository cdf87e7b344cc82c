// SPDX-License-Identifier: GPL-2.0-or-later
//
// The options that the commands of `gtpgen tunnel` share, and what they come to.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"
#include "gtpgen/tunnel/kernel.hpp"
#include "gtpgen/tunnel/provision.hpp"
#include "libcommon/sys/signals.hpp"

namespace gtp::gen {

// --dev, --netns
struct WhereOptions {
  std::string dev;
  std::string netns;

  OptionGroup group();
};

// --count, --teid, --ue, --tunnel-file, --gtp: which tunnels, as `add` makes and `del` finds them.
struct WhichOptions {
  std::optional<std::uint64_t> count;
  std::optional<TeidRange> teids;
  std::optional<IpPrefix> ue;
  std::string file;
  bool v0 = false;
  std::vector<std::uint8_t> qfis;

  std::vector<Option> options();
  Result<void> check() const;
  Result<TunnelPlan> plan() const;
};

// No command here takes words; one that is given is most likely the name of a link.
Result<void> refuse_words(const std::vector<std::string>& words);

Take take_address(IpAddress& target);
Take take_prefix(std::optional<IpPrefix>& target);
Take take_teids(std::optional<TeidRange>& target);

// "-d 10s", or until a signal comes.
void wait_for_end(const sys::Signals& signals, std::optional<std::chrono::nanoseconds> duration);

// What a command did, as a line for people or as JSON (gtpgen-tunnel/1), to [out]; the first failure to stderr.
// The exit status: 1 when tunnels failed.
struct Report {
  std::string_view action;  // "add"
  std::string_view done;    // "added"
  std::string link;
  Outcome outcome;
  std::chrono::nanoseconds took{};
};
Result<int> print_report(const Report& report, bool json, std::FILE* out = stdout);

}  // namespace gtp::gen
