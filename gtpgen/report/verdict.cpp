// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/verdict.hpp"

#include <algorithm>

#include "libcommon/output/message.hpp"

namespace gtp::gen {
namespace {

constexpr double kLeastRate = 0.99;
constexpr double kMomentNs = 10e6;
constexpr std::uint64_t kLagNs = 100'000;
constexpr std::uint64_t kLagShare = 10;  // of the latency: a tenth

// The 99th percentile of our own lag is large, and large beside what was measured.
bool lags(const Report& report) noexcept {
  if (!report.tx || !report.latency) return false;
  const auto lag = report.tx->lag_ns.percentile(99);
  const auto latency = report.latency->histogram.percentile(99);
  return lag && latency && *lag > kLagNs && *lag * kLagShare > *latency;
}

// The share of the target that was sent; empty without a target.
std::optional<double> sent_share(const Report& report) noexcept {
  if (!report.tx) return std::nullopt;
  const auto error = report.tx->rate_error();
  return error ? std::optional(1 + *error) : std::nullopt;
}

// Packets were given up, or the last one left later than a moment. A run of few packets is always a little longer than
// planned, and that says nothing.
bool fell_behind(const Report& report) noexcept {
  const TxReport& tx = *report.tx;
  const double planned_ns = static_cast<double>(tx.packets) / *tx.target_pps * 1e9;
  return tx.skipped != 0 || static_cast<double>(tx.duration_ns) - planned_ns > kMomentNs;
}

struct Judgement {
  bool failed = false;   // by what is tested
  bool limited = false;  // by ourselves
};

void check_loss(Report& report, double limit, Judgement& judgement) {
  Check check{"max_loss", limit, std::nullopt, false};
  if (report.rx) check.value = report.rx->loss_ratio();
  check.ok = check.value && *check.value <= limit;
  if (!check.ok) {
    // Would it hold without what we lost ourselves?
    const std::uint64_t local = report.rx && report.rx->lost ? report.rx->lost_local.value_or(0) : 0;
    const bool ours = local != 0 && static_cast<double>(*report.rx->lost - std::min(local, *report.rx->lost)) <=
                                        limit * static_cast<double>(report.rx->expected.value_or(0));
    (ours ? judgement.limited : judgement.failed) = true;
  }
  report.checks.push_back(check);
}

void check_latency(Report& report, std::uint64_t limit, Judgement& judgement) {
  Check check{"max_p99", static_cast<double>(limit), std::nullopt, false};
  const auto p99 = report.latency ? report.latency->histogram.percentile(99) : std::nullopt;
  if (p99) check.value = static_cast<double>(*p99);
  check.ok = p99 && *p99 <= limit;
  if (!check.ok) (lags(report) ? judgement.limited : judgement.failed) = true;
  report.checks.push_back(check);
}

// What arrived of the target, or where nobody counts arrivals, what was sent of it.
void check_rate(Report& report, double limit, Judgement& judgement) {
  Check check{"min_rate", limit, std::nullopt, false};
  const auto sent = sent_share(report);
  check.value = sent;
  if (sent && report.rx && report.rx->loss_ratio()) check.value = *sent * (1 - *report.rx->loss_ratio());
  check.ok = check.value && *check.value >= limit;
  if (!check.ok) (sent && *sent < limit ? judgement.limited : judgement.failed) = true;
  report.checks.push_back(check);
}

}  // namespace

void judge(Report& report, const Thresholds& thresholds, bool expects_arrivals) {
  report.checks.clear();
  report.limited_by.clear();
  Judgement judgement;
  const bool sent_something = !report.tx || report.tx->packets != 0;
  if (expects_arrivals && sent_something && (!report.rx || report.rx->packets == 0)) {
    report.checks.push_back({"any_arrival", 1, 0.0, false});
    judgement.failed = true;
  }
  if (thresholds.max_loss) check_loss(report, *thresholds.max_loss, judgement);
  if (thresholds.max_p99_ns) check_latency(report, *thresholds.max_p99_ns, judgement);
  if (thresholds.min_rate) check_rate(report, *thresholds.min_rate, judgement);

  const auto sent = sent_share(report);
  const bool slow = sent && *sent < thresholds.min_rate.value_or(kLeastRate);
  if (slow && (thresholds.min_rate || fell_behind(report))) report.limited_by.emplace_back("rate");
  if (report.rx && report.rx->lost_local.value_or(0) != 0) report.limited_by.emplace_back("receive_buffer");
  if (report.tx && report.tx->dropped() != 0) report.limited_by.emplace_back("transmit_drops");
  if (thresholds.max_p99_ns && judgement.limited && lags(report)) report.limited_by.emplace_back("transmit_lag");

  if (judgement.failed) {
    report.verdict = Verdict::fail;
    report.exit_code = static_cast<int>(output::ExitStatus::failed);
  } else if (judgement.limited || !report.limited_by.empty()) {
    report.verdict = Verdict::generator_limited;
    report.exit_code = static_cast<int>(output::ExitStatus::unsupported);
  } else {
    report.verdict = Verdict::pass;
    report.exit_code = 0;
  }
}

}  // namespace gtp::gen
