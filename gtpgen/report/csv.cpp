// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>

#include "gtpgen/report/writers.hpp"
#include "libcommon/output/table.hpp"

namespace gtp::gen {
namespace {

using output::Column;
using output::Kind;

constexpr std::array<Column, 8> kIntervals = {{
    {"end_ns", "END", Kind::number, "ns", "end of the interval since the start of the run"},
    {"duration_ns", "DURATION", Kind::number, "ns", "length of the interval"},
    {"tx_packets", "TX", Kind::number, {}, "packets sent"},
    {"rx_packets", "RX", Kind::number, {}, "distinct packets received"},
    {"lost", "LOST", Kind::number, {}, "packets given up"},
    {"p50_ns", "P50", Kind::number, "ns", "median of the latency"},
    {"p99_ns", "P99", Kind::number, "ns", "99th percentile of the latency"},
    {"lag_p99_ns", "LAG", Kind::number, "ns", "99th percentile of the transmit lag"},
}};

constexpr std::array<Column, 3> kBuckets = {{
    {"latency_ns", "LATENCY", Kind::number, "ns", "greatest value of the bucket"},
    {"packets", "PACKETS", Kind::number, {}, "packets in the bucket"},
    {"cumulative", "CUMULATIVE", Kind::number, {}, "packets in this bucket and those before"},
}};

void put(output::Table& table, const std::optional<std::uint64_t>& value) {
  if (value) {
    table.number(*value);
  } else {
    table.missing();
  }
}

}  // namespace

void put_csv(TextBuffer& out, const Report& report) {
  output::Table table(kIntervals);
  for (const Interval& interval : report.intervals) {
    table.row().number(interval.end_ns).number(interval.duration_ns);
    put(table, interval.tx_packets);
    put(table, interval.rx_packets);
    put(table, interval.lost);
    put(table, interval.p50_ns);
    put(table, interval.p99_ns);
    put(table, interval.lag_p99_ns);
  }
  table.put_delimited(out, output::Delimiter::comma);
}

void put_histogram_csv(TextBuffer& out, const Report& report) {
  output::Table table(kBuckets);
  std::uint64_t cumulative = 0;
  if (report.latency) {
    report.latency->histogram.for_each_bucket([&](std::uint64_t last, std::uint64_t count) {
      cumulative += count;
      table.row().number(last).number(count).number(cumulative);
    });
  }
  table.put_delimited(out, output::Delimiter::comma);
}

}  // namespace gtp::gen
