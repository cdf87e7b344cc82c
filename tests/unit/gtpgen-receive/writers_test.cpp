// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/writers.hpp"

#include <catch2/catch.hpp>

#include <string>

#include "gtpgen/report/json_value.hpp"
#include "gtpgen/report/numbers.hpp"
#include "gtpgen/report/verdict.hpp"

using namespace gtp::gen;

namespace {

Report example() {
  Report report;
  TxReport& tx = report.tx.emplace();
  tx.packets = 2'000'000;
  tx.bytes_inner = 200'000'000;
  tx.duration_ns = 10'000'000'000;
  tx.target_pps = 200'000;
  tx.errors.push_back({"ENOBUFS", 3});
  RxReport& rx = report.rx.emplace();
  rx.packets = 1'999'873;
  rx.expected = 2'000'000;
  rx.lost = 127;
  rx.lost_local = 0;
  rx.reordered = 4;
  rx.reorder_max_distance = 63;
  LatencyReport& latency = report.latency.emplace();
  for (std::uint64_t i = 0; i < 1000; ++i) latency.histogram.add(41'000 + i);
  TunnelReport& tunnels = report.tunnels.emplace();
  tunnels.count = 1000;
  tunnels.with_loss = 1;
  tunnels.worst.push_back({3, 0x1003, 127, 2000});
  report.gtp.emplace().echo_requests = 2;
  Thresholds thresholds;
  thresholds.max_loss = 0.0001;
  thresholds.max_p99_ns = 1'000'000;
  judge(report, thresholds, true);
  return report;
}

std::string text_of(const Report& report) {
  gtp::TextBuffer out;
  put_text(out, report, {}, false);
  return std::string(out.view());
}

}  // namespace

TEST_CASE("numbers for people") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(2'000'000) == "2 000 000");
  CHECK(scaled(200'000, "pps") == "200.0 kpps");
  CHECK(scaled(999.97, "pps") == "1.000 kpps");
  CHECK(scaled(9.5, "pps") == "9.5 pps");
  CHECK(percent(0) == "0 %");
  CHECK(percent(0.000064) == "0.0064 %");
  CHECK(percent(0.01) == "1 %");
  CHECK(percent(0.1234) == "12.34 %");
  CHECK(microseconds(1'310'400) == "1 310");
  CHECK(microseconds(22'340) == "22.3");
  CHECK(microseconds(402) == "0.40");
}

TEST_CASE("the totals, as people read them") {
  CHECK(text_of(example()) ==
        " ------------------------------------------------------------------------------\n"
        " sent      2 000 000  skipped 0  errors 3 (ENOBUFS 3)\n"
        " rate      200.0 kpps of 200.0 kpps (+0 %)  160.0 Mbit/s inner\n"
        " received  1 999 873  lost 127 (0.0063 %)  reordered 4 (by 63 at most)  duplicate 0  late 0  corrupt 0\n"
        " tunnels   1 of 1 000 with loss; worst:  TEID 0x00001003 127/2 000\n"
        " rtt       p50 41.7  p90 41.7  p99 42.0  p99.9 42.0  p99.99 42.0 us\n"
        "           min 41.0  max 42.0 us  (from when each was due)\n"
        " gtp       echo requests 2\n"
        " verdict   PASS  loss 0.0063 % <= 0.01 %, p99 42.0 us <= 1.00 ms\n");
}

TEST_CASE("a report without a receiver says nothing about arrivals") {
  Report report = example();
  report.rx.reset();
  report.latency.reset();
  report.tunnels.reset();
  judge(report, {}, false);
  const std::string text = text_of(report);
  CHECK(text.find("received") == std::string::npos);
  CHECK(text.find("PASS") != std::string::npos);
  gtp::TextBuffer out;
  put_json(out, report);
  const auto json = JsonValue::parse(out.view());
  REQUIRE(json);
  CHECK(json->find("rx")->type() == JsonValue::Type::null);
  CHECK(json->find("latency_ns")->type() == JsonValue::Type::null);
  CHECK(json->find("config")->type() == JsonValue::Type::null);
}

TEST_CASE("JSON holds what the report does, buckets that add up among it") {
  Report report = example();
  report.config = R"({"version":1})";
  gtp::TextBuffer out;
  put_json(out, report);
  const auto json = JsonValue::parse(out.view());
  REQUIRE(json);
  CHECK(*json->text("schema") == "gtpgen.load/1");
  CHECK(*json->text("verdict") == "pass");
  CHECK(json->object("rx")->number("lost") == 127U);
  CHECK(json->object("config")->number("version") == 1U);
  CHECK(json->object("tx")->object("errors")->number("ENOBUFS") == 3U);
  std::uint64_t sum = 0;
  for (const JsonValue& bucket : *json->object("latency_ns")->array("buckets")) sum += *bucket.elements()[1].number();
  CHECK(sum == 1000);
}
