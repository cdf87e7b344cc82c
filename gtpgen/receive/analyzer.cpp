// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/analyzer.hpp"

#include "gtpgen/receive/inner_packet.hpp"

namespace gtp::gen {
namespace {

// IPv4 and UDP in front of a payload, for sockets that show us nothing but that.
constexpr std::size_t kAssumedHeaders = 28;

void count(SignallingReport& gtp, Datagram::Kind kind) noexcept {
  switch (kind) {
    case Datagram::Kind::echo_request:
      ++gtp.echo_requests;
      break;
    case Datagram::Kind::echo_response:
      ++gtp.echo_responses;
      break;
    case Datagram::Kind::error_indication:
      ++gtp.error_indications;
      break;
    case Datagram::Kind::supported_extension_headers:
      ++gtp.supported_extension_headers;
      break;
    case Datagram::Kind::version_not_supported:
      ++gtp.version_not_supported;
      break;
    case Datagram::Kind::end_marker:
      ++gtp.end_markers;
      break;
    case Datagram::Kind::other:
      ++gtp.other;
      break;
    case Datagram::Kind::g_pdu:
    case Datagram::Kind::malformed:
      break;
  }
}

}  // namespace

void ThreadResult::merge(const ThreadResult& other) {
  counts.merge(other.counts);
  stream.merge(other.stream);
  for (std::size_t i = 0; i < other.latencies.size(); ++i) {
    if (i < latencies.size()) {
      latencies[i].merge(other.latencies[i]);
    } else {
      latencies.push_back(other.latencies[i]);
    }
  }
}

ReceiveResult ThreadResult::summary() const {
  ReceiveResult result;
  result.counts = counts;
  result.stream = stream;
  for (const LatencyMeter& meter : latencies) {
    if (meter.histogram().count() == 0) continue;
    if (!result.latency) {
      result.latency.emplace();
      result.latency->kind = meter.kind();
    }
    result.latency->histogram.merge(meter.histogram());
    result.latency->negative += meter.negative();
  }
  if (result.latency) {
    result.latency->app_stamped = counts.app_stamped;
    // "kernel" is said when it is so for nearly all.
    if (counts.app_stamped * 10 > result.latency->histogram.count()) result.latency->stamp = LatencyReport::Stamp::app;
  }
  return result;
}

Datagram Analyzer::datagram(Bytes octets, const Arrived& arrived) noexcept {
  const Datagram datagram = read_datagram(octets);
  if (datagram.kind == Datagram::Kind::g_pdu) {
    inner_packet(datagram.t_pdu, arrived);
    return datagram;
  }
  ++result_.counts.datagrams;
  if (datagram.kind == Datagram::Kind::malformed) {
    ++result_.counts.malformed;
  } else {
    count(result_.counts.gtp, datagram.kind);
  }
  return datagram;
}

void Analyzer::inner_packet(Bytes octets, const Arrived& arrived) noexcept {
  ++result_.counts.datagrams;
  const InnerPacket packet = read_inner_packet(octets);
  if (packet.status == InnerPacket::Status::malformed) {
    ++result_.counts.malformed;
    return;
  }
  if (packet.status == InnerPacket::Status::opaque) {
    ++result_.counts.unstamped;
    return;
  }
  if (verify_ && !has_right_checksums(octets, packet)) {
    ++result_.counts.corrupt;
    return;
  }
  stamped(octets.subspan(packet.payload_at, packet.end - packet.payload_at), packet.end, arrived);
}

void Analyzer::payload(Bytes octets, const Arrived& arrived) noexcept {
  ++result_.counts.datagrams;
  stamped(octets, octets.size() + kAssumedHeaders, arrived);
}

void Analyzer::stamped(Bytes payload, std::size_t inner_length, const Arrived& arrived) noexcept {
  const auto stamp = read_stamp(payload);
  if (!stamp || (only_ && stamp->kind != *only_)) {
    ++result_.counts.unstamped;
    return;
  }
  const std::size_t index = find_run(stamp->run);
  if (index == Runs::kMaxRuns) {
    ++result_.counts.unknown_run;
    return;
  }
  Run& run = runs_.at(index);
  const Arrival arrival = run.tracker().add(result_.stream, stamp->tunnel, stamp->sequence);
  if (arrival == Arrival::unknown_tunnel) {
    ++result_.counts.unknown_tunnel;
    return;
  }
  ++result_.counts.stamped;
  LatencyMeter& latency = meter(index);
  if (run.details() != nullptr) {
    run.details()->add(stamp->tunnel, arrival, latency.delay(arrived.time_ns, stamp->scheduled_ns));
  }
  // A second copy says nothing about how long the packet took.
  if (!is_received(arrival)) return;
  result_.counts.bytes_inner += inner_length;
  if (result_.counts.first_ns == 0) result_.counts.first_ns = arrived.time_ns;
  result_.counts.last_ns = arrived.time_ns;
  if (!arrived.by_kernel) ++result_.counts.app_stamped;
  latency.add(arrived.time_ns, stamp->scheduled_ns);
}

std::size_t Analyzer::find_run(std::uint16_t run) noexcept {
  if (run != last_run_ || last_index_ == Runs::kMaxRuns) {
    last_run_ = run;
    last_index_ = runs_.find(run);
  }
  return last_index_;
}

LatencyMeter& Analyzer::meter(std::size_t run) {
  while (result_.latencies.size() <= run) {
    const RunPlan& plan = runs_.at(result_.latencies.size()).plan();
    result_.latencies.emplace_back(plan.latency, plan.epoch_ns);
  }
  return result_.latencies[run];
}

}  // namespace gtp::gen
