// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/sink/control.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/report/json_value.hpp"

using namespace gtp::gen;

namespace {

std::string line_of(const ControlRequest& request) {
  gtp::TextBuffer out;
  put_request(out, request);
  std::string line(out.view());
  REQUIRE(line.back() == '\n');
  line.pop_back();
  REQUIRE(line.find('\n') == std::string::npos);
  return line;
}

}  // namespace

TEST_CASE("JSON is read to a depth, and no deeper") {
  const auto nested = [](const std::string& open, const std::string& close, int depth) {
    std::string text = "0";
    for (int i = 0; i < depth; ++i) text = open + text + close;
    return JsonValue::parse(text).has_value();
  };
  CHECK(nested("[", "]", JsonValue::kMaxDepth));
  CHECK_FALSE(nested("[", "]", JsonValue::kMaxDepth + 1));
  CHECK(nested(R"({"a":)", "}", JsonValue::kMaxDepth));
  CHECK_FALSE(nested(R"({"a":)", "}", JsonValue::kMaxDepth + 1));
}

TEST_CASE("JSON is read strictly") {
  const auto value =
      JsonValue::parse(R"( {"a":18446744073709551615,"b":[1,true,null],"c":{"d":"x\n\u00b5"},"e":-1.5e3} )");
  REQUIRE(value);
  CHECK(value->number("a") == UINT64_MAX);
  CHECK(value->array("b")->size() == 3);
  CHECK(*value->object("c")->text("d") == "x\n\xc2\xb5");
  CHECK_FALSE(value->number("e"));
  CHECK_FALSE(value->number("missing"));
  CHECK(value->text("a") == nullptr);
  for (const char* wrong : {"",   "{",        "{}x", "[1,]",     "{\"a\":1,}", "{\"a\" 1}",
                            "01", "1.",       "nul", "\"\x01\"", "\"\\x\"",    "{\"a\":1,\"a\":2}",
                            "+1", "[",        "\"",  "{1:2}",    "tru",        "--1",
                            "1e", "\"\\u12\""}) {
    INFO(wrong);
    CHECK_FALSE(JsonValue::parse(wrong));
  }
  CHECK(JsonValue::parse(std::string(JsonValue::kMaxDepth, '[') + std::string(JsonValue::kMaxDepth, ']')));
  CHECK_FALSE(JsonValue::parse(std::string(17, '[') + std::string(17, ']')));
  CHECK_FALSE(JsonValue::parse(std::string(100'000, '[')));
}

TEST_CASE("requests there and back") {
  ControlRequest start;
  start.op = ControlRequest::Op::start;
  start.run.run = 4711;
  start.run.tunnels = 1000;
  start.run.epoch_ns = 81'234'567'890;
  CHECK(line_of(start) == R"({"op":"start","run":4711,"tunnels":1000,"epoch_ns":81234567890})");
  const auto read = read_request(line_of(start));
  REQUIRE(read.ok());
  CHECK(read->op == ControlRequest::Op::start);
  CHECK(read->run.run == 4711);
  CHECK(read->run.tunnels == 1000);
  CHECK(read->run.epoch_ns == 81'234'567'890);

  ControlRequest stop;
  stop.op = ControlRequest::Op::stop;
  stop.sent = 200'001;
  stop.drain = std::chrono::seconds(1);
  stop.sent_runs = {{1, 201}, {999, 200}};
  const auto again = read_request(line_of(stop));
  REQUIRE(again.ok());
  CHECK(again->sent == 200'001);
  CHECK(again->drain == std::chrono::seconds(1));
  REQUIRE(again->sent_runs.size() == 2);
  CHECK(again->sent_runs[1].tunnels == 999);
  CHECK(again->sent_runs[1].packets == 200);
}

TEST_CASE("requests that ask too much, or nothing, are refused") {
  for (const char* wrong :
       {"", "[]", "{}", R"({"op":"dance"})", R"({"op":"hello"})", R"({"op":"hello","schema":"gtpgen.control/2"})",
        R"({"op":"start","run":65536,"tunnels":1,"epoch_ns":0})", R"({"op":"start","run":1,"tunnels":0,"epoch_ns":0})",
        R"({"op":"start","run":1,"tunnels":16777217,"epoch_ns":0})", R"({"op":"start","run":1,"tunnels":1})",
        R"({"op":"stop","sent":1})", R"({"op":"stop","sent":1,"drain_ns":600000000001})",
        R"({"op":"stop","sent":1,"drain_ns":1,"sent_runs":[[1]]})",
        R"({"op":"stop","sent":1,"drain_ns":1,"sent_runs":[[1,-2]]})"}) {
    INFO(wrong);
    CHECK_FALSE(read_request(wrong).ok());
  }
}

TEST_CASE("a result there and back, histogram and worst tunnels with it") {
  ReceiveResult result;
  result.counts.datagrams = 12;
  result.counts.gtp.echo_requests = 1;
  result.stream.received = 10;
  result.stream.lost = 3;
  result.stream.duplicate = 2;
  result.lost_local = 1;
  LatencyReport& latency = result.latency.emplace();
  latency.kind = LatencyMeter::Kind::one_way;
  latency.stamp = LatencyReport::Stamp::app;
  for (std::uint64_t v = 1; v <= 1000; ++v) latency.histogram.add(v * 977);
  StreamTotals& totals = result.totals.emplace();
  totals.expected = 13;
  totals.received = 10;
  totals.lost = 3;
  totals.tunnels_seen = 2;
  totals.tunnels_with_loss = 1;
  totals.worst.push_back({5, 3, 8});

  gtp::TextBuffer out;
  put_result(out, result);
  const auto answer = read_answer(out.view());
  REQUIRE(answer.ok());
  REQUIRE(answer->result);
  const ReceiveResult& read = *answer->result;
  CHECK(read.counts.datagrams == 12);
  CHECK(read.counts.gtp.echo_requests == 1);
  CHECK(read.stream.received == 10);
  CHECK(read.stream.lost == 3);
  CHECK(read.lost_local == 1U);
  REQUIRE(read.latency);
  CHECK(read.latency->kind == LatencyMeter::Kind::one_way);
  CHECK(read.latency->stamp == LatencyReport::Stamp::app);
  CHECK(read.latency->histogram.count() == 1000);
  CHECK(read.latency->histogram.min() == 977U);
  CHECK(read.latency->histogram.max() == 977'000U);
  for (const double p : {1.0, 50.0, 99.0, 99.9}) {
    CHECK(read.latency->histogram.percentile(p) == latency.histogram.percentile(p));
  }
  REQUIRE(read.totals);
  CHECK(read.totals->worst == totals.worst);
  CHECK(read.totals->tunnels_seen == 2);
}

TEST_CASE("a refusal is an error with its words, nonsense is one too") {
  gtp::TextBuffer out;
  put_refusal(out, "another trial is running");
  const auto refused = read_answer(out.view());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().what == "the sink refuses: another trial is running");
  CHECK_FALSE(read_answer("{}").ok());
  CHECK_FALSE(read_answer(R"({"ok":true,"result":{}})").ok());
  CHECK_FALSE(read_answer("").ok());
}
