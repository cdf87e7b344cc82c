// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/combine.hpp"

#include <algorithm>

#include "gtpgen/command.hpp"
#include "gtpgen/merge/differences.hpp"
#include "gtpgen/report/numbers.hpp"
#include "libcommon/output/message.hpp"

namespace gtp::gen {
namespace {

// Hosts that start as far apart as this did not start together.
constexpr std::uint64_t kTogetherNs = 100'000'000;

std::uint64_t end_of(const Report& report) noexcept { return report.start_ns + report.duration_ns; }

Result<void> check_pair(const WrittenReport& first, const WrittenReport& other, const CombineOptions& options) {
  const Report& a = first.report;
  const Report& b = other.report;
  if (a.command != b.command) {
    return usage(first.name + " is a report of gtpgen " + a.command + ", " + other.name + " of gtpgen " + b.command +
                 ": they count different things");
  }
  if (a.start_ns == b.start_ns && a.duration_ns == b.duration_ns && a.environment.host == b.environment.host) {
    return usage(other.name + " is the same run as " + first.name);
  }
  if (a.start_ns >= end_of(b) || b.start_ns >= end_of(a)) {
    return usage(first.name + " (" + utc_time(a.start_ns) + ", " + length_of_time(a.duration_ns) + ") and " +
                     other.name + " (" + utc_time(b.start_ns) + ", " + length_of_time(b.duration_ns) +
                     ") were not at the same time",
                 "gtpgen load … --start-at TIME on all hosts");
  }
  if (a.latency && b.latency && a.latency->kind != b.latency->kind) {
    return usage(first.name + " and " + other.name + " measured latencies of different kinds");
  }
  if (options.any_config) return {};
  if (first.config.has_value() != other.config.has_value()) {
    return usage("only one of " + first.name + " and " + other.name + " says what was sent", "--any-config");
  }
  if (!first.config) return {};
  const auto differences = config_differences(*first.config, first.name, *other.config, other.name);
  if (differences.empty()) return {};
  std::string what = "these did not do the same: " + differences.front();
  for (std::size_t i = 1; i < differences.size(); ++i) what += "; " + differences[i];
  return usage(what, "--any-config, if that was meant");
}

// The limit that all reports were held to.
Result<std::optional<double>> common_limit(const std::vector<WrittenReport>& reports, std::string_view name,
                                           const std::string& option) {
  const WrittenReport* first = nullptr;
  std::optional<double> limit;
  for (const WrittenReport& report : reports) {
    for (const Check& check : report.report.checks) {
      if (check.name != name) continue;
      if (limit && *limit != check.limit) {
        return usage(first->name + " and " + report.name + " were held to different limits", option);
      }
      limit = check.limit;
      first = &report;
    }
  }
  return limit;
}

Result<Thresholds> thresholds_of(const std::vector<WrittenReport>& reports, const Thresholds& given) {
  Thresholds limits = given;
  const auto fill = [&](auto& limit, std::string_view name, const std::string& option) -> Result<void> {
    if (limit) return {};
    const auto common = common_limit(reports, name, option);
    if (!common) return common.error();
    if (*common) limit = static_cast<typename std::remove_reference_t<decltype(limit)>::value_type>(**common);
    return {};
  };
  if (auto done = fill(limits.max_loss, "max_loss", "--max-loss"); !done) return std::move(done).error();
  if (auto done = fill(limits.max_p99_ns, "max_p99", "--max-p99"); !done) return std::move(done).error();
  if (auto done = fill(limits.min_rate, "min_rate", "--min-rate"); !done) return std::move(done).error();
  return limits;
}

template <typename T>
void keep_common(T& mine, const T& other) {
  if (!(mine == other)) mine = {};
}

// What is true of all hosts; the names of all.
void merge_environment(Environment& mine, const Environment& other) {
  if (mine.host != other.host && !other.host.empty() &&
      (", " + mine.host + ",").find(", " + other.host + ",") == std::string::npos) {
    mine.host += (mine.host.empty() ? "" : ", ") + other.host;
  }
  keep_common(mine.kernel, other.kernel);
  keep_common(mine.iface, other.iface);
  keep_common(mine.mtu, other.mtu);
  keep_common(mine.driver, other.driver);
  keep_common(mine.qdisc, other.qdisc);
  keep_common(mine.clocksource, other.clocksource);
  keep_common(mine.uso, other.uso);
  keep_common(mine.gro, other.gro);
  keep_common(mine.backend, other.backend);
  keep_common(mine.gso_segments, other.gso_segments);
  keep_common(mine.receive_buffer, other.receive_buffer);
  if (mine.threads && other.threads) {
    mine.threads = *mine.threads + *other.threads;
  } else {
    mine.threads.reset();
  }
  // The worst of the clocks is what a common start was worth.
  if (mine.clock_synchronised && other.clock_synchronised) {
    mine.clock_synchronised = *mine.clock_synchronised && *other.clock_synchronised;
  } else {
    mine.clock_synchronised.reset();
  }
  if (mine.clock_error_ns && other.clock_error_ns) {
    mine.clock_error_ns = std::max(*mine.clock_error_ns, *other.clock_error_ns);
  } else {
    mine.clock_error_ns.reset();
  }
}

// A tenth of their length apart is still the same interval.
bool same_intervals(const Report& a, const Report& b) noexcept {
  if (a.intervals.empty() || b.intervals.empty()) return true;
  const std::uint64_t mine = a.intervals.front().duration_ns;
  const std::uint64_t others = b.intervals.front().duration_ns;
  return (mine > others ? mine - others : others - mine) <= mine / 10;
}

ReportSource source_of(const WrittenReport& written) {
  const Report& report = written.report;
  ReportSource source;
  source.file = written.name;
  source.host = report.environment.host;
  source.start_ns = report.start_ns;
  source.duration_ns = report.duration_ns;
  if (report.tx) source.tx_packets = report.tx->packets;
  if (report.rx) source.rx_packets = report.rx->packets;
  if (report.rx) source.lost = report.rx->lost;
  source.verdict = report.verdict;
  return source;
}

// What a reader of the sum must know of its parts.
void add_notes(const std::vector<WrittenReport>& reports, Report& sum) {
  std::uint64_t first = UINT64_MAX;
  std::uint64_t last = 0;
  for (const WrittenReport& one : reports) {
    first = std::min(first, one.report.start_ns);
    last = std::max(last, one.report.start_ns);
    if (sum.rx && !one.report.rx) sum.notes.push_back(one.name + " does not know what arrived: it is not in the loss");
    if (sum.latency && !one.report.latency) sum.notes.push_back(one.name + " has measured no latency");
    if (one.report.environment.clock_synchronised == false) {
      sum.notes.push_back("nothing disciplined the clock of " + one.name + ": its times may be off");
    }
  }
  if (last - first > kTogetherNs) {
    sum.notes.push_back("the hosts started " + length_of_time(last - first) +
                        " apart (--start-at): their rates are added nevertheless");
  }
}

}  // namespace

Result<Report> combine(const std::vector<WrittenReport>& reports, const CombineOptions& options) {
  if (reports.size() < 2) return usage("one report is all there is: nothing to put together");
  for (std::size_t i = 0; i < reports.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (auto fit = check_pair(reports[j], reports[i], options); !fit) return std::move(fit).error();
    }
  }
  const auto limits = thresholds_of(reports, options.thresholds);
  if (!limits) return limits.error();

  Report sum = reports.front().report;
  std::uint64_t end = end_of(sum);
  bool intervals_fit = true;
  bool expects_arrivals = false;
  for (const WrittenReport& one : reports) {
    sum.sources.push_back(source_of(one));
    expects_arrivals = expects_arrivals || std::ranges::any_of(one.report.checks, [](const Check& check) {
                         return check.name == "any_arrival";
                       });
    if (&one == &reports.front()) continue;
    const Report& report = one.report;
    intervals_fit = intervals_fit && same_intervals(sum, report);
    end = std::max(end, end_of(report));
    merge_environment(sum.environment, report.environment);
    if (report.config != sum.config) sum.config.clear();
    if (report.start_at_ns != sum.start_at_ns) sum.start_at_ns.reset();
    sum.merge(report);
  }
  sum.duration_ns = end - sum.start_ns;
  if (!intervals_fit) {
    sum.intervals.clear();
    sum.notes.emplace_back("the intervals (--live) have different lengths, and are left out");
  }
  add_notes(reports, sum);
  judge(sum, *limits, expects_arrivals);
  // One way on which nothing came is no success, however well the others did.
  for (const WrittenReport& one : reports) {
    const bool nothing = one.report.rx && one.report.rx->packets == 0;
    if (!nothing || !expects_arrivals || sum.verdict == Verdict::fail) continue;
    sum.checks.push_back({"any_arrival", 1, 0.0, false});
    sum.notes.push_back("nothing came back in " + one.name);
    sum.verdict = Verdict::fail;
    sum.exit_code = static_cast<int>(output::ExitStatus::failed);
  }
  std::ranges::stable_sort(sum.sources, {}, &ReportSource::start_ns);
  return sum;
}

}  // namespace gtp::gen
