// SPDX-License-Identifier: GPL-2.0-or-later
//
// Prometheus' text format. Links, peers and findings are series; tunnels are not, for a million of them would drown
// whoever scrapes them, except the first few when somebody asks for that.
#include <functional>

#include "gtptop/report.hpp"

namespace gtp::top {
namespace {

// A label's value: backslash, quote and line feed are escaped; what is no printable ASCII has been made so.
void put_label(TextBuffer& out, std::string_view name, std::string_view value, bool first) {
  out.put(first ? '{' : ',');
  out.put(name);
  out.put("=\"");
  for (const char c : value) {
    if (c == '"' || c == '\\') out.put('\\');
    out.put(c >= 0x20 && c < 0x7f ? c : '?');
  }
  out.put('"');
}

void put_head(TextBuffer& out, std::string_view name, std::string_view type, std::string_view help) {
  out.put("# HELP ");
  out.put(name);
  out.put(' ');
  out.put(help);
  out.put("\n# TYPE ");
  out.put(name);
  out.put(' ');
  out.put(type);
  out.put('\n');
}

template <typename Row>
struct Metric {
  std::string_view name;
  std::string_view type;
  std::string_view help;
  std::optional<std::uint64_t> (*get)(const Row&);
};

template <typename Row, std::size_t N, typename Labels>
void put_metrics(TextBuffer& out, const std::vector<Row>& rows, const Metric<Row> (&metrics)[N], const Labels& labels) {
  for (const Metric<Row>& metric : metrics) {
    bool headed = false;
    for (const Row& row : rows) {
      const auto value = metric.get(row);
      if (!value) continue;  // what is not known is not there
      if (!headed) put_head(out, metric.name, metric.type, metric.help);
      headed = true;
      out.put(metric.name);
      labels(row);
      out.put("} ");
      out.put_dec(*value);
      out.put('\n');
    }
  }
}

std::optional<std::uint64_t> counted(const LinkRow& link, std::uint64_t LinkCounters::*counter) {
  return link.counters ? std::optional((*link.counters).*counter) : std::nullopt;
}

using Number = std::optional<std::uint64_t>;

constexpr Metric<LinkRow> kLinks[] = {
    {"gtp_link_up", "gauge", "Whether the link is up.", [](const LinkRow& l) { return Number(l.up ? 1 : 0); }},
    {"gtp_link_tunnels", "gauge", "Tunnels of the link.",
     [](const LinkRow& l) { return Number(l.tunnels_v0 + l.tunnels_v1); }},
    {"gtp_link_up_bytes_total", "counter", "Octets from subscribers.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::up_bytes); }},
    {"gtp_link_dn_bytes_total", "counter", "Octets to subscribers.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::dn_bytes); }},
    {"gtp_link_up_packets_total", "counter", "Packets from subscribers.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::up_packets); }},
    {"gtp_link_dn_packets_total", "counter", "Packets to subscribers.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::dn_packets); }},
    {"gtp_link_tx_errors_total", "counter", "Packets without tunnel, route or room.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::tx_errors); }},
    {"gtp_link_no_route_total", "counter", "Packets to peers without a route.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::no_route); }},
    {"gtp_link_loop_total", "counter", "Packets routed into the tunnel again.",
     [](const LinkRow& l) { return counted(l, &LinkCounters::loop); }},
    {"gtp_link_no_tunnel_total", "counter", "G-PDUs of TEIDs that nobody knows.",
     [](const LinkRow& l) { return l.counters ? l.counters->no_tunnel : Number(); }},
    {"gtp_link_receive_queue_bytes", "gauge", "Octets waiting at the sockets.",
     [](const LinkRow& l) { return l.receive_queue_bytes; }},
    {"gtp_link_socket_drops_total", "counter", "Packets that did not fit the sockets' queues.",
     [](const LinkRow& l) { return l.socket_drops; }},
};

constexpr Metric<PeerRow> kPeers[] = {
    {"gtp_peer_path_state", "gauge", "0 unknown, 1 up, 2 suspect, 3 down.",
     [](const PeerRow& p) { return Number(static_cast<std::uint64_t>(p.state)); }},
    {"gtp_peer_tunnels", "gauge", "Tunnels to the peer.", [](const PeerRow& p) { return Number(p.tunnels); }},
    {"gtp_peer_up_bits_per_second", "gauge", "From subscribers.", [](const PeerRow& p) { return p.up_bps; }},
    {"gtp_peer_dn_bits_per_second", "gauge", "To subscribers.", [](const PeerRow& p) { return p.dn_bps; }},
    {"gtp_peer_error_indications_total", "counter", "Error Indications received since gtptop's start.",
     [](const PeerRow& p) { return Number(p.error_indications); }},
    {"gtp_peer_echo_rtt_nanoseconds", "gauge", "Of the last Echo Response.", [](const PeerRow& p) { return p.rtt_ns; }},
    {"gtp_peer_echo_loss_percent", "gauge", "Of the last 10 Echo Requests.",
     [](const PeerRow& p) { return p.loss_percent; }},
};

constexpr Metric<TunnelRow> kTunnels[] = {
    {"gtp_tunnel_up_bits_per_second", "gauge", "From the subscriber.", [](const TunnelRow& t) { return t.up_bps; }},
    {"gtp_tunnel_dn_bits_per_second", "gauge", "To the subscriber.", [](const TunnelRow& t) { return t.dn_bps; }},
};

}  // namespace

void put_prometheus(TextBuffer& out, const PrometheusInput& input) {
  put_head(out, "gtp_tunnels", "gauge", "Tunnels of this host.");
  out.put("gtp_tunnels ");
  out.put_dec(input.links.tunnels);
  out.put('\n');
  put_metrics(out, input.links.page.links, kLinks,
              [&](const LinkRow& link) { put_label(out, "link", link.name, true); });
  put_metrics(out, input.peers.page.peers, kPeers, [&](const PeerRow& peer) {
    put_label(out, "peer", peer.address.text(), true);
    put_label(out, "link", peer.link, false);
  });
  if (!input.findings.page.findings.empty()) {
    put_head(out, "gtp_finding", "gauge", "What is wrong: 1 a note, 2 a warning, 3 critical.");
    for (const Finding& finding : input.findings.page.findings) {
      out.put("gtp_finding");
      put_label(out, "id", "GTP-" + std::to_string(finding.id), true);
      put_label(out, "object", finding.object.text, false);
      out.put("} ");
      out.put_dec(static_cast<std::uint64_t>(finding.severity) + 1);
      out.put('\n');
    }
  }
  if (input.tunnels == nullptr) return;
  put_metrics(out, input.tunnels->page.tunnels, kTunnels, [&](const TunnelRow& tunnel) {
    put_label(out, "link", tunnel.link, true);
    put_label(out, "tunnel", std::to_string(tunnel.key.id), false);
    put_label(out, "ms", tunnel.ms.empty() ? "" : tunnel.ms.text(), false);
  });
}

}  // namespace gtp::top
