// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen merge.
#include "gtpgen/merge/merge_command.hpp"

#include <unistd.h>

#include <cstdio>

#include "gtpgen/merge/combine.hpp"
#include "gtpgen/report/report_options.hpp"
#include "gtpgen/take.hpp"

namespace gtp::gen {
namespace {

class MergeCommand final : public Command {
 public:
  std::string_view name() const override { return "merge"; }
  std::string_view synopsis() const override { return "REPORT.json… [options]"; }
  std::string_view summary() const override { return "reports of several hosts as one, added up exactly"; }
  std::string_view examples() const override {
    return "Examples\n"
           "  gtpgen load 192.0.2.1 --start-at 2026-11-22T12:00:00Z --json > $(hostname).json     on each host\n"
           "  gtpgen merge host-a.json host-b.json --max-loss 0.1%\n";
  }

  std::vector<OptionGroup> options() override {
    return {{"Reports", {{"--any-config", "", "put together what was not the same traffic, too", take_flag(any_)}}},
            finished_report_options(report_)};
  }

  Result<void> take_words(std::vector<std::string> words) override {
    if (words.size() < 2) return usage("two reports at least", "gtpgen merge a.json b.json");
    files_ = std::move(words);
    return {};
  }

  Result<int> run(sys::Signals& /*signals*/) override {
    std::vector<WrittenReport> reports;
    for (const std::string& file : files_) {
      auto text = read_file(file, kLongestFile);
      if (!text) return std::move(text).error();
      auto read = read_reports(*text, file == "-" ? "standard input" : file);
      if (!read) return std::move(read).error();
      for (WrittenReport& report : *read) reports.push_back(std::move(report));
    }
    auto sum = combine(reports, {report_.thresholds, any_});
    if (!sum) return std::move(sum).error();
    sum->argv = argv();
    if (!report_.json)
      ::dprintf(STDERR_FILENO, "gtpgen merge, %zu reports of gtpgen %s\n", reports.size(), sum->command.c_str());
    return deliver(*sum, report_);
  }

 private:
  static constexpr std::size_t kLongestFile = 64U << 20;

  bool any_ = false;
  std::vector<std::string> files_;
  ReportOptions report_;
};

}  // namespace

std::unique_ptr<Command> make_merge_command() { return std::make_unique<MergeCommand>(); }

}  // namespace gtp::gen
