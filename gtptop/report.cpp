// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/report.hpp"

#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "libcommon/output/json_writer.hpp"
#include "libcommon/output/table.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::top {
namespace {

// On the screen from this priority on only when asked for; the same in text.
constexpr std::uint8_t kOnDemand = 11;

std::vector<std::uint8_t> chosen_columns(View view, const ReportOptions& options, bool machine) {
  if (!options.columns.empty()) return {options.columns.begin(), options.columns.end()};
  std::vector<std::uint8_t> chosen;
  const auto all = columns(view);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].form == Form::history || (!machine && all[i].priority >= kOnDemand)) continue;
    chosen.push_back(static_cast<std::uint8_t>(i));
  }
  return chosen;
}

// As programs want it: what the screen shortens or decorates, as it is.
Value machine_value(const Page& page, std::size_t row, std::size_t column) {
  if (page.view == View::tunnels) {
    const TunnelRow& tunnel = page.tunnels[row];
    const auto which = static_cast<TunnelColumn>(column);
    const bool tei = which == TunnelColumn::i_tei || which == TunnelColumn::o_tei;
    if (tei && tunnel.key.version == 0) return {};
    if (which == TunnelColumn::ms) return tunnel.group ? Value(tunnel.label) : Value(tunnel.ms);
    if (which == TunnelColumn::peer && tunnel.group) return {};
  }
  if (page.view == View::peers && static_cast<PeerColumn>(column) == PeerColumn::recovery) {
    return page.peers[row].recovery;
  }
  if (page.view == View::links && static_cast<LinkColumn>(column) == LinkColumn::load) {
    const LinkRow& link = page.links[row];
    if (!link.buckets || *link.buckets == 0) return {};
    return (link.tunnels_v0 + link.tunnels_v1) * 1000 / *link.buckets;
  }
  if (page.view == View::events && page.events[row].key.version == 0 &&
      static_cast<EventColumn>(column) == EventColumn::i_tei) {
    return {};
  }
  return value(page, row, column);
}

void put_json_value(output::JsonWriter& json, std::string_view key, const Value& value) {
  switch (value.kind) {
    case Value::Kind::missing:
      return json.null(key);
    case Value::Kind::number:
      return json.number(key, value.number);
    case Value::Kind::text:
      return json.text(key, value.text);
    case Value::Kind::address:
      return json.address(key, value.address);
  }
}

// What a row has besides its columns.
void put_extra(output::JsonWriter& json, const Page& page, std::size_t row) {
  if (page.view == View::tunnels) {
    const TunnelRow& tunnel = page.tunnels[row];
    if (tunnel.group) return json.number("tunnels", tunnel.tunnels);
    if (tunnel.key.version == 0) {
      TextBuffer tid;
      tid.put("0x");
      tid.put_hex(tunnel.key.id, 16);
      json.text("tid", tid.view());
      json.number("flow", tunnel.flow);
    }
    json.measured("up_packets", tunnel.counters ? std::optional(tunnel.counters->up_packets) : std::nullopt);
    json.measured("dn_packets", tunnel.counters ? std::optional(tunnel.counters->dn_packets) : std::nullopt);
    json.measured("drops", tunnel.drops);
    json.measured("read_milliseconds_ago", tunnel.stale_ms);
  } else if (page.view == View::findings) {
    json.boolean("acknowledged", page.findings[row].acknowledged);
  }
}

constexpr std::string_view kRowTypes[] = {"tunnel", "peer", "link", "event", "finding"};

void put_sample(TextBuffer& out, const Frame& frame) {
  output::JsonWriter json(out);
  {
    const auto line = json.object();
    json.text("type", "sample");
    json.text("schema", "gtptop-json/1");
    json.number("time_ns", frame.time_ns);
    json.text("view", view_name(frame.page.view));
    json.text("host", frame.source.host);
    json.text("netns", frame.source.netns);
    json.text("module", frame.source.module);
    json.text("traffic_from", origin_name(frame.capabilities.traffic));
    json.number("tunnels", frame.tunnels);
    json.number("peers", frame.peers);
    json.number("links", frame.links);
    json.number("matching", frame.page.matching);
    json.measured("up_bits_per_second", frame.up.bps);
    json.measured("dn_bits_per_second", frame.dn.bps);
    json.measured("up_packets_per_second", frame.up.pps);
    json.measured("dn_packets_per_second", frame.dn.pps);
    json.measured("no_tunnel_per_second", frame.no_tunnel_per_s);
    json.measured("no_route_per_second", frame.no_route_per_s);
    json.number("paths_up", frame.paths[static_cast<std::size_t>(PathState::up)]);
    json.number("paths_suspect", frame.paths[static_cast<std::size_t>(PathState::suspect)]);
    json.number("paths_down", frame.paths[static_cast<std::size_t>(PathState::down)]);
    json.number("open_findings", frame.open_findings);
    json.measured("sweep_milliseconds", frame.sweep.duration_ms);
    if (frame.notice.empty()) {
      json.null("notice");
    } else {
      json.text("notice", frame.notice);
    }
  }
  out.put('\n');
}

std::string shown(const Frame& frame, std::size_t row, std::size_t column, const Units& units) {
  TextBuffer text;
  const Column& info = columns(frame.page.view)[column];
  const std::size_t width = info.form == Form::address || info.form == Form::text ? 255 : info.max;
  put_value(text, value(frame.page, row, column), info, width, units, frame.time_ns);
  return std::string(text.view());
}

void put_summary(TextBuffer& out, const Frame& frame, const Units& units) {
  output::TimeFormat(output::TimeStyle::date).put(out, frame.time_ns / 1'000'000'000 * 1'000'000'000);
  out.truncate(out.size() - 7);  // without the fraction
  const auto rate = [&](std::string_view name, const Meter& meter) {
    out.put(name);
    if (meter.bps) {
      put_short(out, units.octets ? *meter.bps / 8 : *meter.bps, units.iec);
    } else {
      out.put('-');
    }
    out.put(units.octets ? " B/s" : " bit/s");
  };
  rate("  UP ", frame.up);
  rate("  DN ", frame.dn);
  out.put("  ");
  put_grouped(out, frame.page.matching, 26);
  out.put(" of ");
  put_grouped(out, frame.page.total, 26);
  out.put(' ');
  out.put(view_name(frame.page.view));
  out.put("  findings ");
  out.put_dec(frame.open_findings);
  out.put('\n');
  if (frame.notice.empty()) return;
  out.put("! ");
  out.put_escaped(frame.notice);
  out.put('\n');
}

}  // namespace

void put_text(TextBuffer& out, const Frame& frame, const ReportOptions& options) {
  put_summary(out, frame, options.units);
  const auto all = columns(frame.page.view);
  const auto chosen = chosen_columns(frame.page.view, options, false);
  std::vector<output::Column> heads;
  for (const std::uint8_t column : chosen) {
    const Column& info = all[column];
    output::Column head;
    head.key = info.key;
    head.heading = info.wide.empty() ? info.heading : info.wide;
    head.priority = options.columns.empty() ? info.priority : 0;
    head.align = right_aligned(info.form) ? output::Align::right : output::Align::left;
    heads.push_back(head);
  }
  output::Table table(heads);
  for (std::size_t row = 0; row < frame.page.rows(); ++row) {
    table.row();
    for (const std::uint8_t column : chosen) table.text(shown(frame, row, column, options.units));
  }
  table.put_text(out, options.width, output::Style(false));
}

void put_json(TextBuffer& out, const Frame& frame, const ReportOptions& options) {
  put_sample(out, frame);
  const auto all = columns(frame.page.view);
  const auto chosen = chosen_columns(frame.page.view, options, true);
  for (std::size_t row = 0; row < frame.page.rows(); ++row) {
    output::JsonWriter json(out);
    {
      const auto line = json.object();
      json.text("type", kRowTypes[static_cast<std::size_t>(frame.page.view)]);
      for (const std::uint8_t column : chosen)
        put_json_value(json, all[column].key, machine_value(frame.page, row, column));
      if (options.columns.empty()) put_extra(json, frame.page, row);
    }
    out.put('\n');
  }
}

void put_csv(TextBuffer& out, const Frame& frame, const ReportOptions& options) {
  const auto all = columns(frame.page.view);
  const auto chosen = chosen_columns(frame.page.view, options, true);
  std::vector<output::Column> heads = {{"sample_time_ns", "", output::Kind::number}};
  for (const std::uint8_t column : chosen) heads.push_back({all[column].key, "", output::Kind::number});
  output::Table table(heads);
  for (std::size_t row = 0; row < frame.page.rows(); ++row) {
    table.row().number(frame.time_ns);
    for (const std::uint8_t column : chosen) {
      const Value cell = machine_value(frame.page, row, column);
      switch (cell.kind) {
        case Value::Kind::missing:
          table.missing();
          break;
        case Value::Kind::number:
          table.number(cell.number);
          break;
        case Value::Kind::text:
          table.text(cell.text);
          break;
        case Value::Kind::address:
          table.address(cell.address);
          break;
      }
    }
  }
  TextBuffer text;
  table.put_delimited(text, output::Delimiter::comma);
  std::string_view lines = text.view();
  if (!options.first) lines.remove_prefix(std::min(lines.find('\n') + 1, lines.size()));
  out.put(lines);
}

}  // namespace gtp::top
