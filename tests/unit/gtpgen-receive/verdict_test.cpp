// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/verdict.hpp"

#include <catch2/catch.hpp>

using namespace gtp::gen;

namespace {

// 10 000 packets in a second, as asked for; [lost] of them lost; all took 50 us, but for one in twenty with 1 ms.
Report report(std::uint64_t lost) {
  Report report;
  TxReport& tx = report.tx.emplace();
  tx.packets = 10'000;
  tx.duration_ns = 1'000'000'000;
  tx.target_pps = 10'000;
  RxReport& rx = report.rx.emplace();
  rx.packets = 10'000 - lost;
  rx.expected = 10'000;
  rx.lost = lost;
  rx.lost_local = 0;
  LatencyReport& latency = report.latency.emplace();
  for (std::uint64_t i = 0; i < rx.packets; ++i) latency.histogram.add(i % 20 == 0 ? 1'000'000 : 50'000);
  for (std::uint64_t i = 0; i < tx.packets; ++i) tx.lag_ns.add(2'000);
  return report;
}

Thresholds max_loss(double share) {
  Thresholds thresholds;
  thresholds.max_loss = share;
  return thresholds;
}

Thresholds max_p99(std::uint64_t ns) {
  Thresholds thresholds;
  thresholds.max_p99_ns = ns;
  return thresholds;
}

Verdict verdict(Report report, const Thresholds& thresholds) {
  judge(report, thresholds, true);
  CHECK((report.exit_code == 0) == (report.verdict == Verdict::pass));
  return report.verdict;
}

}  // namespace

TEST_CASE("without limits a run with some loss passes") { CHECK(verdict(report(100), {}) == Verdict::pass); }

TEST_CASE("nothing came back: failed, whatever the limits") {
  Report silent = report(10'000);
  silent.latency.reset();
  judge(silent, {}, true);
  CHECK(silent.verdict == Verdict::fail);
  CHECK(silent.exit_code == 1);
  judge(silent, {}, false);
  CHECK(silent.verdict == Verdict::pass);
}

TEST_CASE("loss at the limit passes, one packet more fails") {
  CHECK(verdict(report(10), max_loss(0.001)) == Verdict::pass);
  CHECK(verdict(report(11), max_loss(0.001)) == Verdict::fail);
}

TEST_CASE("what we lost ourselves is no fault of the other side") {
  Report ours = report(500);
  ours.rx->lost_local = 495;
  judge(ours, max_loss(0.001), true);
  CHECK(ours.verdict == Verdict::generator_limited);
  CHECK(ours.exit_code == 3);
  CHECK(ours.limited_by == std::vector<std::string>{"receive_buffer"});
  REQUIRE(ours.checks.size() == 1);
  CHECK_FALSE(ours.checks[0].ok);
  // But enough is left that is.
  Report theirs = report(500);
  theirs.rx->lost_local = 400;
  CHECK(verdict(theirs, max_loss(0.001)) == Verdict::fail);
  // Local loss alone spoils the result.
  Report only = report(5);
  only.rx->lost_local = 5;
  CHECK(verdict(only, {}) == Verdict::generator_limited);
}

TEST_CASE("latency over the limit fails, unless our own lag explains it") {
  CHECK(verdict(report(0), max_p99(2'000'000)) == Verdict::pass);
  CHECK(verdict(report(0), max_p99(500'000)) == Verdict::fail);
  Report lagging = report(0);
  lagging.tx->lag_ns.clear();
  for (int i = 0; i < 10'000; ++i) lagging.tx->lag_ns.add(i % 50 == 0 ? 400'000 : 1000);
  judge(lagging, max_p99(500'000), true);
  CHECK(lagging.verdict == Verdict::generator_limited);
  CHECK(lagging.limited_by == std::vector<std::string>{"transmit_lag"});
  // Lag can only add to the latency: what is within the limit all the same, is.
  CHECK(verdict(lagging, max_p99(2'000'000)) == Verdict::pass);
}

TEST_CASE("less than was asked for is no result") {
  Report slow = report(0);
  slow.tx->packets = 9'800;
  CHECK(verdict(slow, {}) == Verdict::generator_limited);
  // Ten packets that took some milliseconds more than they should have are no slow generator.
  Report few = report(0);
  few.tx->packets = 10;
  few.tx->duration_ns = 10'900'000;
  CHECK(verdict(few, {}) == Verdict::pass);
  few.tx->duration_ns = 11'100'000;
  CHECK(verdict(few, {}) == Verdict::generator_limited);
  few.tx->duration_ns = 1'100'000;
  few.tx->skipped = 1;
  CHECK(verdict(few, {}) == Verdict::generator_limited);
  Thresholds low;
  low.min_rate = 0.9;
  CHECK(verdict(slow, low) == Verdict::pass);
  Thresholds high;
  high.min_rate = 0.99;
  CHECK(verdict(slow, high) == Verdict::generator_limited);
  // Sent in full, but a tenth did not arrive.
  CHECK(verdict(report(1'000), high) == Verdict::fail);
}

TEST_CASE("a limit on what was not measured does not pass") {
  Report blind = report(0);
  blind.rx.reset();
  blind.latency.reset();
  judge(blind, max_loss(0.5), false);
  CHECK(blind.verdict == Verdict::fail);
  CHECK_FALSE(blind.checks[0].value);
}

TEST_CASE("reports of two hosts add up") {
  Report sum = report(10);
  sum.merge(report(20));
  CHECK(sum.tx->packets == 20'000);
  CHECK(sum.tx->target_pps == 20'000.0);
  CHECK(sum.tx->rate_pps() == 20'000.0);
  CHECK(sum.rx->lost == 30U);
  CHECK(sum.rx->loss_ratio() == 0.0015);
  CHECK(sum.latency->histogram.count() == 19'970);
  Report none;
  none.merge(report(1));
  CHECK(none.rx->lost == 1U);
}
