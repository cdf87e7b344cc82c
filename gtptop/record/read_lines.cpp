// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/record/flat_object.hpp"
#include "gtptop/record/lines.hpp"
#include "libcommon/util/units.hpp"

namespace gtp::top {
namespace {

Error missing(std::string_view member) {
  return {ErrorCode::protocol, 0, "no \"" + std::string(member) + "\" in it", {}};
}

template <typename Integer>
Integer small(std::optional<std::uint64_t> value) {
  return static_cast<Integer>(value.value_or(0));
}

TunnelKey read_key(const FlatObject& object) {
  TunnelKey key;
  key.link = small<std::uint32_t>(object.number("link"));
  key.version = small<std::uint8_t>(object.number("version"));
  key.id = key.version == 0 ? parse_count(object.raw_text("tid")).value_or(0) : object.number("i_tei").value_or(0);
  key.inner_v6 = object.boolean("inner_v6").value_or(false) ? 1 : 0;
  return key;
}

std::optional<TunnelCounters> read_counters(const FlatObject& object) {
  const auto up_packets = object.number("up_packets");
  const auto up_bytes = object.number("up_bytes");
  const auto dn_packets = object.number("dn_packets");
  const auto dn_bytes = object.number("dn_bytes");
  if (!up_packets || !up_bytes || !dn_packets || !dn_bytes) return std::nullopt;
  return TunnelCounters{*up_packets, *up_bytes, *dn_packets, *dn_bytes};
}

Result<void> read_tunnel(const FlatObject& object, Receiver& receiver) {
  TunnelSample sample;
  sample.key = read_key(object);
  sample.o_tei = small<std::uint32_t>(object.number("o_tei"));
  sample.flow = small<std::uint16_t>(object.number("flow"));
  sample.ms = object.address("ms_address").value_or(IpAddress{});
  const auto peer = object.address("peer");
  if (!peer) return missing("peer");
  sample.peer = *peer;
  if (const auto qfi = object.number("qfi")) sample.qfi = static_cast<std::uint8_t>(*qfi);
  if (object.raw_text("presence") == "wire") sample.presence = Presence::wire;
  sample.counters = read_counters(object);
  if (const auto drops = object.number("drops")) sample.drops = static_cast<std::uint32_t>(*drops);
  sample.seen_s = object.number("seen_s");
  sample.created_s = object.number("created_s");
  receiver.tunnel(sample);
  return {};
}

Result<void> read_link(const FlatObject& object, Receiver& receiver) {
  LinkRow link;
  const auto index = object.number("index");
  if (!index) return missing("index");
  link.index = static_cast<std::uint32_t>(*index);
  link.name = object.text("name").value_or("");
  link.up = object.boolean("up").value_or(false);
  link.role = object.raw_text("role") == "sgsn" ? LinkRole::sgsn : LinkRole::ggsn;
  link.sockets = object.text("sockets").value_or("");
  link.mtu = small<std::uint32_t>(object.number("mtu"));
  link.buckets = object.number("hash_buckets");
  link.restart_count = object.number("restart_count");
  if (const auto traffic = read_counters(object)) {
    LinkCounters counters;
    counters.up_packets = traffic->up_packets;
    counters.up_bytes = traffic->up_bytes;
    counters.dn_packets = traffic->dn_packets;
    counters.dn_bytes = traffic->dn_bytes;
    counters.tx_errors = object.number("tx_errors").value_or(0);
    counters.no_route = object.number("no_route").value_or(0);
    counters.loop = object.number("loop").value_or(0);
    counters.rx_dropped = object.number("rx_dropped").value_or(0);
    counters.no_tunnel = object.number("no_tunnel");
    link.counters = counters;
  }
  link.receive_queue_bytes = object.number("receive_queue_bytes");
  link.receive_limit_bytes = object.number("receive_limit_bytes");
  link.socket_drops = object.number("socket_drops");
  receiver.link(link);
  return {};
}

void read_event(const FlatObject& object, Receiver& receiver) {
  const std::string_view name = object.raw_text("event");
  for (std::size_t kind = 0; kind <= static_cast<std::size_t>(EventKind::resync); ++kind) {
    if (event_key(static_cast<EventKind>(kind)) != name) continue;
    Event event;
    event.kind = static_cast<EventKind>(kind);
    event.time_ns = object.number("time_ns").value_or(0);
    event.key = read_key(object);
    event.o_tei = small<std::uint32_t>(object.number("o_tei"));
    event.ms = object.address("ms_address").value_or(IpAddress{});
    event.peer = object.address("peer").value_or(IpAddress{});
    if (const auto by = object.number("by_port")) event.asker_port = static_cast<std::uint32_t>(*by);
    event.rtt_ns = object.number("rtt_ns");
    if (const auto recovery = object.number("recovery")) event.recovery = static_cast<std::uint8_t>(*recovery);
    receiver.event(event);
  }
}

Origin read_origin(const FlatObject& object, std::string_view key) {
  for (const Origin origin : {Origin::device, Origin::tap, Origin::module}) {
    if (object.raw_text(key) == origin_name(origin)) return origin;
  }
  return Origin::none;
}

}  // namespace

Result<RecordHeader> read_header(std::string_view line) {
  auto object = FlatObject::parse(line);
  const Error foreign{ErrorCode::protocol, 0, "not a recording of gtptop", {}};
  if (!object || object->raw_text("type") != "header") return foreign;
  const std::string schema = object->text("schema").value_or("");
  if (!schema.starts_with("gtptop-record/")) return foreign;
  if (schema != kRecordSchema) {
    return Error{ErrorCode::unsupported, 0, "a recording of another version: " + schema, "a newer gtptop"};
  }
  RecordHeader header;
  header.time_ns = object->number("time_ns").value_or(0);
  header.interval_ns = object->number("interval_ns").value_or(1'000'000'000);
  header.source.host = object->text("host").value_or("");
  header.source.netns = object->text("netns").value_or("");
  header.source.module = object->text("module").value_or("");
  header.source.live = false;
  header.capabilities.traffic = read_origin(*object, "traffic");
  header.capabilities.drops = read_origin(*object, "drops");
  header.capabilities.seen = read_origin(*object, "seen");
  header.capabilities.created = read_origin(*object, "created");
  header.capabilities.tunnels = object->boolean("tunnels").value_or(false);
  header.capabilities.events = object->boolean("events").value_or(false);
  header.capabilities.echo = object->boolean("echo").value_or(false);
  header.capabilities.sockets = object->boolean("sockets").value_or(false);
  return header;
}

Result<RecordLine> read_line(std::string_view line, Receiver& receiver) {
  auto object = FlatObject::parse(line);
  if (!object) return object.error();
  RecordLine read;
  const std::string_view type = object->raw_text("type");
  if (type == "tunnel") {
    if (auto done = read_tunnel(*object, receiver); !done) return done.error();
  } else if (type == "tunnel_gone") {
    receiver.tunnel_gone(read_key(*object));
  } else if (type == "link") {
    if (auto done = read_link(*object, receiver); !done) return done.error();
  } else if (type == "link_gone") {
    receiver.link_gone(small<std::uint32_t>(object->number("index")));
  } else if (type == "event") {
    read_event(*object, receiver);
  } else if (type == "lost") {
    receiver.lost();
  } else if (type == "time" || type == "sample") {
    const auto time = object->number("time_ns");
    if (!time) return missing("time_ns");
    read.kind = type == "time" ? RecordLine::Kind::time : RecordLine::Kind::sample;
    read.time_ns = *time;
  } else {
    read.kind = RecordLine::Kind::unknown;
  }
  return read;
}

}  // namespace gtp::top
