// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/record/lines.hpp"
#include "libcommon/output/json_writer.hpp"

namespace gtp::top {
namespace {

using output::JsonWriter;

void put_key(JsonWriter& json, const TunnelKey& key) {
  json.number("link", key.link);
  json.number("version", key.version);
  if (key.version == 0) {
    TextBuffer tid;  // 64 bits: more than a JSON number holds everywhere
    tid.put("0x");
    tid.put_hex(key.id, 16);
    json.text("tid", tid.view());
  } else {
    json.number("i_tei", key.id);
  }
  if (key.inner_v6 != 0) json.boolean("inner_v6", true);
}

void put_optional(JsonWriter& json, std::string_view key, std::optional<std::uint64_t> value) {
  if (value) json.number(key, *value);
}

template <typename Write>
void put_object(TextBuffer& out, std::string_view type, const Write& write) {
  JsonWriter json(out);
  {
    const auto line = json.object();
    json.text("type", type);
    write(json);
  }
  out.put('\n');
}

}  // namespace

void put_header(TextBuffer& out, const RecordHeader& header) {
  put_object(out, "header", [&](JsonWriter& json) {
    json.text("schema", kRecordSchema);
    json.number("time_ns", header.time_ns);
    json.number("interval_ns", header.interval_ns);
    json.text("host", header.source.host);
    json.text("netns", header.source.netns);
    json.text("module", header.source.module);
    json.text("traffic", origin_name(header.capabilities.traffic));
    json.text("drops", origin_name(header.capabilities.drops));
    json.text("seen", origin_name(header.capabilities.seen));
    json.text("created", origin_name(header.capabilities.created));
    json.boolean("tunnels", header.capabilities.tunnels);
    json.boolean("events", header.capabilities.events);
    json.boolean("echo", header.capabilities.echo);
    json.boolean("sockets", header.capabilities.sockets);
  });
}

void put_time(TextBuffer& out, std::uint64_t time_ns) {
  put_object(out, "time", [&](JsonWriter& json) { json.number("time_ns", time_ns); });
}

void put_sample(TextBuffer& out, std::uint64_t number, std::uint64_t time_ns) {
  put_object(out, "sample", [&](JsonWriter& json) {
    json.number("number", number);
    json.number("time_ns", time_ns);
  });
}

void put_tunnel(TextBuffer& out, const TunnelSample& sample) {
  put_object(out, "tunnel", [&](JsonWriter& json) {
    put_key(json, sample.key);
    if (sample.key.version == 0) {
      json.number("flow", sample.flow);
    } else {
      json.number("o_tei", sample.o_tei);
      if (sample.flow != 0) json.number("flow", sample.flow);
    }
    if (!sample.ms.empty()) json.address("ms_address", sample.ms);
    if (!sample.peer.empty()) json.address("peer", sample.peer);
    if (sample.qfi) json.number("qfi", *sample.qfi);
    if (sample.presence == Presence::wire) json.text("presence", "wire");
    if (sample.counters) {
      json.number("up_packets", sample.counters->up_packets);
      json.number("up_bytes", sample.counters->up_bytes);
      json.number("dn_packets", sample.counters->dn_packets);
      json.number("dn_bytes", sample.counters->dn_bytes);
    }
    if (sample.drops) json.number("drops", *sample.drops);
    put_optional(json, "seen_s", sample.seen_s);
    put_optional(json, "created_s", sample.created_s);
  });
}

void put_tunnel_gone(TextBuffer& out, const TunnelKey& key) {
  put_object(out, "tunnel_gone", [&](JsonWriter& json) { put_key(json, key); });
}

void put_link(TextBuffer& out, const LinkRow& link) {
  put_object(out, "link", [&](JsonWriter& json) {
    json.number("index", link.index);
    json.text("name", link.name);
    json.boolean("up", link.up);
    json.text("role", role_name(link.role));
    if (!link.sockets.empty()) json.text("sockets", link.sockets);
    json.number("mtu", link.mtu);
    put_optional(json, "hash_buckets", link.buckets);
    put_optional(json, "restart_count", link.restart_count);
    if (link.counters) {
      json.number("up_packets", link.counters->up_packets);
      json.number("up_bytes", link.counters->up_bytes);
      json.number("dn_packets", link.counters->dn_packets);
      json.number("dn_bytes", link.counters->dn_bytes);
      json.number("tx_errors", link.counters->tx_errors);
      json.number("no_route", link.counters->no_route);
      json.number("loop", link.counters->loop);
      json.number("rx_dropped", link.counters->rx_dropped);
      put_optional(json, "no_tunnel", link.counters->no_tunnel);
    }
    put_optional(json, "receive_queue_bytes", link.receive_queue_bytes);
    put_optional(json, "receive_limit_bytes", link.receive_limit_bytes);
    put_optional(json, "socket_drops", link.socket_drops);
  });
}

void put_link_gone(TextBuffer& out, std::uint32_t index) {
  put_object(out, "link_gone", [&](JsonWriter& json) { json.number("index", index); });
}

void put_event(TextBuffer& out, const Event& event) {
  put_object(out, "event", [&](JsonWriter& json) {
    json.text("event", event_key(event.kind));
    json.number("time_ns", event.time_ns);
    put_key(json, event.key);
    json.number("o_tei", event.o_tei);
    if (!event.ms.empty()) json.address("ms_address", event.ms);
    if (!event.peer.empty()) json.address("peer", event.peer);
    if (event.asker_port) json.number("by_port", *event.asker_port);
    put_optional(json, "rtt_ns", event.rtt_ns);
    if (event.recovery) json.number("recovery", *event.recovery);
  });
}

void put_lost(TextBuffer& out) {
  put_object(out, "lost", [](JsonWriter&) {});
}

}  // namespace gtp::top
