// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/columns.hpp"

#include <array>

#include "libcommon/util/suggest.hpp"

namespace gtp::top {
namespace {

constexpr Column kTunnels[] = {
    {"link", "link", "LINK", Form::text, {}, 4, 8, 9, false, Needs::nothing, "interface that has the tunnel"},
    {"version", "ver", "V", Form::number, {}, 1, 1, 10, false, Needs::nothing, "version of GTP-U"},
    {"i_tei",
     "iteid",
     "I-TEI",
     Form::teid,
     {},
     8,
     10,
     1,
     false,
     Needs::nothing,
     "TEID of packets received here; of GTPv0 the end of the TID"},
    {"o_tei",
     "oteid",
     "O-TEI",
     Form::teid,
     {},
     8,
     10,
     8,
     false,
     Needs::nothing,
     "TEID of packets sent to the peer; of GTPv0 the flow label"},
    {"ms_address",
     "ms",
     "MS ADDRESS",
     Form::address,
     {},
     15,
     26,
     0,
     false,
     Needs::nothing,
     "address of the subscriber; in IPv6 its /64"},
    {"peer", "peer", "PEER", Form::address, {}, 15, 20, 3, false, Needs::nothing, "the other end of the tunnel"},
    {"up_bits_per_second", "up", "UP", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::traffic,
     "from the subscriber, octets of inner packets"},
    {"dn_bits_per_second", "dn", "DN", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::traffic,
     "to the subscriber, octets of inner packets"},
    {"packets_per_second", "pps", "PKT/S", Form::scaled, "packets/s", 5, 6, 2, true, Needs::traffic,
     "packets per second, both directions"},
    {"up_bytes", "up_total", "UP T", Form::octets, "octets", 5, 7, 7, true, Needs::traffic,
     "octets from the subscriber since the tunnel was made", "UP TOT"},
    {"dn_bytes", "dn_total", "DN T", Form::octets, "octets", 5, 7, 7, true, Needs::traffic,
     "octets to the subscriber since the tunnel was made", "DN TOT"},
    {"drops_per_second", "drops", "DRP/S", Form::scaled, "packets/s", 5, 6, 4, true, Needs::drops,
     "packets of this tunnel dropped per second, all reasons", "DROP/S"},
    {"idle_seconds", "idle", "SEEN", Form::ago, "s", 4, 6, 3, false, Needs::seen, "time since the last packet"},
    {"history", "history", "RECENT", Form::history, "bit/s", 6, 21, 5, true, Needs::traffic,
     "DN of the last samples, a cell each, as high as the highest of them", "DN, RECENT"},
    {"age_seconds", "age", "AGE", Form::ago, "s", 4, 6, 11, false, Needs::created, "time since the tunnel was made"},
    {"qfi", "qfi", "QFI", Form::number, {}, 3, 3, 12, false, Needs::nothing, "QoS flow that is sent"},
    {"presence",
     "presence",
     "WHERE",
     Form::text,
     {},
     6,
     6,
     13,
     false,
     Needs::nothing,
     "kernel: the kernel has it; wire: its packets are seen, the kernel does not have it"},
};

constexpr Column kPeers[] = {
    {"state", "state", "ST", Form::text, {}, 2, 5, 0, true, Needs::nothing, "state of the path"},
    {"peer", "peer", "PEER", Form::address, {}, 15, 25, 0, false, Needs::nothing, "address of the peer"},
    {"link", "link", "LINK", Form::text, {}, 4, 8, 8, false, Needs::nothing, "first interface with a tunnel to it"},
    {"tunnels", "tunnels", "TUNNELS", Form::number, {}, 7, 9, 1, true, Needs::nothing, "its tunnels"},
    {"up_bits_per_second", "up", "UP", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::traffic, "sum of its tunnels"},
    {"dn_bits_per_second", "dn", "DN", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::traffic, "sum of its tunnels"},
    {"packets_per_second", "pps", "PKT/S", Form::scaled, "packets/s", 5, 6, 7, true, Needs::traffic,
     "sum of its tunnels, both directions"},
    {"up_bytes", "up_total", "UP T", Form::octets, "octets", 5, 7, 10, true, Needs::traffic, "sum of its tunnels",
     "UP TOT"},
    {"dn_bytes", "dn_total", "DN T", Form::octets, "octets", 5, 7, 10, true, Needs::traffic, "sum of its tunnels",
     "DN TOT"},
    {"error_indications",
     "errind",
     "ERRI",
     Form::scaled,
     {},
     5,
     7,
     4,
     true,
     Needs::nothing,
     "Error Indications received since the start",
     "ERR IND"},
    {"rtt_ns", "rtt", "RTT", Form::nanoseconds, "ns", 7, 8, 2, true, Needs::echo, "of the last Echo Response",
     "ECHO RTT"},
    {"loss_percent", "loss", "LOSS", Form::percent, "%", 4, 5, 2, true, Needs::echo,
     "of the last 10 Echo Requests that were not answered"},
    {"recovery",
     "recovery",
     "RECOV",
     Form::text,
     {},
     7,
     9,
     6,
     false,
     Needs::echo,
     "restart counter, and the one before until it is acknowledged; GTP-U's means nothing and is shown as n/a",
     "RECOVERY"},
    {"last_echo_seconds", "last_echo", "ECHO", Form::ago, "s", 5, 9, 9, false, Needs::echo,
     "since the last Echo Response", "LAST ECHO"},
    {"last_rx_seconds", "last_rx", "RX AGO", Form::ago, "s", 6, 7, 3, false, Needs::traffic,
     "since the last packet from it", "LAST RX"},
    {"history", "history", "10 RTT", Form::history, "ms", 6, 13, 5, true, Needs::echo,
     "RTT of the last 10 Echo Requests, x for one that was not answered", "RTT, LAST 10"},
};

constexpr Column kLinks[] = {
    {"link", "link", "LINK", Form::text, {}, 4, 8, 0, false, Needs::nothing, "interface"},
    {"state", "state", "STATE", Form::text, {}, 5, 5, 1, false, Needs::nothing, "administrative state"},
    {"role",
     "role",
     "ROLE",
     Form::text,
     {},
     4,
     4,
     4,
     false,
     Needs::nothing,
     "ggsn: a packet's tunnel is found by its destination; sgsn: by its source"},
    {"sockets", "sockets", "SOCKETS", Form::text, {}, 10, 29, 11, false, Needs::sockets, "where G-PDUs are received"},
    {"mtu", "mtu", "MTU", Form::number, "octets", 5, 6, 9, true, Needs::nothing, "of the interface"},
    {"hash_buckets",
     "buckets",
     "BUCKETS",
     Form::scaled,
     {},
     7,
     7,
     10,
     true,
     Needs::nothing,
     "of the hash tables of tunnels"},
    {"tunnels_per_bucket_milli", "load", "LOAD", Form::text, "1/1000", 5, 5, 8, true, Needs::nothing,
     "tunnels per hash bucket: every packet walks half as many"},
    {"restart_count", "rc", "RC", Form::number, {}, 3, 3, 12, true, Needs::nothing, "restart counter that we announce"},
    {"tunnels_v0", "v0", "V0", Form::number, {}, 5, 7, 12, true, Needs::nothing, "GTPv0 tunnels"},
    {"tunnels_v1", "v1", "V1", Form::number, {}, 7, 9, 2, true, Needs::nothing, "GTPv1-U tunnels"},
    {"up_bits_per_second", "up", "UP", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::nothing, "of the interface"},
    {"dn_bits_per_second", "dn", "DN", Form::bit_rate, "bit/s", 5, 7, 0, true, Needs::nothing, "of the interface"},
    {"packets_per_second", "pps", "PKT/S", Form::scaled, "packets/s", 5, 6, 6, true, Needs::nothing,
     "of the interface, both directions"},
    {"up_packets_per_second", "up_pps", "UP/S", Form::scaled, "packets/s", 5, 6, 13, true, Needs::nothing,
     "of the interface, from subscribers", "UP PKT"},
    {"dn_packets_per_second", "dn_pps", "DN/S", Form::scaled, "packets/s", 5, 6, 13, true, Needs::nothing,
     "of the interface, to subscribers", "DN PKT"},
    {"tx_errors_per_second", "txerr", "TXER/S", Form::scaled, "packets/s", 6, 7, 3, true, Needs::nothing,
     "packets without tunnel, route or room, per second", "TXERR/S"},
    {"no_route",
     "noroute",
     "NOROUTE",
     Form::scaled,
     {},
     7,
     7,
     7,
     true,
     Needs::nothing,
     "packets to peers without a route, since the interface was made"},
    {"loop",
     "loop",
     "LOOP",
     Form::scaled,
     {},
     5,
     5,
     7,
     true,
     Needs::nothing,
     "packets whose route to the peer led into the tunnel again"},
    {"rx_dropped", "rxdrop", "RXDROP", Form::scaled, {}, 6, 6, 7, true, Needs::nothing, "received and dropped"},
    {"no_tunnel_per_second", "notunnel", "NOTEID", Form::scaled, "packets/s", 6, 7, 5, true, Needs::nothing,
     "G-PDUs of TEIDs that nobody knows, per second"},
    {"receive_queue_bytes", "recvq", "RECV-Q", Form::octets, "octets", 6, 7, 5, true, Needs::sockets,
     "waiting at the sockets: packets that the module passed up and nobody reads"},
    {"socket_drops",
     "skdrop",
     "SKDROP",
     Form::scaled,
     {},
     6,
     7,
     3,
     true,
     Needs::sockets,
     "packets that did not fit the sockets' queues",
     "SK DROP"},
};

constexpr Column kEvents[] = {
    {"time", "time", "TIME", Form::time, "ns", 8, 12, 0, true, Needs::nothing, "when"},
    {"event", "event", "EVENT", Form::text, {}, 8, 16, 0, false, Needs::nothing, "what happened"},
    {"link", "link", "LINK", Form::text, {}, 4, 8, 4, false, Needs::nothing, "interface"},
    {"i_tei", "iteid", "I-TEI", Form::teid, {}, 8, 10, 1, false, Needs::nothing, "of the tunnel"},
    {"o_tei", "oteid", "O-TEI", Form::teid, {}, 8, 10, 5, false, Needs::nothing, "of the tunnel"},
    {"ms_address", "ms", "MS ADDRESS", Form::address, {}, 15, 26, 2, false, Needs::nothing, "of the subscriber"},
    {"peer", "peer", "PEER", Form::address, {}, 15, 26, 0, false, Needs::nothing, "whom it is about"},
    {"by_port",
     "by",
     "BY",
     Form::number,
     {},
     7,
     10,
     6,
     false,
     Needs::nothing,
     "netlink port of who asked for it, as in ss -f netlink; our module tells"},
    {"rtt_ns", "rtt", "RTT", Form::nanoseconds, "ns", 7, 8, 3, false, Needs::nothing, "of an Echo Response"},
};

constexpr Column kFindings[] = {
    {"severity", "severity", "SEVERITY", Form::text, {}, 9, 9, 2, true, Needs::nothing, "critical, warning or note"},
    {"id", "id", "ID", Form::text, {}, 7, 7, 0, false, Needs::nothing, "section of gtp-troubleshooting(7)"},
    {"since", "since", "SINCE", Form::time, "ns", 8, 8, 3, true, Needs::nothing, "when it was found first"},
    {"object",
     "object",
     "OBJECT",
     Form::text,
     {},
     10,
     24,
     1,
     false,
     Needs::nothing,
     "what it is about; empty: this host"},
    {"sentence", "sentence", "WHAT", Form::text, {}, 20, 255, 0, false, Needs::nothing, "in one sentence"},
};

static_assert(std::size(kTunnels) == static_cast<std::size_t>(TunnelColumn::count_));
static_assert(std::size(kPeers) == static_cast<std::size_t>(PeerColumn::count_));
static_assert(std::size(kLinks) == static_cast<std::size_t>(LinkColumn::count_));
static_assert(std::size(kEvents) == static_cast<std::size_t>(EventColumn::count_));
static_assert(std::size(kFindings) == static_cast<std::size_t>(FindingColumn::count_));

constexpr std::array<std::string_view, kViews> kViewNames = {"tunnels", "peers", "links", "events", "findings"};

template <typename Enum>
constexpr std::uint8_t number(Enum column) {
  return static_cast<std::uint8_t>(column);
}

}  // namespace

std::span<const Column> columns(View view) noexcept {
  switch (view) {
    case View::tunnels:
      return kTunnels;
    case View::peers:
      return kPeers;
    case View::links:
      return kLinks;
    case View::events:
      return kEvents;
    case View::findings:
      return kFindings;
  }
  return {};
}

std::string_view view_name(View view) noexcept { return kViewNames[static_cast<std::size_t>(view)]; }

std::optional<View> find_view(std::string_view name) noexcept {
  for (std::size_t i = 0; i < kViewNames.size(); ++i) {
    if (kViewNames[i] == name) return static_cast<View>(i);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> find_column(View view, std::string_view name) noexcept {
  const auto all = columns(view);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].name == name || all[i].key == name) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

std::string_view nearest_column(View view, std::string_view name) noexcept {
  Nearest nearest(name);
  for (const Column& column : columns(view)) nearest.consider(column.name);
  return nearest.best();
}

Sort default_sort(View view) noexcept {
  switch (view) {
    case View::tunnels:
      return {number(TunnelColumn::dn), true};
    case View::peers:
      return {number(PeerColumn::dn), true};
    case View::links:
      return {number(LinkColumn::link), false};
    case View::events:
      return {number(EventColumn::time), true};
    case View::findings:
      return {number(FindingColumn::severity), true};
  }
  return {};
}

Origin origin_of(const Column& column, const Capabilities& capabilities) noexcept {
  switch (column.needs) {
    case Needs::nothing:
      return Origin::module;
    case Needs::traffic:
      return capabilities.traffic;
    case Needs::drops:
      return capabilities.drops;
    case Needs::seen:
      return capabilities.seen;
    case Needs::created:
      return capabilities.created;
    case Needs::sockets:
      return capabilities.sockets ? Origin::module : Origin::none;
    case Needs::echo:
      return capabilities.echo ? Origin::module : Origin::none;
  }
  return Origin::none;
}

}  // namespace gtp::top
