// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/report/report.hpp"

#include <algorithm>

namespace gtp::gen {
namespace {

void add_to(std::optional<std::uint64_t>& sum, const std::optional<std::uint64_t>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

// Merges what either side may lack.
template <typename Part>
void merge_part(std::optional<Part>& mine, const std::optional<Part>& other) {
  if (!other) return;
  if (mine) {
    mine->merge(*other);
  } else {
    mine = other;
  }
}

double per_second(std::uint64_t packets, std::uint64_t duration_ns) noexcept {
  return duration_ns == 0 ? 0 : static_cast<double>(packets) * 1e9 / static_cast<double>(duration_ns);
}

// Intervals of the same time are one; a percentile of two is the worse of them, which is all that can be said.
void merge_intervals(std::vector<Interval>& mine, const std::vector<Interval>& other) {
  const auto worse = [](std::optional<std::uint64_t>& a, const std::optional<std::uint64_t>& b) {
    if (b) a = std::max(a.value_or(0), *b);
  };
  for (std::size_t i = 0; i < other.size(); ++i) {
    if (i >= mine.size()) {
      mine.push_back(other[i]);
      continue;
    }
    add_to(mine[i].tx_packets, other[i].tx_packets);
    add_to(mine[i].rx_packets, other[i].rx_packets);
    add_to(mine[i].lost, other[i].lost);
    worse(mine[i].p50_ns, other[i].p50_ns);
    worse(mine[i].p99_ns, other[i].p99_ns);
    worse(mine[i].lag_p99_ns, other[i].lag_p99_ns);
  }
}

}  // namespace

void add_error(std::vector<ErrorCount>& errors, std::string_view name, std::uint64_t count) {
  const auto at = std::find_if(errors.begin(), errors.end(), [&](const ErrorCount& one) { return one.name == name; });
  if (at != errors.end()) {
    at->count += count;
  } else {
    errors.push_back({std::string(name), count});
  }
}

std::uint64_t TxReport::dropped() const noexcept {
  const auto at = std::ranges::find(errors, kDroppedHere, &ErrorCount::name);
  return at == errors.end() ? 0 : at->count;
}

double TxReport::rate_pps() const noexcept { return per_second(packets, duration_ns); }

std::optional<double> TxReport::rate_error() const noexcept {
  if (!target_pps || *target_pps <= 0 || duration_ns == 0) return std::nullopt;
  return (rate_pps() - *target_pps) / *target_pps;
}

void TxReport::merge(const TxReport& other) {
  packets += other.packets;
  bytes_l2 += other.bytes_l2;
  bytes_inner += other.bytes_inner;
  duration_ns = std::max(duration_ns, other.duration_ns);
  // Two targets add up; with one sender that has none, there is none.
  target_pps = target_pps && other.target_pps ? std::optional(*target_pps + *other.target_pps) : std::nullopt;
  skipped += other.skipped;
  for (const ErrorCount& error : other.errors) add_error(errors, error.name, error.count);
  for (const ErrorCount& kind : other.unwanted) add_error(unwanted, kind.name, kind.count);
  lag_ns.merge(other.lag_ns);
}

double RxReport::rate_pps() const noexcept { return per_second(packets, duration_ns); }

std::optional<double> RxReport::loss_ratio() const noexcept {
  if (!lost || !expected || *expected == 0) return std::nullopt;
  return static_cast<double>(*lost) / static_cast<double>(*expected);
}

void RxReport::merge(const RxReport& other) noexcept {
  packets += other.packets;
  bytes_inner += other.bytes_inner;
  duration_ns = std::max(duration_ns, other.duration_ns);
  add_to(expected, other.expected);
  add_to(lost, other.lost);
  add_to(lost_local, other.lost_local);
  reordered += other.reordered;
  reorder_max_distance = std::max(reorder_max_distance, other.reorder_max_distance);
  duplicate += other.duplicate;
  late += other.late;
  corrupt += other.corrupt;
  unstamped += other.unstamped;
  unknown_run += other.unknown_run;
  unknown_teid += other.unknown_teid;
  malformed += other.malformed;
  datagrams += other.datagrams;
  receive_calls += other.receive_calls;
}

void LatencyReport::merge(const LatencyReport& other) noexcept {
  // What is true of both: the weaker statement.
  if (other.stamp == Stamp::app) stamp = Stamp::app;
  kind = std::max(kind, other.kind);
  histogram.merge(other.histogram);
  app_stamped += other.app_stamped;
  negative += other.negative;
}

void TunnelReport::merge(const TunnelReport& other) {
  count += other.count;
  add_to(seen, other.seen);
  add_to(with_loss, other.with_loss);
  worst.insert(worst.end(), other.worst.begin(), other.worst.end());
  const auto share = [](const WorstTunnel& tunnel) {
    return tunnel.packets == 0 ? 0 : static_cast<double>(tunnel.lost) / static_cast<double>(tunnel.packets);
  };
  std::stable_sort(worst.begin(), worst.end(),
                   [&](const WorstTunnel& a, const WorstTunnel& b) { return share(a) > share(b); });
  if (worst.size() > StreamTracker::kWorst) worst.resize(StreamTracker::kWorst);
}

void SignallingReport::merge(const SignallingReport& more) noexcept {
  echo_requests += more.echo_requests;
  echo_responses += more.echo_responses;
  error_indications += more.error_indications;
  error_indications_sent += more.error_indications_sent;
  supported_extension_headers += more.supported_extension_headers;
  version_not_supported += more.version_not_supported;
  end_markers += more.end_markers;
  other += more.other;
  icmp_errors += more.icmp_errors;
}

std::string_view key(Verdict verdict) noexcept {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::generator_limited:
      return "generator_limited";
    case Verdict::error:
      return "error";
  }
  return "error";
}

void Report::merge(const Report& other) {
  start_ns = start_ns == 0 ? other.start_ns : std::min(start_ns, other.start_ns);
  duration_ns = std::max(duration_ns, other.duration_ns);
  merge_part(tx, other.tx);
  merge_part(rx, other.rx);
  merge_part(latency, other.latency);
  merge_intervals(intervals, other.intervals);
  merge_part(tunnels, other.tunnels);
  merge_part(gtp, other.gtp);
  if (other.cpu) {
    if (!cpu) cpu.emplace();
    cpu->user_s += other.cpu->user_s;
    cpu->system_s += other.cpu->system_s;
  }
  interrupted = interrupted || other.interrupted;
  clock_jumped = clock_jumped || other.clock_jumped;
  for (const std::string& note : other.notes) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
}

}  // namespace gtp::gen
