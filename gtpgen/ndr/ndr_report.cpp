// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/ndr/ndr_report.hpp"

#include "gtpgen/report/numbers.hpp"
#include "gtpgen/report/writers.hpp"
#include "gtpgen/version.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::gen {
namespace {

using output::JsonWriter;
using output::Role;

std::string rate(const NdrReport& report, const std::optional<double>& pps) {
  if (!pps) return "-";
  return scaled(*pps, "pps") + " (" + scaled(*pps * report.mean_inner_octets * 8, "bit/s") + " inner)";
}

// Why a goal has no exact answer; empty when it has.
std::string_view remark(const Bounds& bounds) noexcept {
  if (bounds.regular) return {};
  if (bounds.generator_limited) return "gtpgen cannot send faster: the peer may do more";
  if (!bounds.upper_pps) return "the highest rate that was allowed is still good";
  if (!bounds.lower_pps) return "even the lowest rate loses too much";
  return "interrupted";
}

void put_goal(TextBuffer& out, const NdrReport& report, std::size_t i, output::Style style) {
  const Goal& goal = report.goals[i];
  const Bounds& bounds = report.bounds[i];
  out.put(' ');
  style.put(out, Role::name, goal.name);
  out.fill(' ', goal.name.size() < 10 ? 10 - goal.name.size() : 1);
  out.put(rate(report, bounds.lower_pps));
  out.put("  loss at most " + percent(goal.loss_ratio));
  if (bounds.upper_pps) out.put("  too fast at " + scaled(*bounds.upper_pps, "pps"));
  if (bounds.conditional_pps && bounds.lower_pps && *bounds.conditional_pps < *bounds.lower_pps) {
    out.put("  forwarded " + scaled(*bounds.conditional_pps, "pps"));
  }
  out.put('\n');
  if (const std::string_view why = remark(bounds); !why.empty()) {
    out.fill(' ', 11);
    style.put(out, Role::warn, why);
    out.put('\n');
  }
}

void put_latency(TextBuffer& out, const LatencyAt& at, output::Style style) {
  if (!at.report.latency || at.report.latency->histogram.count() == 0) return;
  const auto& h = at.report.latency->histogram;
  out.put(' ');
  style.put(out, Role::name, "at " + percent(at.share));
  out.fill(' ', 3);
  const auto one = [&](std::string_view name, const std::optional<std::uint64_t>& ns) {
    out.put("  ");
    out.put(name);
    out.put(' ');
    out.put(ns ? microseconds(*ns) : std::string("-"));
  };
  out.put(at.report.latency->kind == LatencyMeter::Kind::round_trip ? "rtt us" : "one way us");
  one("p50", h.percentile(50));
  one("p99", h.percentile(99));
  one("p99.9", h.percentile(99.9));
  one("max", h.max());
  out.put('\n');
}

void put_trial(JsonWriter& json, const TrialRecord& record) {
  const auto object = json.object();
  TextBuffer start;
  output::TimeFormat(output::TimeStyle::utc, 9).put(start, record.start_ns);
  json.text("start", start.view());
  json.decimal("rate_pps", record.trial.rate_pps);
  json.decimal("offered_pps", record.trial.offered_pps);
  json.number("duration_ns", static_cast<std::uint64_t>(record.trial.duration.count()));
  json.number("sent", record.sent);
  json.number("received", record.received);
  json.decimal("loss_ratio", record.trial.loss_ratio);
  json.boolean("valid", record.trial.valid);
  json.measured("p99_ns", record.p99_ns);
}

void put_goal(JsonWriter& json, const Goal& goal, const Bounds& bounds) {
  const auto object = json.object();
  json.text("name", goal.name);
  json.decimal("loss_ratio", goal.loss_ratio);
  json.decimal("exceed_ratio", goal.exceed_ratio);
  json.number("trial_ns", static_cast<std::uint64_t>(goal.trial.count()));
  json.number("sum_ns", static_cast<std::uint64_t>(goal.sum.count()));
  json.decimal("width", goal.width);
  json.decimal("lower_pps", bounds.lower_pps);
  json.decimal("upper_pps", bounds.upper_pps);
  json.decimal("conditional_pps", bounds.conditional_pps);
  json.boolean("regular", bounds.regular);
  json.boolean("generator_limited", bounds.generator_limited);
}

}  // namespace

int judge(const NdrReport& report) noexcept {
  if (report.bounds.empty()) return 1;
  const Bounds& first = report.bounds.front();
  if (!first.lower_pps) return 1;
  if (report.wanted_pps && *first.lower_pps < *report.wanted_pps) return first.generator_limited ? 3 : 1;
  // Without a rate that was asked for, a generator that ran out has not answered the question.
  return first.generator_limited && !report.wanted_pps ? 3 : 0;
}

void put_text(TextBuffer& out, const NdrReport& report, output::Style style) {
  for (std::size_t i = 0; i < report.goals.size(); ++i) put_goal(out, report, i, style);
  for (const LatencyAt& at : report.latency) put_latency(out, at, style);
  out.put(' ');
  style.put(out, Role::name, "trials");
  out.put("    " + std::to_string(report.trials.size()) + " in ");
  out.put_dec(report.duration_ns / 1'000'000'000);
  out.put(" s");
  if (report.interrupted) style.put(out, Role::warn, "  interrupted");
  out.put('\n');
  for (const std::string& note : report.notes) {
    out.put(" note      ");
    out.put(note);
    out.put('\n');
  }
}

void put_json(TextBuffer& out, const NdrReport& report) {
  {
    JsonWriter json(out);
    const auto object = json.object();
    json.text("schema", "gtpgen.ndr/1");
    json.text("version", version_number());
    TextBuffer start;
    output::TimeFormat(output::TimeStyle::utc, 9).put(start, report.start_ns);
    json.text("start", start.view());
    json.number("duration_ns", report.duration_ns);
    json.text("title", report.title);
    {
      const auto argv = json.array("argv");
      for (const std::string& word : report.argv) json.text(word);
    }
    json.decimal("min_pps", report.min_pps);
    json.decimal("max_pps", report.max_pps);
    {
      const auto goals = json.array("goals");
      for (std::size_t i = 0; i < report.goals.size(); ++i) put_goal(json, report.goals[i], report.bounds[i]);
    }
    {
      const auto trials = json.array("trials");
      for (const TrialRecord& record : report.trials) put_trial(json, record);
    }
    {
      const auto latency = json.array("latency");
      for (const LatencyAt& at : report.latency) {
        const auto one = json.object();
        json.decimal("share", at.share);
        const auto reports = json.array("reports");
        put_json(json, at.report);
      }
    }
    {
      const auto notes = json.array("notes");
      for (const std::string& note : report.notes) json.text(note);
    }
    json.boolean("interrupted", report.interrupted);
    json.decimal("wanted_pps", report.wanted_pps);
    json.number("exit_code", static_cast<std::uint64_t>(report.exit_code));
  }
  out.put('\n');
}

}  // namespace gtp::gen
