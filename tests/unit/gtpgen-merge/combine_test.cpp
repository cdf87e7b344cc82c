// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/combine.hpp"

#include <algorithm>

#include "tests/unit/gtpgen-merge/reports.hpp"

using namespace gtp::gen;

namespace {

std::string refusal(const Report& a, const Report& b, bool any = false) {
  const auto sum = combine({written(a, "a.json"), written(b, "b.json")}, {{}, any});
  return sum ? std::string() : sum.error().what;
}

// What the parts are, without what is said of their being parts.
std::string as_one(Report report) {
  report.sources.clear();
  report.notes.clear();
  report.argv.clear();
  return json_of(report);
}

}  // namespace

TEST_CASE("halves put together are the whole, to the last bucket") {
  for (std::uint32_t seed = 1; seed < 40; ++seed) {
    const Report a = report_of("a", 2 * seed);
    Report b = report_of("b", 2 * seed + 1);
    b.start_ns += 1000;
    // What one process with both halves would have had.
    Report whole = a;
    whole.merge(b);
    whole.duration_ns = a.duration_ns + 1000;
    whole.environment.host = "a, b";
    whole.environment.threads = 4;
    whole.config.clear();
    judge(whole, {}, true);
    const auto sum = combine({written(a, "a.json"), written(b, "b.json")}, {});
    REQUIRE(sum.ok());
    REQUIRE(as_one(*sum) == as_one(whole));
    CHECK(sum->latency->histogram.percentile(99.9) == whole.latency->histogram.percentile(99.9));
    CHECK(sum->latency->histogram.sum() == a.latency->histogram.sum() + b.latency->histogram.sum());
    CHECK(*sum->rx->expected == sum->rx->packets + *sum->rx->lost);
    CHECK(sum->rx->packets == a.rx->packets + b.rx->packets);
    CHECK(*sum->rx->lost == *a.rx->lost + *b.rx->lost);
    CHECK(sum->rx->duplicate == a.rx->duplicate + b.rx->duplicate);
    CHECK(sum->rx->late == a.rx->late + b.rx->late);
    CHECK(sum->rx->reorder_max_distance == std::max(a.rx->reorder_max_distance, b.rx->reorder_max_distance));
    CHECK(sum->tx->packets == 2000);
    CHECK(sum->tx->skipped == a.tx->skipped + b.tx->skipped);
    CHECK(*sum->tx->target_pps == 200);
    CHECK(sum->tx->unwanted[0].count == a.tx->unwanted[0].count + b.tx->unwanted[0].count);
    CHECK(sum->tx->duration_ns == 10'000'000'000);
    CHECK(sum->gtp->echo_requests == a.gtp->echo_requests + b.gtp->echo_requests);
  }
}

TEST_CASE("the order of the reports does not matter") {
  const Report a = report_of("a", 1);
  const Report b = report_of("b", 2, kStart + 5'000'000);
  const Report c = report_of("c", 3, kStart + 2'000'000);
  auto forth = combine({written(a, "a"), written(b, "b"), written(c, "c")}, {});
  auto back = combine({written(c, "c"), written(b, "b"), written(a, "a")}, {});
  REQUIRE(forth.ok());
  REQUIRE(back.ok());
  forth->environment.host = back->environment.host = "";
  CHECK(as_one(*forth) == as_one(*back));
  REQUIRE(forth->sources.size() == 3);
  CHECK(forth->sources[0].file == "a");
  CHECK(forth->sources[1].file == "c");
  CHECK(back->sources[1].file == "c");
  CHECK(forth->start_ns == kStart);
  CHECK(forth->duration_ns == 11'005'000'000);
}

TEST_CASE("a merged report can be merged again") {
  const Report a = report_of("a", 1);
  const Report b = report_of("b", 2);
  const Report c = report_of("c", 3);
  const auto ab = combine({written(a, "a"), written(b, "b")}, {});
  REQUIRE(ab.ok());
  const auto once = combine({written(a, "a"), written(b, "b"), written(c, "c")}, {});
  auto twice = combine({written(*ab, "ab"), written(c, "c")}, {{}, true});
  REQUIRE(twice.ok());
  CHECK(as_one(*once) == as_one(*twice));
}

TEST_CASE("what is no common run is refused") {
  const Report a = report_of("a", 1);
  CHECK(refusal(a, report_of("b", 2)).empty());
  CHECK(refusal(a, a) == "b.json is the same run as a.json");
  const auto one = combine({written(a, "a.json")}, {});
  REQUIRE(!one.ok());

  Report later = report_of("b", 2, kStart + 11'000'000'000);
  CHECK(refusal(a, later).find("were not at the same time") != std::string::npos);
  CHECK(refusal(later, a).find("were not at the same time") != std::string::npos);
  --later.start_ns;
  CHECK(refusal(a, later).empty());

  Report sink = report_of("b", 2);
  sink.command = "sink";
  CHECK(refusal(a, sink) == "a.json is a report of gtpgen load, b.json of gtpgen sink: they count different things");

  Report one_way = report_of("b", 2);
  one_way.latency->kind = LatencyMeter::Kind::one_way;
  CHECK(refusal(a, one_way).find("different kinds") != std::string::npos);

  Report other = report_of("b", 2);
  other.config = R"({"version":1,"tunnels":{},"flows":[{"size":"1400"}]})";
  CHECK(refusal(a, other) == "these did not do the same: flows[0].size is 100 in a.json, 1400 in b.json");
  CHECK(refusal(a, other, true).empty());
  other.config.clear();
  CHECK(refusal(a, other) == "only one of a.json and b.json says what was sent");
}

TEST_CASE("limits are judged anew") {
  const Thresholds tenth{.max_loss = 0.1, .max_p99_ns = {}, .min_rate = {}};
  Report a = report_of("a", 1);
  Report b = report_of("b", 2);
  a.rx->packets = 850;  // 15 % and nothing: 7.5 % in all
  a.rx->lost = 150;
  b.rx->packets = 1000;
  b.rx->lost = 0;
  judge(a, tenth, true);
  judge(b, tenth, true);
  REQUIRE(a.verdict == Verdict::fail);
  const std::vector<WrittenReport> both = {written(a, "a.json"), written(b, "b.json")};
  const auto sum = combine(both, {});
  REQUIRE(sum.ok());
  CHECK(sum->verdict == Verdict::pass);
  REQUIRE(sum->checks.size() == 1);
  CHECK(*sum->checks[0].value == 0.075);
  const auto strict = combine(both, {{.max_loss = 0.07, .max_p99_ns = {}, .min_rate = {}}, false});
  REQUIRE(strict.ok());
  CHECK(strict->verdict == Verdict::fail);
  CHECK(strict->exit_code == 1);

  judge(b, {.max_loss = 0.2, .max_p99_ns = {}, .min_rate = {}}, true);
  CHECK(refusal(a, b) == "a.json and b.json were held to different limits");
}

TEST_CASE("a way on which nothing came is no success") {
  const Report a = report_of("a", 1);
  Report b = report_of("b", 2);
  b.rx->packets = 0;
  b.rx->lost = b.rx->expected = 1000;
  b.latency.reset();
  judge(b, {}, true);
  const auto sum = combine({written(a, "a.json"), written(b, "b.json")}, {});
  REQUIRE(sum.ok());
  CHECK(sum->verdict == Verdict::fail);
  CHECK(sum->exit_code == 1);
}

TEST_CASE("what one did not measure is said") {
  const Report a = report_of("a", 1);
  Report b = report_of("b", 2, kStart + 3'000'000'000);
  b.rx.reset();
  b.environment.clock_synchronised = false;
  const auto sum = combine({written(a, "a.json"), written(b, "b.json")}, {});
  REQUIRE(sum.ok());
  CHECK(sum->tx->packets == 2000);
  CHECK(*sum->rx->expected == 1000);
  REQUIRE(sum->notes.size() == 3);
  CHECK(sum->notes[0] == "b.json does not know what arrived: it is not in the loss");
  CHECK(sum->notes[1] == "nothing disciplined the clock of b.json: its times may be off");
  CHECK(sum->notes[2].starts_with("the hosts started 3"));
}

TEST_CASE("intervals of other lengths are left out") {
  const Report a = report_of("a", 1);
  Report b = report_of("b", 2);
  auto same = combine({written(a, "a"), written(b, "b")}, {});
  REQUIRE(same.ok());
  REQUIRE(same->intervals.size() == 3);
  CHECK(*same->intervals[1].tx_packets == 204);
  CHECK(same->intervals[1].duration_ns == 1'000'000'007);
  for (Interval& interval : b.intervals) interval.duration_ns = 2'000'000'000;
  auto other = combine({written(a, "a"), written(b, "b")}, {});
  REQUIRE(other.ok());
  CHECK(other->intervals.empty());
}
