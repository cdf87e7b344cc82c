// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen run.
#include "gtpgen/scenario/run_command.hpp"

#include <unistd.h>

#include <cstdio>
#include <thread>

#include "gtpgen/load/load_run.hpp"
#include "gtpgen/load/start_time.hpp"
#include "gtpgen/report/report_options.hpp"
#include "gtpgen/scenario/outcome.hpp"
#include "gtpgen/scenario/scenario.hpp"
#include "gtpgen/take.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kLongestFile = 64U << 20;  // a report with its buckets has at most a few of them

class RunCommand final : public Command {
 public:
  std::string_view name() const override { return "run"; }
  std::string_view synopsis() const override { return "SCENARIO.yaml [options]"; }
  std::string_view summary() const override {
    return "flows and phases of a scenario, and whether they keep its limits";
  }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen run busy-hour.yaml --check\n"
           "  gtpgen run busy-hour.yaml --json > report.json\n"
           "  gtpgen run report.json          the same once more\n";
  }

  std::vector<OptionGroup> options() override {
    OptionGroup report = report_options(report_);
    return {{"Scenario",
             {
                 {"--check", "", "read the scenario, say what it is, and send nothing", take_flag(check_)},
                 {"--yes-really", "", "rate: max to a target that is not private", take_flag(yes_really_)},
                 start_.option(),
             }},
            std::move(report)};
  }

  Result<void> take_words(std::vector<std::string> words) override {
    if (words.empty()) return usage("no scenario", "gtpgen run FILE.yaml, or - for standard input");
    if (words.size() > 1) return usage("one scenario, not \"" + words[1] + "\" as well");
    file_ = std::move(words.front());
    return {};
  }

  Result<void> check() override { return start_.check({}); }

  Result<int> run(sys::Signals& signals) override {
    if (auto read = read_file(); !read) return std::move(read).error();
    if (check_) {
      std::printf("%s: %s\n", file_.c_str(), summary_line().c_str());
      return std::fflush(stdout) == 0 || errno == EPIPE ? 0 : 1;
    }
    config_ = scenario_json(scenario_);
    if (auto opened = open(); !opened) return std::move(opened).error();
    if (!report_.quiet) ::dprintf(STDERR_FILENO, "gtpgen run %s: %s\n", file_.c_str(), summary_line().c_str());
    start_.announce();
    Outcome outcome;
    for (const PhasePlan& phase : scenario_.phases) {
      if (signals.received() != 0) break;
      if (auto done = run_phase(phase, signals, outcome); !done) return std::move(done).error();
    }
    return finish(outcome, signals);
  }

 private:
  Result<void> read_file() {
    auto text = gen::read_file(file_, kLongestFile);
    if (!text) return std::move(text).error();
    auto scenario = read_scenario(*text, file_ == "-" ? "standard input" : file_);
    if (!scenario) return std::move(scenario).error();
    scenario_ = *std::move(scenario);
    // The command line is the later word.
    Thresholds& limits = report_.thresholds;
    if (!limits.max_loss) limits.max_loss = scenario_.expect.max_loss;
    if (!limits.max_p99_ns) limits.max_p99_ns = scenario_.expect.max_p99_ns;
    if (!limits.min_rate) limits.min_rate = scenario_.expect.min_rate;
    scenario_.expect = limits;
    for (const PhasePlan& phase : scenario_.phases) {
      if (!phase.rate.is_max()) continue;
      if (limits.min_rate) return usage("--min-rate is a share of the rate, and max is none");
      const IpAddress& target = scenario_.flows.front().load.target.address;
      if (!is_private(target) && !yes_really_) {
        return usage(target.text() + " is not a private address, and rate: max may flood the way to it",
                     "--yes-really, or a rate");
      }
    }
    return {};
  }

  std::string summary_line() const {
    const auto count = [](std::size_t number, const std::string& what) {
      return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
    };
    const LoadPlan& first = runs_.empty() ? scenario_.flows.front().load : runs_.front()->plan();
    std::chrono::nanoseconds length{};
    bool endless = false;
    for (const PhasePlan& phase : scenario_.phases) {
      if (phase.count == 0) length += phase.ramp + phase.duration;
      endless = endless || phase.count != 0 || phase.duration.count() == 0;
    }
    std::string text = count(first.tunnels.count(), "tunnel") + " to " + first.target.address.text() + ", " +
                       count(scenario_.flows.size(), "flow") + ", " + count(scenario_.phases.size(), "phase");
    if (endless) return text;
    TextBuffer time;
    put_duration(time, static_cast<std::uint64_t>(length.count()));
    return text + ", " + std::string(time.view());
  }

  // Sockets of all flows; each has its part of the source ports.
  Result<void> open() {
    const output::Style style(sys::inspect_terminal(STDERR_FILENO).colour);
    const std::size_t count = scenario_.flows.size();
    for (std::size_t i = 0; i < count; ++i) {
      LoadPlan& load = scenario_.flows[i].load;
      // Rates go by the plan, which the run has from here on.
      for (const PhasePlan& phase : scenario_.phases) {
        trials_.push_back(trial_plan(scenario_, scenario_.flows[i], phase));
        if (&phase == scenario_.phases.data()) trials_.back().start_at_ns = start_.time_ns();
      }
      if (load.source.first_port != 0 && count > 1) {
        const std::size_t ports = std::size_t{load.source.last_port} - load.source.first_port + 1;
        const std::uint16_t first = load.source.first_port;
        load.source.first_port = static_cast<std::uint16_t>(first + i * ports / count);
        load.source.last_port = static_cast<std::uint16_t>(first + (i + 1) * ports / count - 1);
      }
    }
    for (FlowPlan& flow : scenario_.flows) {
      auto run = LoadRun::open(std::move(flow.load));
      if (!run) {
        Error error = std::move(run).error();
        if (count > 1) error.what = "flow \"" + flow.name + "\": " + error.what;
        return error;
      }
      for (const std::string& note : (*run)->notes()) output::print_warning("gtpgen", note, style);
      runs_.push_back(*std::move(run));
    }
    return {};
  }

  const TrialPlan& trial_of(const PhasePlan& phase, std::size_t flow) const {
    const auto number = static_cast<std::size_t>(&phase - scenario_.phases.data());
    return trials_[flow * scenario_.phases.size() + number];
  }

  // All flows at the same time, a thread each.
  Result<void> run_phase(const PhasePlan& phase, sys::Signals& signals, Outcome& outcome) {
    const std::size_t count = runs_.size();
    if (!report_.quiet) {
      for (std::size_t i = 0; i < count; ++i) {
        ::dprintf(STDERR_FILENO, "%s/%s: %s\n", phase.name.c_str(), scenario_.flows[i].name.c_str(),
                  runs_[i]->title(trial_of(phase, i)).c_str());
      }
    }
    // One line at a time is drawn, so of several flows none is.
    const LiveOptions live{report_.quiet || count > 1 ? -1 : STDERR_FILENO, report_.live};
    std::vector<std::optional<Result<Report>>> reports(count);
    const CpuReport before = cpu_time();
    {
      std::vector<std::thread> threads;
      for (std::size_t i = 0; i < count; ++i) {
        threads.emplace_back([&, i] { reports[i] = runs_[i]->trial(trial_of(phase, i), signals, live); });
      }
      for (std::thread& thread : threads) thread.join();
    }
    const CpuReport after = cpu_time();
    std::vector<OutcomePart> parts;
    for (std::size_t i = 0; i < count; ++i) {
      if (!*reports[i]) return std::move(*reports[i]).error();
      Report& report = **reports[i];
      report.command = "run";
      judge(report, report_.thresholds, runs_[i]->expects_arrivals());
      parts.push_back({phase.name, scenario_.flows[i].name, std::move(report)});
    }
    if (phase.measure)
      outcome.add_phase(std::move(parts), {after.user_s - before.user_s, after.system_s - before.system_s});
    return {};
  }

  Result<int> finish(const Outcome& outcome, const sys::Signals& signals) const {
    const bool interrupted = signals.received() != 0;
    if (outcome.parts().empty()) {
      return Error{ErrorCode::nothing, 0, "interrupted before anything was measured", {}};
    }
    Report whole = outcome.whole(report_.thresholds);
    whole.interrupted = interrupted;
    whole.argv = argv();
    whole.config = config_;
    if (outcome.parts().size() > 1) {
      whole.parts = parts_json(outcome.parts());
      if (!report_.json) {
        TextBuffer table;
        put_table(table, outcome.parts());
        table.put('\n');
        if (std::fwrite(table.view().data(), 1, table.size(), stdout) != table.size() && errno != EPIPE) {
          return Error::from_errno("cannot write the report");
        }
      }
    }
    return deliver(whole, report_);
  }

  std::string file_;
  bool check_ = false;
  bool yes_really_ = false;
  StartTime start_;
  ReportOptions report_;
  Scenario scenario_;
  std::string config_;
  std::vector<TrialPlan> trials_;  // of each flow, of each phase
  std::vector<std::unique_ptr<LoadRun>> runs_;
};

}  // namespace

std::unique_ptr<Command> make_run_command() { return std::make_unique<RunCommand>(); }

}  // namespace gtp::gen
