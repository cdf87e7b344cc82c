// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen load.
#include "gtpgen/load/load_command.hpp"

#include <unistd.h>

#include "gtpgen/load/load_options.hpp"
#include "gtpgen/load/load_run.hpp"
#include "gtpgen/load/load_words.hpp"
#include "gtpgen/load/start_time.hpp"
#include "gtpgen/report/report_options.hpp"
#include "gtpgen/scenario/scenario.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen {
namespace {

// A target or peer that is not ours to flood; empty: there is none.
IpAddress stranger_of(const LoadPlan& plan) {
  if (!is_private(plan.target.address)) return plan.target.address;
  for (const IpAddress& peer : plan.tunnels.peers()) {
    if (!peer.empty() && !is_private(peer)) return peer;
  }
  return {};
}

class LoadCommand final : public Command {
 public:
  std::string_view name() const override { return "load"; }
  std::string_view synopsis() const override { return "TARGET[:PORT] [options]"; }
  std::string_view summary() const override { return "send G-PDUs, and measure what becomes of them"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen load 192.0.2.1 -n 1000 -r 100kpps -d 10s --expect reflect --max-loss 0.1%\n"
           "  gtpgen load 192.0.2.1 --size imix --qfi 9 -r 500Mbit/s\n"
           "  gtpgen load 192.0.2.1 --via 198.51.100.2 --direction both -n 100 -r 50k\n";
  }

  std::vector<OptionGroup> options() override {
    std::vector<OptionGroup> groups = {
        {"Rate",
         {
             {"-r,--rate", "RATE", "10kpps, 1Mpps, 500Mbit/s, or max (1kpps)", take_with(rate_, Rate::parse)},
             {"-d,--duration", "T", "how long to send (10s); 0: until interrupted", take_duration(duration_)},
             {"-c,--count", "N", "how many packets, instead of how long", take_count(count_, 1)},
             {"--warm-up", "T", "send before, and forget it (0)", take_duration(warm_up_)},
             {"--write", "FILE", "write the packets to a capture file, .pcap or .pcapng, and send nothing",
              take_text(write_file_)},
             {"--ramp", "T", "from nothing to the rate in this time, before the duration (0)", take_duration(ramp_)},
             start_.option(),
         }}};
    for (auto& group : load_.groups()) groups.push_back(std::move(group));
    groups.push_back(report_options(report_));
    return groups;
  }

  Result<void> take_words(std::vector<std::string> words) override { return load_.take_words(words); }

  Result<void> check() override {
    if (duration_ && count_) return usage("--duration and --count: one of them");
    if (rate_.is_max() && ramp_.count() != 0) return usage("--ramp has no end with --rate max");
    if (rate_.is_max() && report_.thresholds.min_rate) return usage("--min-rate is a share of --rate, and max is none");
    if (auto checked = start_.check(warm_up_); !checked) return checked;
    if (write_file_.empty()) return {};
    if (rate_.is_max()) return usage("--write wants a rate: the file has times");
    if (duration_ && duration_->count() == 0) return usage("--write wants an end: --duration or --count");
    if (warm_up_.count() != 0) return usage("--write has nothing to warm up");
    if (start_.time_ns() != 0) return usage("--write sends nothing, so no time to start at");
    return {};
  }

  Result<int> run(sys::Signals& signals) override {
    auto plan = load_.plan();
    if (!plan) return std::move(plan).error();
    if (const IpAddress stranger = stranger_of(*plan); rate_.is_max() && !stranger.empty() && !load_.yes_really()) {
      return usage(stranger.text() + " is not a private address, and --rate max may flood the way to it",
                   "--yes-really, or a rate");
    }
    if (plan->arrivals == Arrivals::burst && rate_.is_max()) {
      return usage("--arrival burst says how much to send by itself", "no --rate");
    }
    if (!write_file_.empty()) {
      if (plan->via || plan->threads > 1 || plan->expect == Expect::sink || plan->expect == Expect::reflect) {
        return usage("--write is no network: not with --via, --threads or --expect");
      }
      plan->write_file = write_file_;
      plan->expect = Expect::none;
    }
    TrialPlan trial = trial_plan(*plan);
    Scenario same = scenario(*std::move(plan));
    const std::string config = write_file_.empty() ? scenario_json(same) : std::string();
    auto run = LoadRun::open(std::move(same.flows.front().load));
    if (!run) return std::move(run).error();
    const output::Style style(sys::inspect_terminal(STDERR_FILENO).colour);
    for (const std::string& note : (*run)->notes()) output::print_warning("gtpgen", note, style);
    if (!report_.quiet) ::dprintf(STDERR_FILENO, "gtpgen load %s\n", (*run)->title(trial).c_str());
    start_.announce();
    const LiveOptions live{report_.quiet ? -1 : STDERR_FILENO, report_.live};
    auto report = (*run)->trial(trial, signals, live);
    if (!report) return std::move(report).error();
    report->argv = argv();
    report->config = config;
    judge(*report, report_.thresholds, (*run)->expects_arrivals());
    return deliver(*report, report_);
  }

 private:
  // What `gtpgen run` would be told to do the same.
  Scenario scenario(LoadPlan plan) const {
    Scenario same;
    same.bit_layer = load_.bit_layer();
    same.expect = report_.thresholds;
    if (warm_up_.count() != 0) {
      same.phases.push_back({.name = "warm-up", .rate = rate_, .duration = warm_up_, .measure = false});
    }
    same.phases.push_back({.name = "load",
                           .rate = rate_,
                           .duration = duration_.value_or(std::chrono::seconds(10)),
                           .count = count_.value_or(0),
                           .ramp = ramp_});
    same.flows.push_back({.name = "load", .load = std::move(plan)});
    return same;
  }

  TrialPlan trial_plan(const LoadPlan& plan) const {
    TrialPlan trial;
    trial.packets_per_second = rate_.packets_per_second(mean_octets(plan, load_.bit_layer()));
    if (plan.arrivals == Arrivals::burst) {
      trial.packets_per_second = plan.burst * 1e9 / static_cast<double>(plan.burst_period_ns) * plan.threads;
    }
    trial.duration = duration_.value_or(std::chrono::seconds(10));
    trial.count = count_.value_or(0);
    trial.warm_up = warm_up_;
    trial.ramp = ramp_;
    trial.start_at_ns = start_.time_ns();
    return trial;
  }

  LoadOptions load_;
  ReportOptions report_;
  Rate rate_;
  std::optional<std::chrono::nanoseconds> duration_;
  std::optional<std::uint64_t> count_;
  std::chrono::nanoseconds warm_up_{};
  std::chrono::nanoseconds ramp_{};
  std::string write_file_;
  StartTime start_;
};

}  // namespace

std::unique_ptr<Command> make_load_command() { return std::make_unique<LoadCommand>(); }

}  // namespace gtp::gen
