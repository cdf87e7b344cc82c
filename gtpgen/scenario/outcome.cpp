// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/scenario/outcome.hpp"

#include <algorithm>
#include <utility>

#include "gtpgen/report/numbers.hpp"
#include "gtpgen/report/writers.hpp"

namespace gtp::gen {
namespace {

constexpr std::array kHeadings = {"phase", "flow", "sent", "rate", "arrived", "lost", "p50 us", "p99 us", "verdict"};
using Row = std::array<std::string, kHeadings.size()>;

int badness(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::pass:
      return 0;
    case Verdict::generator_limited:
      return 1;
    case Verdict::fail:
      return 2;
    case Verdict::error:
      return 3;
  }
  return 3;
}

std::uint64_t sending_time(const Report& report) noexcept { return report.tx ? report.tx->duration_ns : 0; }
std::uint64_t receiving_time(const Report& report) noexcept { return report.rx ? report.rx->duration_ns : 0; }

// Behind each other, where merge() means beside each other.
void append(Report& sum, Report next) {
  if (sum.start_ns == 0) {
    sum = std::move(next);
    return;
  }
  auto intervals = std::exchange(next.intervals, {});
  for (Interval& interval : intervals) interval.end_ns += sum.duration_ns;
  const std::uint64_t duration = sum.duration_ns + next.duration_ns;
  const std::uint64_t sending = sending_time(sum) + sending_time(next);
  const std::uint64_t receiving = receiving_time(sum) + receiving_time(next);
  std::optional<double> target;
  if (sum.tx && next.tx && sum.tx->target_pps && next.tx->target_pps && sending != 0) {
    target = (*sum.tx->target_pps * static_cast<double>(sending_time(sum)) +
              *next.tx->target_pps * static_cast<double>(sending_time(next))) /
             static_cast<double>(sending);
  }
  sum.merge(next);
  sum.duration_ns = duration;
  if (sum.tx) {
    sum.tx->duration_ns = sending;
    sum.tx->target_pps = target;
  }
  if (sum.rx) sum.rx->duration_ns = receiving;
  sum.intervals.insert(sum.intervals.end(), intervals.begin(), intervals.end());
}

Row row_of(const OutcomePart& part) {
  const Report& report = part.report;
  Row row;
  row.fill("-");
  row[0] = part.phase;
  row[1] = part.flow;
  if (report.tx) {
    row[2] = grouped(report.tx->packets);
    row[3] = scaled(report.tx->rate_pps(), "pps");
  }
  if (report.rx) {
    row[4] = grouped(report.rx->packets);
    if (report.rx->lost) row[5] = grouped(*report.rx->lost);
  }
  if (report.latency) {
    const auto p50 = report.latency->histogram.percentile(50);
    const auto p99 = report.latency->histogram.percentile(99);
    if (p50) row[6] = microseconds(*p50);
    if (p99) row[7] = microseconds(*p99);
  }
  row[8] = key(report.verdict);
  std::ranges::replace(row[8], '_', '-');
  return row;
}

// Cells on a terminal, as far as names are of one cell a character.
std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

void Outcome::add_phase(std::vector<OutcomePart> parts, const CpuReport& cpu) {
  Report phase = parts.front().report;
  for (std::size_t i = 1; i < parts.size(); ++i) phase.merge(parts[i].report);
  phase.cpu = cpu;
  append(sum_, std::move(phase));
  std::ranges::move(parts, std::back_inserter(parts_));
}

Report Outcome::whole(const Thresholds& limits) const {
  Report whole = sum_;
  judge(whole, limits, false);
  const auto worst =
      std::ranges::max_element(parts_, {}, [](const OutcomePart& part) { return badness(part.report.verdict); });
  if (worst != parts_.end() && badness(worst->report.verdict) > badness(whole.verdict)) {
    whole.checks = worst->report.checks;
    whole.limited_by = worst->report.limited_by;
    whole.verdict = worst->report.verdict;
    whole.exit_code = worst->report.exit_code;
    if (parts_.size() > 1) {
      whole.notes.push_back("the verdict is that of flow " + worst->flow + " in phase " + worst->phase);
    }
  }
  return whole;
}

void put_table(TextBuffer& out, const std::vector<OutcomePart>& parts) {
  std::vector<Row> rows;
  rows.emplace_back();
  std::ranges::copy(kHeadings, rows.back().begin());
  for (const OutcomePart& part : parts) rows.push_back(row_of(part));
  std::array<std::size_t, kHeadings.size()> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string space(widths[i] - width(row[i]), ' ');
      const bool words = i < 2 || i + 1 == row.size();
      line += (i == 0 ? "" : "  ") + (words ? row[i] + space : space + row[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out.put(line);
    out.put('\n');
  }
}

std::string parts_json(const std::vector<OutcomePart>& parts) {
  TextBuffer out;
  {
    output::JsonWriter json(out);
    const auto array = json.array();
    for (const OutcomePart& part : parts) {
      TextBuffer report;
      {
        output::JsonWriter inner(report);
        put_json(inner, part.report);
      }
      const auto object = json.object();
      json.text("phase", part.phase);
      json.text("flow", part.flow);
      json.verbatim("report", report.view());
    }
  }
  return std::string(out.view());
}

}  // namespace gtp::gen
