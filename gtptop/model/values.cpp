// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::top {
namespace {

std::string last_digits(std::uint64_t tid) {
  TextBuffer text;
  text.put("tid ~");
  text.put_hex(tid & 0xffff, 4);
  return std::string(text.view());
}

Value recovery_of(const PeerRow& row) {
  if (!row.recovery) return row.rtt_ns || row.last_echo_s ? Value(std::string_view("n/a (U)")) : Value();
  std::string text = std::to_string(*row.recovery);
  if (row.recovery_before) text = std::to_string(*row.recovery_before) + ">" + text + " !";
  return text;
}

std::string load_text(std::uint64_t milli) {
  if (milli >= 10'000) return std::to_string((milli + 500) / 1000);
  return std::to_string(milli / 1000) + "." + std::to_string(milli % 1000 / 100);
}

template <typename Enum>
Enum as(std::size_t column) {
  return static_cast<Enum>(column);
}

}  // namespace

Value value(const TunnelRow& row, TunnelColumn column) {
  const bool v0 = row.key.version == 0;
  if (row.group) {
    switch (column) {
      case TunnelColumn::link:
      case TunnelColumn::version:
      case TunnelColumn::i_tei:
      case TunnelColumn::o_tei:
      case TunnelColumn::qfi:
      case TunnelColumn::presence:
        return {};
      case TunnelColumn::ms:
        return (row.open ? "- " : "+ ") + row.label;
      case TunnelColumn::peer:
        return std::to_string(row.tunnels) + (row.tunnels == 1 ? " tunnel" : " tunnels");
      default:
        break;
    }
  }
  switch (column) {
    case TunnelColumn::link:
      return row.link;
    case TunnelColumn::version:
      return std::uint64_t{row.key.version};
    case TunnelColumn::i_tei:
      if (row.side() == WireSide::sent) return {};
      return v0 ? Value(last_digits(row.key.id)) : Value(row.key.id);
    case TunnelColumn::o_tei:
      if (row.side() == WireSide::received) return {};
      return v0 ? Value("flow " + std::to_string(row.flow)) : Value(std::uint64_t{row.o_tei});
    case TunnelColumn::ms:
      return row.ms.is_v6() ? Value(row.ms.text() + "/64") : Value(row.ms);
    case TunnelColumn::peer:
      return row.peer;
    case TunnelColumn::up:
      return row.up_bps;
    case TunnelColumn::dn:
      return row.dn_bps;
    case TunnelColumn::pps:
      return row.pps;
    case TunnelColumn::up_total:
      return row.counters ? Value(row.counters->up_bytes) : Value();
    case TunnelColumn::dn_total:
      return row.counters ? Value(row.counters->dn_bytes) : Value();
    case TunnelColumn::drops:
      return row.drops_per_s;
    case TunnelColumn::idle:
      return row.idle_s;
    case TunnelColumn::age:
      return row.age_s;
    case TunnelColumn::qfi:
      return row.qfi ? Value(std::uint64_t{*row.qfi}) : Value();
    case TunnelColumn::presence:
      return std::string_view(row.presence == Presence::kernel ? "kernel" : "wire");
    case TunnelColumn::history:
    case TunnelColumn::count_:
      break;
  }
  return {};
}

Value value(const PeerRow& row, PeerColumn column) {
  switch (column) {
    case PeerColumn::state:
      return path_state_name(row.state);
    case PeerColumn::peer:
      return row.address;
    case PeerColumn::link:
      return row.link;
    case PeerColumn::tunnels:
      return row.tunnels;
    case PeerColumn::up:
      return row.up_bps;
    case PeerColumn::dn:
      return row.dn_bps;
    case PeerColumn::pps:
      return row.pps;
    case PeerColumn::up_total:
      return row.up_bytes;
    case PeerColumn::dn_total:
      return row.dn_bytes;
    case PeerColumn::error_indications:
      return row.error_indications;
    case PeerColumn::rtt:
      return row.rtt_ns;
    case PeerColumn::loss:
      return row.loss_percent;
    case PeerColumn::recovery:
      return recovery_of(row);
    case PeerColumn::last_echo:
      return row.last_echo_s;
    case PeerColumn::last_rx:
      return row.last_rx_s;
    case PeerColumn::history:
    case PeerColumn::count_:
      break;
  }
  return {};
}

Value value(const LinkRow& row, LinkColumn column) {
  const auto counted = [&](std::uint64_t LinkCounters::*counter) {
    return row.counters ? Value((*row.counters).*counter) : Value();
  };
  switch (column) {
    case LinkColumn::link:
      return row.name;
    case LinkColumn::state:
      return std::string_view(row.up ? "UP" : "DOWN");
    case LinkColumn::role:
      return role_name(row.role);
    case LinkColumn::sockets:
      return row.sockets.empty() ? Value() : Value(row.sockets);
    case LinkColumn::mtu:
      return std::uint64_t{row.mtu};
    case LinkColumn::buckets:
      return row.buckets;
    case LinkColumn::load:
      if (!row.buckets || *row.buckets == 0) return {};
      return load_text((row.tunnels_v0 + row.tunnels_v1) * 1000 / *row.buckets);
    case LinkColumn::restart_count:
      return row.restart_count;
    case LinkColumn::v0:
      return row.tunnels_v0;
    case LinkColumn::v1:
      return row.tunnels_v1;
    case LinkColumn::up:
      return row.up_bps;
    case LinkColumn::dn:
      return row.dn_bps;
    case LinkColumn::pps:
      return row.up_pps && row.dn_pps ? Value(*row.up_pps + *row.dn_pps) : Value();
    case LinkColumn::up_pps:
      return row.up_pps;
    case LinkColumn::dn_pps:
      return row.dn_pps;
    case LinkColumn::tx_errors:
      return row.tx_errors_per_s;
    case LinkColumn::no_route:
      return counted(&LinkCounters::no_route);
    case LinkColumn::loop:
      return counted(&LinkCounters::loop);
    case LinkColumn::rx_dropped:
      return counted(&LinkCounters::rx_dropped);
    case LinkColumn::no_tunnel:
      return row.no_tunnel_per_s;
    case LinkColumn::receive_queue:
      return row.receive_queue_bytes;
    case LinkColumn::socket_drops:
      return row.socket_drops;
    case LinkColumn::count_:
      break;
  }
  return {};
}

Value value(const Event& event, EventColumn column, std::string_view link) {
  const bool about_tunnel = event.key.id != 0;
  switch (column) {
    case EventColumn::time:
      return event.time_ns;
    case EventColumn::kind:
      return event_key(event.kind);
    case EventColumn::link:
      return link.empty() ? Value() : Value(link);
    case EventColumn::i_tei:
      if (!about_tunnel) return {};
      return event.key.version == 0 ? Value(last_digits(event.key.id)) : Value(event.key.id);
    case EventColumn::o_tei:
      return about_tunnel && event.key.version != 0 ? Value(std::uint64_t{event.o_tei}) : Value();
    case EventColumn::ms:
      return event.ms;
    case EventColumn::peer:
      return event.peer;
    case EventColumn::by:
      return event.asker_port ? Value(std::uint64_t{*event.asker_port}) : Value();
    case EventColumn::rtt:
      return event.rtt_ns;
    case EventColumn::count_:
      break;
  }
  return {};
}

Value value(const Finding& finding, FindingColumn column) {
  switch (column) {
    case FindingColumn::severity:
      return severity_name(finding.severity);
    case FindingColumn::id:
      return "GTP-" + std::to_string(finding.id);
    case FindingColumn::since:
      return finding.since_ns;
    case FindingColumn::object:
      return finding.object.text.empty() ? Value() : Value(finding.object.text);
    case FindingColumn::sentence:
      return finding.sentence;
    case FindingColumn::count_:
      break;
  }
  return {};
}

Value value(const Page& page, std::size_t row, std::size_t column) {
  switch (page.view) {
    case View::tunnels:
      return value(page.tunnels[row], as<TunnelColumn>(column));
    case View::peers:
      return value(page.peers[row], as<PeerColumn>(column));
    case View::links:
      return value(page.links[row], as<LinkColumn>(column));
    case View::events:
      return value(page.events[row], as<EventColumn>(column), page.event_links[row]);
    case View::findings:
      return value(page.findings[row], as<FindingColumn>(column));
  }
  return {};
}

std::span<const float> history(const Page& page, std::size_t row) noexcept {
  if (page.view == View::tunnels) return page.tunnels[row].history;
  if (page.view == View::peers) return page.peers[row].rtt_history;
  return {};
}

bool before(const Value& a, const Value& b, bool descending) {
  if (a.missing() || b.missing()) return !a.missing() && b.missing();
  const Value& low = descending ? b : a;
  const Value& high = descending ? a : b;
  if (a.kind != b.kind) return low.kind < high.kind;
  switch (a.kind) {
    case Value::Kind::number:
      return low.number < high.number;
    case Value::Kind::address:
      return low.address < high.address;
    default:
      return low.text < high.text;
  }
}

}  // namespace gtp::top
