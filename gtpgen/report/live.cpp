// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/live.hpp"

#include <unistd.h>

#include "gtpgen/report/numbers.hpp"

namespace gtp::gen {
namespace {

std::optional<std::uint64_t> since(const std::optional<std::uint64_t>& now,
                                   const std::optional<std::uint64_t>& before) noexcept {
  if (!now) return std::nullopt;
  return *now - before.value_or(0);
}

std::string seconds(std::uint64_t ns) {
  const std::uint64_t tenths = (ns + 50'000'000) / 100'000'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "s";
}

}  // namespace

LiveReport::LiveReport(std::uint64_t length_ns, int fd, const sys::Terminal& terminal) noexcept
    : length_ns_(length_ns), fd_(fd), terminal_(terminal) {}

void LiveReport::update(std::uint64_t now_ns, const LiveTotals& totals, std::vector<Interval>& intervals) {
  if (now_ns <= last_ns_) return;
  Interval interval;
  interval.end_ns = now_ns;
  interval.duration_ns = now_ns - last_ns_;
  interval.tx_packets = since(totals.tx_packets, last_.tx_packets);
  interval.rx_packets = since(totals.rx_packets, last_.rx_packets);
  interval.lost = since(totals.lost, last_.lost);
  if (totals.latency != nullptr) {
    const measure::Histogram more = totals.latency->since(last_latency_);
    interval.p50_ns = more.percentile(50);
    interval.p99_ns = more.percentile(99);
    last_latency_ = *totals.latency;
  }
  if (totals.lag != nullptr) {
    interval.lag_p99_ns = totals.lag->since(last_lag_).percentile(99);
    last_lag_ = *totals.lag;
  }
  draw(interval, totals, totals.tx_bytes_inner - last_.tx_bytes_inner, totals.rx_bytes_inner - last_.rx_bytes_inner);
  intervals.push_back(interval);
  last_ns_ = now_ns;
  last_ = totals;
}

void LiveReport::draw(const Interval& interval, const LiveTotals& totals, std::uint64_t tx_bytes,
                      std::uint64_t rx_bytes) {
  if (fd_ < 0) return;
  const double length = static_cast<double>(interval.duration_ns) / 1e9;
  std::string line = " [" + std::string(interval.end_ns < 9'950'000'000 ? " " : "") + seconds(interval.end_ns);
  if (length_ns_ != 0) line += "/" + seconds(length_ns_);
  line += "]";
  const auto rates = [&](std::string_view name, std::uint64_t packets, std::uint64_t bytes) {
    line += "  " + std::string(name) + " " + scaled(static_cast<double>(packets) / length, "pps") + " " +
            scaled(static_cast<double>(bytes) * 8 / length, "bit/s");
  };
  if (interval.tx_packets) rates("tx", *interval.tx_packets, tx_bytes);
  if (interval.rx_packets) rates("rx", *interval.rx_packets, rx_bytes);
  if (totals.lost) line += "  lost " + grouped(*totals.lost);
  if (totals.reordered != 0) line += "  reordered " + grouped(totals.reordered);
  const std::string_view micro = terminal_.utf8 ? "\u00b5s" : "us";
  if (interval.p99_ns) {
    line +=
        "  p50 " + microseconds(*interval.p50_ns) + " p99 " + microseconds(*interval.p99_ns) + " " + std::string(micro);
  }
  if (interval.lag_p99_ns) line += "  lag p99 " + microseconds(*interval.lag_p99_ns) + " " + std::string(micro);
  line_.clear();
  if (terminal_.is_terminal) {
    // One column stays free: some terminals wrap on the last. The micro sign is two octets in one column.
    const std::size_t columns = terminal_.columns > 1 ? terminal_.columns - 1 : 1;
    std::size_t cells = 0;
    std::size_t end = 0;
    for (; end < line.size(); ++end) {
      if ((static_cast<unsigned char>(line[end]) & 0xc0) != 0x80 && ++cells > columns) break;
    }
    line_.put("\r\x1b[K");
    line_.put(std::string_view(line).substr(0, end));
    drawn_ = true;
  } else {
    line_.put(line);
    line_.put('\n');
  }
  (void)!::write(fd_, line_.view().data(), line_.size());
}

void LiveReport::erase() {
  if (!drawn_) return;
  drawn_ = false;
  (void)!::write(fd_, "\r\x1b[K", 4);
}

}  // namespace gtp::gen
