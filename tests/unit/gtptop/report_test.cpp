// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/report.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "gtptop/check/model_checker.hpp"
#include "gtptop/collect/fake_source.hpp"
#include "gtptop/collect/gatherer.hpp"
#include "gtptop/model/columns.hpp"

namespace gtp::top {
namespace {

struct Reported {
  explicit Reported(bool counters = true) {
    FakeNetwork network;
    network.tunnels = 300;
    network.counters = counters;
    gatherer = std::make_unique<Gatherer>(std::make_unique<FakeSource>(network, [this] { return now; }),
                                          std::make_unique<ModelChecker>(), GatherOptions{});
    for (int i = 0; i < 3; ++i) {
      now += 1'000'000'000;
      gatherer->begin_tick();
      while (!gatherer->sweep(1'000'000'000)) {
      }
      gatherer->end_tick();
    }
  }
  std::shared_ptr<Frame> frame(View view, unsigned rows = 5) {
    Query query;
    query.view = view;
    query.sort = default_sort(view);
    query.rows = rows;
    return gatherer->frame(query);
  }
  std::uint64_t now = 1'800'000'000'000'000'000;
  std::unique_ptr<Gatherer> gatherer;
};

std::string json(const Frame& frame) {
  TextBuffer out;
  put_json(out, frame, {});
  return std::string(out.view());
}

TEST_CASE("JSON: a sample, then a line for each row; unknown is null, never 0") {
  Reported reported;
  const std::string counted = json(*reported.frame(View::tunnels));
  CHECK(std::count(counted.begin(), counted.end(), '\n') == 6);
  CHECK(counted.starts_with("{\"type\":\"sample\",\"schema\":\"gtptop-json/1\",\"time_ns\":1800000003000000000,"));
  CHECK(counted.find("\"dn_bits_per_second\":null") == std::string::npos);
  Reported mainline(false);
  const std::string uncounted = json(*mainline.frame(View::tunnels));
  const std::string row = uncounted.substr(uncounted.find('\n') + 1);
  CHECK(row.find("\"dn_bits_per_second\":null") != std::string::npos);
  CHECK(row.find("\"dn_bytes\":null") != std::string::npos);
  CHECK(row.find("\"drops\":null") != std::string::npos);
}

TEST_CASE("CSV: names once, then numbers without a unit") {
  Reported reported;
  const auto frame = reported.frame(View::links);
  TextBuffer out;
  put_csv(out, *frame, {});
  const std::string text(out.view());
  CHECK(text.starts_with("sample_time_ns,link,state,role,"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 3);
  out.clear();
  ReportOptions more;
  more.first = false;
  put_csv(out, *frame, more);
  CHECK(std::string(out.view()).starts_with("1800000003000000000,gtp0,UP,ggsn,"));
}

TEST_CASE("columns are those asked for, in that order") {
  Reported reported;
  const std::uint8_t wanted[] = {static_cast<std::uint8_t>(TunnelColumn::ms),
                                 static_cast<std::uint8_t>(TunnelColumn::link)};
  ReportOptions options;
  options.columns = wanted;
  TextBuffer out;
  put_csv(out, *reported.frame(View::tunnels, 2), options);
  CHECK(std::string(out.view()).starts_with("sample_time_ns,ms_address,link\n"));
}

TEST_CASE("text: one line of sums, then a table") {
  Reported reported;
  TextBuffer out;
  put_text(out, *reported.frame(View::peers, 2), {});
  const std::string text(out.view());
  CHECK(text.find("24 of 24 peers") != std::string::npos);
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

}  // namespace
}  // namespace gtp::top
