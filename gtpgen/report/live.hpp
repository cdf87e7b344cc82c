// SPDX-License-Identifier: GPL-2.0-or-later
//
// LiveReport: what a run says of itself while it lasts, and the report's intervals.
//
//   [ 3.0s/10s]  tx 200.0 kpps 160.0 Mbit/s  rx 199.9 kpps  loss 0.012 % (72)  p50 41 p99 118 us  lag p99 6 us
//
// On a terminal one line is redrawn on stderr, elsewhere a line is written for each interval. The caller looks after
// the time: it calls update() with totals since the start whenever an interval has passed, and what happened between
// two calls is worked out here. erase() before anything else goes to the terminal, and at the end. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "gtpgen/report/report.hpp"
#include "libcommon/sys/terminal.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen {

// Totals since the start of the run.
struct LiveTotals {
  std::optional<std::uint64_t> tx_packets;
  std::uint64_t tx_bytes_inner = 0;
  std::optional<std::uint64_t> rx_packets;
  std::uint64_t rx_bytes_inner = 0;
  std::optional<std::uint64_t> lost;
  std::uint64_t reordered = 0;
  const measure::Histogram* latency = nullptr;  // may be null
  const measure::Histogram* lag = nullptr;
};

class LiveReport {
 public:
  // [length_ns]: how long the run will last, 0 when nobody knows. [fd] is where lines go, -1: nowhere.
  LiveReport(std::uint64_t length_ns, int fd, const sys::Terminal& terminal) noexcept;

  // At [now_ns] since the start. Appends to [intervals] and draws.
  void update(std::uint64_t now_ns, const LiveTotals& totals, std::vector<Interval>& intervals);
  void erase();

 private:
  void draw(const Interval& interval, const LiveTotals& totals, std::uint64_t tx_bytes, std::uint64_t rx_bytes);

  std::uint64_t length_ns_;
  int fd_;
  sys::Terminal terminal_;
  bool drawn_ = false;
  std::uint64_t last_ns_ = 0;
  LiveTotals last_;
  measure::Histogram last_latency_;
  measure::Histogram last_lag_;
  TextBuffer line_;
};

}  // namespace gtp::gen
