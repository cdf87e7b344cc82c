// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/result.hpp"

#include <algorithm>

namespace gtp::gen {
namespace {

template <typename T>
void add_to(std::optional<T>& sum, const std::optional<T>& more) {
  if (more) sum = sum.value_or(0) + *more;
}

std::uint64_t earlier(std::uint64_t a, std::uint64_t b) noexcept { return a == 0 || (b != 0 && b < a) ? b : a; }

}  // namespace

void ReceiveCounts::merge(const ReceiveCounts& other) noexcept {
  calls += other.calls;
  messages += other.messages;
  datagrams += other.datagrams;
  stamped += other.stamped;
  bytes_inner += other.bytes_inner;
  corrupt += other.corrupt;
  unstamped += other.unstamped;
  unknown_run += other.unknown_run;
  unknown_tunnel += other.unknown_tunnel;
  unknown_teid += other.unknown_teid;
  malformed += other.malformed;
  first_ns = earlier(first_ns, other.first_ns);
  last_ns = std::max(last_ns, other.last_ns);
  app_stamped += other.app_stamped;
  clock_steps += other.clock_steps;
  gtp.merge(other.gtp);
}

void ReceiveResult::merge(const ReceiveResult& other) {
  counts.merge(other.counts);
  stream.merge(other.stream);
  if (other.latency) {
    if (latency) {
      latency->merge(*other.latency);
    } else {
      latency = other.latency;
    }
  }
  add_to(lost_local, other.lost_local);
  for (const std::string& note : other.notes) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
}

void ReceiveResult::settle() noexcept {
  if (totals && lost_local) lost_local = std::min(*lost_local, totals->lost);
}

void ReceiveResult::fill(Report& report) const {
  RxReport rx;
  rx.packets = stream.received;
  rx.bytes_inner = counts.bytes_inner;
  rx.duration_ns = counts.last_ns - counts.first_ns;
  if (totals) {
    rx.expected = totals->expected;
    rx.lost = totals->lost;
  }
  rx.lost_local = lost_local;
  rx.reordered = stream.reordered;
  rx.reorder_max_distance = stream.reorder_max_distance;
  rx.duplicate = stream.duplicate;
  rx.late = stream.late;
  rx.corrupt = counts.corrupt;
  rx.unstamped = counts.unstamped;
  rx.unknown_run = counts.unknown_run;
  rx.unknown_teid = counts.unknown_teid + counts.unknown_tunnel;
  rx.malformed = counts.malformed;
  rx.datagrams = counts.datagrams;
  rx.receive_calls = counts.calls;
  report.rx = rx;
  report.latency = latency;
  report.clock_jumped = report.clock_jumped || counts.clock_steps != 0;
  if (latency) report.latency->app_stamped = counts.app_stamped;
  if (!report.gtp) report.gtp.emplace();
  report.gtp->merge(counts.gtp);
  report.notes.insert(report.notes.end(), notes.begin(), notes.end());
  if (!totals) return;
  if (!report.tunnels) report.tunnels.emplace();
  report.tunnels->seen = totals->tunnels_seen;
  report.tunnels->with_loss = totals->tunnels_with_loss;
  report.tunnels->count = std::max<std::uint64_t>(report.tunnels->count, totals->tunnels_seen);
  for (const TunnelLoss& loss : totals->worst) {
    report.tunnels->worst.push_back({loss.tunnel, std::nullopt, loss.lost, loss.expected});
  }
}

}  // namespace gtp::gen
