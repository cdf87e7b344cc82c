// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/export/metrics.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "gtptop/check/finding.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::top {
namespace {

using Snapshot = MetricsSnapshot;
using Points = MetricPoints;
using Number = std::optional<std::uint64_t>;

constexpr std::string_view kUp = "up";  // from subscribers
constexpr std::string_view kDn = "dn";  // to subscribers
constexpr double kNs = 1e-9;

// To the millisecond: more is not in a double of now.
double to_seconds(std::uint64_t time_ns) {
  const std::uint64_t time_ms = time_ns / 1'000'000;
  return static_cast<double>(time_ms) / 1000;
}

double octets(std::uint64_t bits) { return static_cast<double>(bits) / 8; }

Number counted(const LinkRow& link, std::uint64_t LinkCounters::*counter) {
  return link.counters ? Number((*link.counters).*counter) : std::nullopt;
}

template <std::uint64_t LinkCounters::*counter>
void link_counter(const Snapshot& s, Points& out) {
  for (const LinkRow& link : s.links) out.add(counted(link, counter), {link.name});
}

template <Number LinkRow::*figure>
void link_figure(const Snapshot& s, Points& out) {
  for (const LinkRow& link : s.links) out.add(link.*figure, {link.name});
}

template <std::uint64_t LinkCounters::*up, std::uint64_t LinkCounters::*dn>
void link_directions(const Snapshot& s, Points& out) {
  for (const LinkRow& link : s.links) {
    out.add(counted(link, up), {link.name, kUp});
    out.add(counted(link, dn), {link.name, kDn});
  }
}

// Findings about tunnels are counted for their link: "gtp0/0x51a0ff17" is "gtp0".
void findings(const Snapshot& s, Points& out) {
  std::map<std::tuple<std::uint16_t, Severity, std::string>, std::uint64_t> counts;
  for (const Finding& finding : s.findings) {
    std::string object = finding.object.text;
    if (finding.object.kind == FindingObject::Kind::tunnel) object.resize(std::min(object.find('/'), object.size()));
    ++counts[{finding.id, finding.severity, std::move(object)}];
  }
  for (const auto& [key, count] : counts) {
    const auto& [id, severity, object] = key;
    const FindingInfo* info = find_finding(id);
    out.add(count, {finding_name(id), severity_name(severity), info == nullptr ? "" : info->title, object});
  }
}

// What tells a tunnel from others, and the direction.
template <typename Value>
void tunnel(Points& out, const TunnelRow& row, const Value& value, std::string_view direction) {
  if (!value) return;
  TextBuffer id;
  id.put("0x");
  id.put_hex(row.key.id, row.key.version == 0 ? 16 : 8);
  out.add(static_cast<double>(*value), {row.link, row.key.version == 0 ? "0" : "1", id.view(),
                                        row.ms.empty() ? "" : row.ms.text(), row.peer.text(), direction});
}

constexpr MetricType kGauge = MetricType::gauge;
constexpr MetricType kCounter = MetricType::counter;
constexpr std::string_view kTunnelLabels = "link version tunnel ms peer direction";

constexpr Metric kMetrics[] = {
    {"gtp_tunnels", kGauge, "", "", "kernel or tap", "Tunnels of this host.",
     [](const Snapshot& s, Points& out) { out.add(s.tunnels); }},
    {"gtp_peers", kGauge, "", "path_state", "kernel or tap, echo", "Peers of this host by the state of their path.",
     [](const Snapshot& s, Points& out) {
       for (std::size_t i = 0; i < s.paths.size(); ++i) {
         out.add(s.paths[i], {path_state_name(static_cast<PathState>(i))});
       }
     }},
    {"gtp_throughput_bytes_per_second", kGauge, "bytes_per_second", "direction", "device, module or tap",
     "Octets of all links, or of all tunnels where no link counts; up is from subscribers, dn to them.",
     [](const Snapshot& s, Points& out) {
       if (s.totals.up_bps) out.add(octets(*s.totals.up_bps), {kUp});
       if (s.totals.dn_bps) out.add(octets(*s.totals.dn_bps), {kDn});
     }},

    {"gtp_link_info", kGauge, "", "link role sockets", "kernel", "What a link is; always 1.",
     [](const Snapshot& s, Points& out) {
       for (const LinkRow& link : s.links) out.add(1.0, {link.name, role_name(link.role), link.sockets});
     }},
    {"gtp_link_up", kGauge, "", "link", "kernel", "Whether the link is up.",
     [](const Snapshot& s, Points& out) {
       for (const LinkRow& link : s.links) out.add(link.up ? 1.0 : 0.0, {link.name});
     }},
    {"gtp_link_mtu_bytes", kGauge, "bytes", "link", "kernel", "The largest packet that the link takes.",
     [](const Snapshot& s, Points& out) {
       for (const LinkRow& link : s.links) out.add(std::uint64_t{link.mtu}, {link.name});
     }},
    {"gtp_link_hash_buckets", kGauge, "", "link", "module", "Buckets in which the link looks for its tunnels.",
     link_figure<&LinkRow::buckets>},
    {"gtp_link_tunnels", kGauge, "", "link version", "kernel", "Tunnels of the link by version of GTP.",
     [](const Snapshot& s, Points& out) {
       for (const LinkRow& link : s.links) {
         out.add(link.tunnels_v0, {link.name, "0"});
         out.add(link.tunnels_v1, {link.name, "1"});
       }
     }},
    {"gtp_link_bytes_total", kCounter, "bytes", "link direction", "device",
     "Octets through the link; up is from subscribers, dn to them.",
     link_directions<&LinkCounters::up_bytes, &LinkCounters::dn_bytes>},
    {"gtp_link_packets_total", kCounter, "", "link direction", "device",
     "Packets through the link; up is from subscribers, dn to them.",
     link_directions<&LinkCounters::up_packets, &LinkCounters::dn_packets>},
    {"gtp_link_transmit_errors_total", kCounter, "", "link", "device",
     "Packets that could not be sent: no tunnel, no route, a loop, no room.", link_counter<&LinkCounters::tx_errors>},
    {"gtp_link_no_route_packets_total", kCounter, "", "link", "device", "Packets to peers without a route.",
     link_counter<&LinkCounters::no_route>},
    {"gtp_link_loop_packets_total", kCounter, "", "link", "device", "Packets that were routed into the tunnel again.",
     link_counter<&LinkCounters::loop>},
    {"gtp_link_receive_drops_total", kCounter, "", "link", "device", "Packets that were received and dropped.",
     link_counter<&LinkCounters::rx_dropped>},
    {"gtp_link_no_tunnel_packets_total", kCounter, "", "link", "module", "G-PDUs with TEIDs that no tunnel has.",
     [](const Snapshot& s, Points& out) {
       for (const LinkRow& link : s.links) out.add(link.counters ? link.counters->no_tunnel : Number(), {link.name});
     }},
    {"gtp_link_socket_queue_bytes", kGauge, "bytes", "link", "sockets", "Octets that wait at the link's UDP sockets.",
     link_figure<&LinkRow::receive_queue_bytes>},
    {"gtp_link_socket_queue_limit_bytes", kGauge, "bytes", "link", "sockets", "How many octets may wait there.",
     link_figure<&LinkRow::receive_limit_bytes>},
    {"gtp_link_socket_drops_total", kCounter, "", "link", "sockets", "Packets for which the sockets had no room.",
     link_figure<&LinkRow::socket_drops>},

    {"gtp_peer_tunnels", kGauge, "", "peer", "kernel or tap", "Tunnels to the peer.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) out.add(peer.tunnels, {peer.address.text()});
     }},
    {"gtp_peer_throughput_bytes_per_second", kGauge, "bytes_per_second", "peer direction", "module or tap",
     "Octets of the peer's tunnels; up is from subscribers, dn to them.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) {
         if (peer.up_bps) out.add(octets(*peer.up_bps), {peer.address.text(), kUp});
         if (peer.dn_bps) out.add(octets(*peer.dn_bps), {peer.address.text(), kDn});
       }
     }},
    {"gtp_peer_packets_per_second", kGauge, "", "peer", "module or tap", "Packets of the peer's tunnels, both ways.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) out.add(peer.pps, {peer.address.text()});
     }},
    {"gtp_peer_path_up", kGauge, "", "peer", "echo",
     "1 when the path is up or suspect, 0 when it is down; not there when nobody has asked and nothing was received.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) {
         if (peer.state != PathState::unknown)
           out.add(peer.state == PathState::down ? 0.0 : 1.0, {peer.address.text()});
       }
     }},
    {"gtp_peer_echo_rtt_seconds", kGauge, "seconds", "peer", "echo", "From the last Echo Request to its response.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) {
         if (peer.rtt_ns) out.add(static_cast<double>(*peer.rtt_ns) * kNs, {peer.address.text()});
       }
     }},
    {"gtp_peer_echo_loss_ratio", kGauge, "ratio", "peer", "echo", "How many of the last 10 Echo Requests were lost.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) {
         if (peer.loss_percent) out.add(static_cast<double>(*peer.loss_percent) / 100, {peer.address.text()});
       }
     }},
    {"gtp_peer_error_indications_total", kCounter, "", "peer", "module or tap",
     "Error Indications that the peer has sent.",
     [](const Snapshot& s, Points& out) {
       for (const PeerRow& peer : s.peers) out.add(peer.error_indications, {peer.address.text()});
     }},

    {"gtp_findings", kGauge, "", "id severity title object", "checks",
     "What is wrong, as gtptop --explain ID explains: how often it was found about this object.", findings},

    {"gtp_tunnel_throughput_bytes_per_second", kGauge, "bytes_per_second", kTunnelLabels, "module or tap",
     "Octets of the busiest tunnels, as many as --top-tunnels asks for.",
     [](const Snapshot& s, Points& out) {
       const auto rate = [](Number bits) { return bits ? std::optional(octets(*bits)) : std::nullopt; };
       for (const TunnelRow& row : s.top_tunnels) {
         tunnel(out, row, rate(row.up_bps), kUp);
         tunnel(out, row, rate(row.dn_bps), kDn);
       }
     }},
    {"gtp_tunnel_bytes_total", kCounter, "bytes", kTunnelLabels, "module or tap",
     "Octets of the busiest tunnels since they were made.",
     [](const Snapshot& s, Points& out) {
       for (const TunnelRow& row : s.top_tunnels) {
         tunnel(out, row, row.counters ? Number(row.counters->up_bytes) : Number(), kUp);
         tunnel(out, row, row.counters ? Number(row.counters->dn_bytes) : Number(), kDn);
       }
     }},

    {"gtptop_build_info", kGauge, "", "version commit", "gtptop", "What gtptop was built from; always 1.",
     [](const Snapshot& s, Points& out) {
       out.add(1.0, {s.build.version, s.build.commit});
     }},
    {"gtptop_source_info", kGauge, "", "host netns module traffic_from", "gtptop",
     "What is looked at, and where the tunnels' traffic figures come from; always 1.",
     [](const Snapshot& s, Points& out) {
       out.add(1.0, {s.source.host, s.source.netns, s.source.module, origin_name(s.traffic)});
     }},
    {"gtptop_source_up", kGauge, "", "", "gtptop", "0 when tunnels cannot be read: no module, no right, or no link.",
     [](const Snapshot& s, Points& out) { out.add(s.readable ? 1.0 : 0.0); }},
    {"gtptop_last_sample_timestamp_seconds", kGauge, "seconds", "", "gtptop", "When links and peers were last read.",
     [](const Snapshot& s, Points& out) { out.add(to_seconds(s.time_ns)); }},
    {"gtptop_last_sweep_timestamp_seconds", kGauge, "seconds", "", "gtptop",
     "When the last complete reading of all tunnels ended.",
     [](const Snapshot& s, Points& out) {
       if (s.sweep.complete) out.add(to_seconds(s.sweep.ended_ns));
     }},
    {"gtptop_sweep_duration_seconds", kGauge, "seconds", "", "gtptop",
     "What the last complete reading of all tunnels took.",
     [](const Snapshot& s, Points& out) {
       if (s.sweep.duration_ms) out.add(static_cast<double>(*s.sweep.duration_ms) / 1000);
     }},
    {"gtptop_sweeps_total", kCounter, "", "", "gtptop", "Complete readings of all tunnels.",
     [](const Snapshot& s, Points& out) { out.add(s.sweep.count); }},
    {"gtptop_resyncs_total", kCounter, "", "", "gtptop",
     "How often the kernel told more changes than were read, so that everything was read anew.",
     [](const Snapshot& s, Points& out) { out.add(s.sweep.resyncs); }},
    {"gtptop_resync_pending", kGauge, "", "", "gtptop", "1 from a loss of changes until everything has been read anew.",
     [](const Snapshot& s, Points& out) { out.add(s.sweep.resync ? 1.0 : 0.0); }},
    {"gtptop_cpu_budget_ratio", kGauge, "ratio", "", "gtptop", "Of one core, for reading all tunnels (--cpu).",
     [](const Snapshot& s, Points& out) { out.add(static_cast<double>(s.sweep.cpu_percent) / 100); }},
    {"process_cpu_seconds_total", kCounter, "seconds", "", "gtptop", "Processor time that gtptop has used.",
     [](const Snapshot& s, Points& out) { out.add(s.process.cpu_seconds); }},
    {"process_resident_memory_bytes", kGauge, "bytes", "", "gtptop", "Memory that gtptop occupies.",
     [](const Snapshot& s, Points& out) { out.add(s.process.resident_bytes, {}); }},
    {"process_start_time_seconds", kGauge, "seconds", "", "gtptop", "When gtptop was started.",
     [](const Snapshot& s, Points& out) { out.add(s.process.start_time_seconds); }},
};

}  // namespace

std::span<const Metric> metrics() noexcept { return kMetrics; }

}  // namespace gtp::top
