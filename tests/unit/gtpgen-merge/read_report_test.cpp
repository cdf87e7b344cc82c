// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/merge/read_report.hpp"

#include "tests/unit/gtpgen-merge/reports.hpp"

using namespace gtp::gen;

namespace {

std::string fault(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
  const auto read = read_reports(text, "a.json");
  return read ? std::string() : read.error().what;
}

}  // namespace

TEST_CASE("what is written is read back as the same") {
  Report report = report_of("a", 7);
  report.start_at_ns = kStart;
  report.interrupted = true;
  report.environment.mtu = 1500;
  report.environment.driver = "veth";
  report.environment.gro = true;
  report.environment.clock_error_ns = 1234;
  report.notes.emplace_back("a \"note\"");
  report.tx->target_pps.reset();
  const std::string once = json_of(report);
  WrittenReport read = written(report, "a.json");
  read.report.exit_code = report.exit_code;
  CHECK(json_of(read.report) == once);
}

TEST_CASE("one report, or one on each line") {
  const std::string a = json_of(report_of("a", 1));
  const std::string b = json_of(report_of("b", 2));
  const auto both = read_reports(a + "\n" + b, "all.ndjson");
  REQUIRE(both.ok());
  REQUIRE(both->size() == 2);
  CHECK((*both)[1].name == "all.ndjson:3");
  CHECK((*both)[1].report.environment.host == "b");
  CHECK(read_reports(a + "x\n", "all.ndjson").error().what == "all.ndjson:2 is no JSON");
  CHECK(read_reports("", "empty").error().what == "empty is empty");
}

TEST_CASE("other formats and versions are refused") {
  const std::string text = json_of(report_of("a", 1));
  CHECK(fault(text, "gtpgen.load/1", "gtpgen.load/2") ==
        "a.json is gtpgen.load/2, and only reports of gtpgen.load/1 can be put together");
  CHECK(fault(text, "gtpgen.load/1", "gtpgen.ndr/1").starts_with("a.json is gtpgen.ndr/1"));
  CHECK(read_reports("{}", "a.json").error().what == "a.json is no report of gtpgen");
  CHECK(read_reports("[]", "a.json").error().what == "a.json is no report of gtpgen");
}

TEST_CASE("a report that contradicts itself is refused") {
  const std::string text = json_of(report_of("a", 1));
  const std::string begin = "a.json cannot be put together with others: ";
  CHECK(fault(text, "\"expected\":1000", "\"expected\":1001") == begin + "rx.expected is not packets + lost");
  CHECK(fault(text, "\"duplicate\":", "\"duplicate\":-") == begin + "rx.duplicate is no whole number");
  CHECK(fault(text, "\"app_stamped\":", "\"app\":") == begin + "latency_ns.app_stamped is no whole number");
  CHECK(fault(text, "\"kind\":\"rtt\"", "\"kind\":\"ttr\"") ==
        begin + "latency_ns.kind is none that this version knows");
  CHECK(fault(text, "\"tx\":{", "\"tx\":[],\"x\":{") == begin + "tx is no object");
  CHECK(fault(text, "\"start\":\"2026", "\"start\":\"x026") == begin + "start is no time");
  // A bucket more.
  const std::string broken = fault(text, "\"buckets\":[[", "\"buckets\":[[1,1],[");
  CHECK(broken == begin + "tx.lag_ns.buckets contradict count, min, max and mean");
  CHECK(fault(text, "\"t\":1.", "\"t\":-1.") == begin + "intervals t is no time");
  CHECK(fault(text, "\"duration_ns\":11000000000", "\"duration_ns\":18446744073709551615") ==
        begin + "duration_ns has no end");
}

TEST_CASE("a report without the members that came later") {
  std::string text = json_of(report_of("a", 1));
  for (const std::string key : {"sum", "end_ns", "duration_ns"}) {
    // Another name is a member that is not there; duration_ns only of intervals.
    const std::size_t from = key == "sum" ? 0 : text.find("\"intervals\"");
    for (std::size_t at = from; (at = text.find("\"" + key + "\"", at)) != std::string::npos; at += 1) {
      text.replace(at + 1, 1, "_");
    }
  }
  const auto read = read_reports(text, "a.json");
  INFO((read ? "" : read.error().what));
  REQUIRE(read.ok());
  const Report& report = read->front().report;
  CHECK(report.intervals[2].end_ns == 3'000'000'021);
  CHECK(report.intervals[2].duration_ns == 1'000'000'007);
  CHECK(report.latency->histogram.mean() == report_of("a", 1).latency->histogram.mean());
}
