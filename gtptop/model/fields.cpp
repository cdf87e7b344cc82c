// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/fields.hpp"

#include <cmath>

#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

using filter::FieldDef;
using filter::FieldId;
using filter::FieldType;
using filter::Probe;

std::string_view presence_names(std::size_t i) { return i == 0 ? "kernel" : i == 1 ? "wire" : ""; }
std::string_view role_names(std::size_t i) { return i == 0 ? "ggsn" : i == 1 ? "sgsn" : ""; }
std::string_view state_names(std::size_t i) { return i < 4 ? path_state_name(static_cast<PathState>(i)) : ""; }
std::string_view severity_names(std::size_t i) { return i < 3 ? severity_name(static_cast<Severity>(i)) : ""; }
std::string_view event_names(std::size_t i) {
  return i <= static_cast<std::size_t>(EventKind::resync) ? event_key(static_cast<EventKind>(i)) : "";
}

enum class TunnelField : FieldId {
  link,
  version,
  role,
  ms,
  peer,
  teid,
  i_tei,
  o_tei,
  tid,
  flow,
  up,
  dn,
  pps,
  up_total,
  dn_total,
  drops,
  idle,
  age,
  qfi,
  state,
  presence
};

constexpr FieldDef kTunnelFields[] = {
    {"link", FieldType::text, "interface that has the tunnel", "link gtp0"},
    {"ver", FieldType::number, "version of GTP", "ver 0", "version"},
    {"role", FieldType::enumeration, "role of the link", "role sgsn", {}, role_names},
    {"ms", FieldType::address, "address of the subscriber", "ms 10.45.0.0/16", "ue"},
    {"peer", FieldType::address, "the other end of the tunnel", "peer 192.0.2.41"},
    {"teid", FieldType::number, "either TEID", "teid 0x51a0ff17"},
    {"iteid", FieldType::number, "TEID of packets received here", "iteid 0x51a0ff17", "i_tei"},
    {"oteid", FieldType::number, "TEID of packets sent", "oteid 49155", "o_tei"},
    {"tid", FieldType::number, "TID of GTPv0", "tid 0x100010000000051"},
    {"flow", FieldType::number, "flow label of GTPv0", "flow 17"},
    {"up", FieldType::number, "bit/s from the subscriber", "up > 1M"},
    {"dn", FieldType::number, "bit/s to the subscriber", "dn > 10M"},
    {"pps", FieldType::number, "packets per second", "pps > 1k"},
    {"up_total", FieldType::number, "octets from the subscriber", "up_total = 0"},
    {"dn_total", FieldType::number, "octets to the subscriber", "dn_total > 1G"},
    {"drops", FieldType::number, "packets dropped per second", "drops > 0"},
    {"idle", FieldType::duration, "time since the last packet", "idle > 30s"},
    {"age", FieldType::duration, "time since the tunnel was made", "age < 1m"},
    {"qfi", FieldType::number, "QoS flow", "qfi 9"},
    {"state", FieldType::enumeration, "state of the path to the peer", "state down", {}, state_names},
    {"presence", FieldType::enumeration, "who knows of it: kernel or wire", "presence wire", {}, presence_names},
};

template <typename Enum>
constexpr std::size_t at(Enum column) {
  return static_cast<std::size_t>(column);
}

constexpr FieldDef kPeerFields[] = {
    {"peer", FieldType::address, "address of the peer", "peer 192.0.2.0/24"},
    {"link", FieldType::text, "first interface with a tunnel to it", "link gtp0"},
    {"state", FieldType::enumeration, "state of the path", "state suspect", {}, state_names},
    {"tunnels", FieldType::number, "its tunnels", "tunnels > 1000"},
    {"up", FieldType::number, "bit/s from subscribers", "up > 1G"},
    {"dn", FieldType::number, "bit/s to subscribers", "dn > 1G"},
    {"pps", FieldType::number, "packets per second", "pps > 100k"},
    {"errind", FieldType::number, "Error Indications received", "errind > 0"},
    {"rtt", FieldType::duration, "of the last Echo Response", "rtt > 10ms"},
    {"loss", FieldType::number, "percent of Echo Requests not answered", "loss > 0"},
};
constexpr std::size_t kPeerColumns[] = {
    at(PeerColumn::peer), at(PeerColumn::link), at(PeerColumn::state), at(PeerColumn::tunnels),
    at(PeerColumn::up),   at(PeerColumn::dn),   at(PeerColumn::pps),   at(PeerColumn::error_indications),
    at(PeerColumn::rtt),  at(PeerColumn::loss),
};

constexpr FieldDef kLinkFields[] = {
    {"link", FieldType::text, "interface", "link gtp*"},
    {"role", FieldType::enumeration, "its role", "role ggsn", {}, role_names},
    {"tunnels", FieldType::number, "GTPv1-U tunnels", "tunnels > 0"},
    {"mtu", FieldType::number, "of the interface", "mtu < 1500"},
    {"up", FieldType::number, "bit/s from subscribers", "up > 1G"},
    {"dn", FieldType::number, "bit/s to subscribers", "dn > 1G"},
    {"txerr", FieldType::number, "errors per second", "txerr > 0"},
    {"skdrop", FieldType::number, "packets that did not fit the sockets' queues", "skdrop > 0"},
};
constexpr std::size_t kLinkColumns[] = {
    at(LinkColumn::link), at(LinkColumn::role), at(LinkColumn::v1),        at(LinkColumn::mtu),
    at(LinkColumn::up),   at(LinkColumn::dn),   at(LinkColumn::tx_errors), at(LinkColumn::socket_drops),
};

constexpr FieldDef kEventFields[] = {
    {"event", FieldType::enumeration, "what happened", "event tunnel_removed", {}, event_names},
    {"link", FieldType::text, "interface", "link gtp0"},
    {"teid", FieldType::number, "either TEID", "teid 0x51a0ff17"},
    {"ms", FieldType::address, "address of the subscriber", "ms 10.45.0.1"},
    {"peer", FieldType::address, "whom it is about", "peer 192.0.2.41"},
    {"rtt", FieldType::duration, "of an Echo Response", "rtt > 10ms"},
    {"time", FieldType::time, "when", "time >= 2026-05-03T12:00:00Z"},
};

constexpr FieldDef kFindingFields[] = {
    {"severity", FieldType::enumeration, "how bad it is", "severity critical", {}, severity_names},
    {"id", FieldType::number, "section of gtp-troubleshooting(7)", "id 201"},
    {"object", FieldType::text, "what it is about", "object gtp0*"},
};

constexpr filter::Schema kSchemas[] = {filter::Schema(kTunnelFields), filter::Schema(kPeerFields),
                                       filter::Schema(kLinkFields), filter::Schema(kEventFields),
                                       filter::Schema(kFindingFields)};

std::uint64_t whole(float value) { return static_cast<std::uint64_t>(std::llround(value)); }

void offer(Probe& probe, FieldType type, const Value& value) {
  switch (value.kind) {
    case Value::Kind::missing:
      return;
    case Value::Kind::number:
      return probe.number(value.number);
    case Value::Kind::address:
      return probe.address(value.address);
    case Value::Kind::text:
      return type == FieldType::enumeration ? probe.enumerated(0, value.text) : probe.text(value.text);
  }
}

// A row whose fields are columns.
template <typename Get>
class ColumnSubject final : public filter::Subject {
 public:
  ColumnSubject(std::span<const FieldDef> fields, std::span<const std::size_t> columns, const Get& get) noexcept
      : fields_(fields), columns_(columns), get_(get) {}
  void values(FieldId field, Probe& probe) const override { offer(probe, fields_[field].type, get_(columns_[field])); }

 private:
  std::span<const FieldDef> fields_;
  std::span<const std::size_t> columns_;
  const Get& get_;
};

class EventSubject final : public filter::Subject {
 public:
  EventSubject(const Event& event, std::string_view link) noexcept : event_(event), link_(link) {}
  void values(FieldId field, Probe& probe) const override {
    switch (field) {
      case 0:
        return probe.enumerated(static_cast<std::uint64_t>(event_.kind), event_key(event_.kind));
      case 1:
        return link_.empty() ? void() : probe.text(link_);
      case 2:
        if (event_.key.id == 0) return;
        probe.number(event_.key.id);
        return probe.number(event_.o_tei);
      case 3:
        return event_.ms.empty() ? void() : probe.address(event_.ms);
      case 4:
        return event_.peer.empty() ? void() : probe.address(event_.peer);
      case 5:
        return event_.rtt_ns ? probe.number(*event_.rtt_ns) : void();
      default:
        return probe.number(event_.time_ns);
    }
  }

 private:
  const Event& event_;
  std::string_view link_;
};

class FindingSubject final : public filter::Subject {
 public:
  explicit FindingSubject(const Finding& finding) noexcept : finding_(finding) {}
  void values(FieldId field, Probe& probe) const override {
    if (field == 0)
      return probe.enumerated(static_cast<std::uint64_t>(finding_.severity), severity_name(finding_.severity));
    if (field == 1) return probe.number(finding_.id);
    if (!finding_.object.text.empty()) probe.text(finding_.object.text);
  }

 private:
  const Finding& finding_;
};

}  // namespace

const filter::Schema& schema(View view) noexcept { return kSchemas[static_cast<std::size_t>(view)]; }

Result<filter::Filter> compile_filter(View view, std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  const std::string word(text);
  if (!text.empty() && text.find(' ') == std::string_view::npos) {
    const bool tunnels = view == View::tunnels || view == View::events;
    if (IpPrefix::parse(text)) {
      if (tunnels) return filter::Filter::compile("ms " + word + " or peer " + word, schema(view));
      if (view == View::peers) return filter::Filter::compile("peer " + word, schema(view));
    }
    if (tunnels && parse_count(text)) return filter::Filter::compile("teid " + word, schema(view));
  }
  return filter::Filter::compile(text, schema(view));
}

void TunnelSubject::values(FieldId field, Probe& probe) const {
  const PackedTunnel& row = model_.tunnels[row_];
  const std::uint64_t now_s = model_.now_ns / 1'000'000'000;
  const auto duration = [&](std::uint32_t then_s) {
    if (then_s != 0) probe.number((now_s > then_s ? now_s - then_s : 0) * 1'000'000'000);
  };
  const auto link = [&] { return model_.links.find(model_.tunnels.link_index(row.link())); };
  switch (static_cast<TunnelField>(field)) {
    case TunnelField::link:
      if (const LinkRow* found = link()) probe.text(found->name);
      return;
    case TunnelField::version:
      return probe.number(row.version0() ? 0 : 1);
    case TunnelField::role:
      if (const LinkRow* found = link())
        probe.enumerated(static_cast<std::uint64_t>(found->role), role_name(found->role));
      return;
    case TunnelField::ms:
      if (const IpAddress ms = row.ms(); !ms.empty()) probe.address(ms);
      return;
    case TunnelField::peer:
      return probe.address(model_.peers[row.peer()].address);
    case TunnelField::teid:
      if (row.version0()) return;
      probe.number(row.i_tei());
      return probe.number(row.o_tei());
    case TunnelField::i_tei:
      return row.version0() || row.side() == WireSide::sent ? void() : probe.number(row.i_tei());
    case TunnelField::o_tei:
      return row.version0() || row.side() == WireSide::received ? void() : probe.number(row.o_tei());
    case TunnelField::tid:
      return row.version0() ? probe.number(row.tid()) : void();
    case TunnelField::flow:
      return row.version0() ? probe.number(row.flow()) : void();
    case TunnelField::up:
      return row.has_rates() ? probe.number(whole(row.up_bps())) : void();
    case TunnelField::dn:
      return row.has_rates() ? probe.number(whole(row.dn_bps())) : void();
    case TunnelField::pps:
      return row.has_rates() ? probe.number(whole(row.pps())) : void();
    case TunnelField::up_total:
      return row.has_counters() ? probe.number(row.counters().up_bytes) : void();
    case TunnelField::dn_total:
      return row.has_counters() ? probe.number(row.counters().dn_bytes) : void();
    case TunnelField::drops:
      return row.has_drops() && row.has_rates() ? probe.number(whole(row.drops_per_s())) : void();
    case TunnelField::idle:
      return duration(row.seen_s());
    case TunnelField::age:
      return duration(row.created_s());
    case TunnelField::qfi:
      if (const auto qfi = row.qfi()) probe.number(*qfi);
      return;
    case TunnelField::state: {
      const PathState state = model_.peers[row.peer()].state(model_.now_ns);
      return probe.enumerated(static_cast<std::uint64_t>(state), path_state_name(state));
    }
    case TunnelField::presence:
      return probe.enumerated(static_cast<std::uint64_t>(row.presence()),
                              presence_names(static_cast<std::size_t>(row.presence())));
  }
}

bool matches(const filter::Filter& filter, const PeerRow& row) {
  if (filter.empty()) return true;
  const auto get = [&](std::size_t column) { return value(row, static_cast<PeerColumn>(column)); };
  return filter.matches(ColumnSubject(kPeerFields, kPeerColumns, get));
}

bool matches(const filter::Filter& filter, const LinkRow& row) {
  if (filter.empty()) return true;
  const auto get = [&](std::size_t column) { return value(row, static_cast<LinkColumn>(column)); };
  return filter.matches(ColumnSubject(kLinkFields, kLinkColumns, get));
}

bool matches(const filter::Filter& filter, const Event& event, std::string_view link) {
  return filter.empty() || filter.matches(EventSubject(event, link));
}

bool matches(const filter::Filter& filter, const Finding& finding) {
  return filter.empty() || filter.matches(FindingSubject(finding));
}

}  // namespace gtp::top
