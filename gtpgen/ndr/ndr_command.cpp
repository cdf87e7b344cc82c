// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/ndr_command.hpp"

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdio>

#include "gtpgen/load/load_options.hpp"
#include "gtpgen/load/load_run.hpp"
#include "gtpgen/load/load_words.hpp"
#include "gtpgen/ndr/ndr_report.hpp"
#include "gtpgen/ndr/profile.hpp"
#include "gtpgen/receive/clock.hpp"
#include "gtpgen/report/numbers.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::gen {
namespace {

// Trials whose offered rate is further off than this say nothing (as FD.io CSIT does).
constexpr double kOfferedTolerance = 0.005;
constexpr double kLatencyShares[] = {0.9, 0.5, 0.1};

// What the search is told of a trial.
TrialRecord record_of(double rate_pps, std::chrono::nanoseconds duration, const Report& report) {
  TrialRecord record;
  record.start_ns = report.start_ns;
  record.trial.rate_pps = rate_pps;
  record.trial.duration = duration;
  record.trial.offered_pps = report.tx ? report.tx->rate_pps() : 0;
  record.sent = report.tx ? report.tx->packets : 0;
  record.received = report.rx ? report.rx->packets : 0;
  const std::uint64_t local = report.rx ? report.rx->lost_local.value_or(0) : 0;
  const std::uint64_t lost = report.rx && report.rx->lost ? *report.rx->lost : record.sent - record.received;
  const std::uint64_t expected = record.received + lost;
  if (expected != 0) {
    record.trial.loss_ratio = static_cast<double>(lost > local ? lost - local : 0) / static_cast<double>(expected);
  }
  // What our own buffers dropped is no loss of the peer, but a trial in which they did is none either.
  record.trial.valid =
      record.trial.offered_pps >= rate_pps * (1 - kOfferedTolerance) && local == 0 && !report.clock_jumped;
  if (report.latency && report.latency->histogram.count() != 0) {
    record.p99_ns = report.latency->histogram.percentile(99);
  }
  return record;
}

class NdrCommand final : public Command {
 public:
  std::string_view name() const override { return "ndr"; }
  std::string_view synopsis() const override { return "TARGET[:PORT] [options]"; }
  std::string_view summary() const override { return "search the highest rate that is forwarded without loss"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen ndr 192.0.2.1 --expect reflect --profile quick --max 1Mpps\n"
           "  gtpgen ndr 192.0.2.1 --via 198.51.100.2 -n 1000 --size 100 --min-ndr 200k --json\n"
           "  gtpgen ndr 192.0.2.1 --expect reflect --goal loss=0.1%,trial=1s,sum=10s,width=2%\n";
  }

  std::vector<OptionGroup> options() override {
    std::vector<OptionGroup> groups = {
        {"Search",
         {
             {"--profile", "NAME", "quick, csit, tst009 or rfc2544 (csit)", take_text(profile_)},
             {"--goal", "GOAL", "loss=0.5%,exceed=50%,trial=2s,sum=20s,width=1%,name=PDR", take_goal(), true},
             {"--min", "RATE", "the lowest rate to try (1kpps)", take_with(min_, Rate::parse)},
             {"--max", "RATE", "the highest rate to try (10Mpps)", take_with(max_, Rate::parse)},
             {"--warm-up", "T", "a trial of this length before the first, and forget it (1s)", take_duration(warm_up_)},
             {"--latency", "T", "measure latency at 90, 50 and 10 % of the result for T each; 0: do not (2s)",
              take_duration(latency_)},
         }}};
    for (auto& group : load_.groups()) groups.push_back(std::move(group));
    groups.push_back(
        {"Report",
         {
             {"--json", "", "the result as JSON on stdout instead of text", take_flag(json_)},
             {"-q,--quiet", "", "no line per trial", take_flag(quiet_)},
             {"--min-ndr", "RATE", "fail when the first goal's rate is less", take_with(wanted_, Rate::parse)},
         }});
    return groups;
  }

  Result<void> take_words(std::vector<std::string> words) override { return load_.take_words(words); }

  Result<void> check() override {
    if (goals_.empty()) {
      auto goals = goals_of_profile(profile_.empty() ? "csit" : profile_);
      if (!goals) return std::move(goals).error();
      goals_ = *std::move(goals);
    } else if (!profile_.empty()) {
      return usage("--profile and --goal: one of them");
    }
    for (const Rate& rate : {min_, max_}) {
      if (rate.is_max() || rate.value == 0) return usage("--min and --max are rates, like 10kpps or 500Mbit");
    }
    if (wanted_ && wanted_->is_max()) return usage("--min-ndr is a rate, like 10kpps or 500Mbit");
    return {};
  }

  Result<int> run(sys::Signals& signals) override {
    auto plan = load_.plan();
    if (!plan) return std::move(plan).error();
    if (!is_private(plan->target.address) && !load_.yes_really()) {
      return usage(plan->target.address.text() + " is not a private address, and a search goes as fast as it can",
                   "--yes-really");
    }
    if (plan->expect == Expect::none) return usage("a search must see what arrives", "--expect reflect, or --via");
    const double octets = mean_octets(*plan, load_.bit_layer());
    NdrReport report;
    report.argv = argv();
    report.mean_inner_octets = mean_octets(*plan, BitLayer::inner);
    report.min_pps = *min_.packets_per_second(octets);
    report.max_pps = *max_.packets_per_second(octets);
    if (wanted_) report.wanted_pps = wanted_->packets_per_second(octets);
    if (!(report.min_pps < report.max_pps)) return usage("--min is not less than --max");

    auto run = LoadRun::open(*std::move(plan));
    if (!run) return std::move(run).error();
    const output::Style style(sys::inspect_terminal(STDERR_FILENO).colour);
    for (const std::string& note : (*run)->notes()) output::print_warning("gtpgen", note, style);
    report.title = (*run)->title({.packets_per_second = report.max_pps});
    if (!quiet_) ::dprintf(STDERR_FILENO, "gtpgen ndr %s\n", report.title.c_str());
    if (auto searched = search(**run, signals, report); !searched) return std::move(searched).error();
    report.exit_code = judge(report);
    return deliver(report);
  }

 private:
  Take take_goal() {
    return [this](std::string_view text) -> Result<void> {
      auto goal = parse_goal(text);
      if (!goal) return std::move(goal).error();
      goals_.push_back(*std::move(goal));
      return {};
    };
  }

  Result<void> search(LoadRun& run, sys::Signals& signals, NdrReport& report) {
    report.start_ns = realtime_ns();
    const std::uint64_t began = monotonic_ns();
    Search search(goals_, report.min_pps, report.max_pps);
    if (warm_up_.count() != 0) {
      auto warm = run.trial({.packets_per_second = report.min_pps, .duration = warm_up_}, signals, {});
      if (!warm) return std::move(warm).error();
      report.interrupted = warm->interrupted;
      if (!warm->interrupted && (!warm->rx || warm->rx->packets == 0)) {
        return Error{ErrorCode::nothing, 0, "nothing came back from the target: a search has nothing to go by",
                     "gtpgen reflect on the other side, or --via, or --expect sink=HOST"};
      }
    }
    for (auto next = search.next(); next && !report.interrupted; next = search.next()) {
      auto trial = run.trial({.packets_per_second = next->rate_pps, .duration = next->duration}, signals, {});
      if (!trial) return std::move(trial).error();
      report.interrupted = trial->interrupted;
      if (report.interrupted) break;
      if (run.plan().expect == Expect::sink && !trial->rx) {
        return Error{ErrorCode::failed, 0, trial->notes.empty() ? "the sink is gone" : trial->notes.back(), {}};
      }
      report.trials.push_back(record_of(next->rate_pps, next->duration, *trial));
      search.record(report.trials.back().trial);
      if (!quiet_) tell(report.trials.size(), report.trials.back());
    }
    report.goals = goals_;
    for (const Goal& goal : goals_) report.bounds.push_back(search.bounds(goal));
    if (auto measured = measure_latency(run, signals, report); !measured) return measured;
    report.duration_ns = monotonic_ns() - began;
    return {};
  }

  Result<void> measure_latency(LoadRun& run, sys::Signals& signals, NdrReport& report) const {
    const std::optional<double> found = report.bounds.front().lower_pps;
    if (!found || latency_.count() == 0) return {};
    for (const double share : kLatencyShares) {
      if (report.interrupted) break;
      auto trial = run.trial({.packets_per_second = *found * share, .duration = latency_}, signals, {});
      if (!trial) return std::move(trial).error();
      report.interrupted = trial->interrupted;
      report.latency.push_back({share, *std::move(trial)});
    }
    return {};
  }

  static void tell(std::size_t number, const TrialRecord& record) {
    const Trial& trial = record.trial;
    std::string line = "trial " + std::to_string(number) + "  " + scaled(trial.rate_pps, "pps") + "  ";
    if (trial.valid) {
      line += "loss " + percent(trial.loss_ratio);
      if (record.p99_ns) line += "  p99 " + microseconds(*record.p99_ns) + " us";
    } else {
      line += "not valid: gtpgen reached " + scaled(trial.offered_pps, "pps");
    }
    ::dprintf(STDERR_FILENO, "%s\n", line.c_str());
  }

  Result<int> deliver(const NdrReport& report) const {
    TextBuffer out;
    if (json_) {
      put_json(out, report);
    } else {
      put_text(out, report, output::Style(sys::inspect_terminal(STDOUT_FILENO).colour));
    }
    const std::string_view text = out.view();
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
      if (errno == EPIPE) return report.exit_code;
      return Error::from_errno("standard output");
    }
    return report.exit_code;
  }

  LoadOptions load_;
  std::string profile_;
  std::vector<Goal> goals_;
  Rate min_{Rate::Unit::packets, 1000};
  Rate max_{Rate::Unit::packets, 10'000'000};
  std::optional<Rate> wanted_;
  std::chrono::nanoseconds warm_up_ = std::chrono::seconds(1);
  std::chrono::nanoseconds latency_ = std::chrono::seconds(2);
  bool json_ = false;
  bool quiet_ = false;
};

}  // namespace

std::unique_ptr<Command> make_ndr_command() { return std::make_unique<NdrCommand>(); }

}  // namespace gtp::gen
