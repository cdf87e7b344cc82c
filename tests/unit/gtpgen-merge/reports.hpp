// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reports to put together, and their way through JSON.
#pragma once

#include <catch2/catch.hpp>

#include <random>
#include <string>

#include "gtpgen/merge/combine.hpp"
#include "gtpgen/report/writers.hpp"

namespace gtp::gen {

inline constexpr std::uint64_t kStart = 1'795'348'800'000'000'000;  // 2026-11-22T12:00:00Z

inline std::string json_of(const Report& report) {
  TextBuffer out;
  put_json(out, report);
  return std::string(out.view());
}

// Ten seconds of 1000 packets on [host]; what they met depends on [seed].
inline Report report_of(const std::string& host, std::uint32_t seed, std::uint64_t start_ns = kStart) {
  std::mt19937 random(seed);
  const auto draw = [&](std::uint32_t below) { return random() % below; };
  Report report;
  report.start_ns = start_ns;
  report.duration_ns = 11'000'000'000;
  report.environment.host = host;
  report.environment.kernel = "6.1.0";
  report.environment.threads = 2;
  report.config = R"({"version":1,"tunnels":{"count":)" + std::to_string(seed) + R"(},"flows":[{"size":"100"}]})";
  TxReport& tx = report.tx.emplace();
  tx.packets = 1000;
  tx.bytes_l2 = 150'000;
  tx.bytes_inner = 100'000;
  tx.duration_ns = 10'000'000'000;
  tx.target_pps = 100;
  tx.skipped = draw(3);
  add_error(tx.errors, "ENOBUFS", draw(5));
  add_error(tx.unwanted, "unknown_teid", draw(50));
  RxReport& rx = report.rx.emplace();
  rx.packets = 1000 - draw(20);
  rx.bytes_inner = rx.packets * 100;
  rx.duration_ns = 10'000'000'000;
  rx.expected = 1000;
  rx.lost = 1000 - rx.packets;
  rx.lost_local = 0;
  rx.reordered = draw(9);
  rx.reorder_max_distance = draw(63);
  rx.duplicate = draw(9);
  rx.late = draw(9);
  rx.corrupt = draw(9);
  rx.datagrams = rx.packets + 50;
  rx.receive_calls = draw(900);
  LatencyReport& latency = report.latency.emplace();
  for (std::uint64_t i = 0; i < rx.packets; ++i) {
    latency.histogram.add(1000 + draw(5'000'000));
    tx.lag_ns.add(draw(30'000));
  }
  latency.app_stamped = draw(4);
  TunnelReport& tunnels = report.tunnels.emplace();
  tunnels.count = 10;
  tunnels.seen = 10;
  tunnels.with_loss = 1;
  tunnels.worst.push_back({3, 0x1003, *rx.lost, 100});
  report.gtp.emplace().echo_requests = draw(7);
  report.cpu = CpuReport{0.5, 0.25};
  for (std::uint64_t i = 1; i <= 3; ++i) {
    report.intervals.push_back({i * 1'000'000'007, 1'000'000'007, 100 + i, 90 + i, i, 2000 * i, 4000 * i, 50 * i});
  }
  judge(report, {}, true);
  return report;
}

inline WrittenReport written(const Report& report, const std::string& name) {
  auto read = read_reports(json_of(report), name);
  INFO((read ? std::string() : read.error().what));
  REQUIRE(read.ok());
  return (*std::move(read)).front();
}

}  // namespace gtp::gen
