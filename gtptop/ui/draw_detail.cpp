// SPDX-License-Identifier: GPL-2.0-or-later
//
// The detail page of one tunnel: what it is, its counters, a graph, the checks.
#include <algorithm>
#include <cmath>

#include "gtptop/model/format.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/spark.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {
namespace {

std::string teid_text(std::uint64_t teid) {
  TextBuffer text;
  text.put("0x");
  text.put_hex(teid, 8);
  text.put("   ");
  text.put_dec(teid);
  return std::string(text.view());
}

std::string or_dash(std::optional<std::uint64_t> value) { return value ? grouped(*value) : "-"; }

struct Line {
  std::string label;
  std::string text;
};

// In a [low] screen two facts share a line.
std::vector<Line> identity(const TunnelDetail& detail, const Frame& frame, bool low) {
  const TunnelRow& row = detail.row;
  const bool v0 = row.key.version == 0;
  std::vector<Line> lines;
  const std::string role = detail.role.empty() ? "" : ", role " + detail.role;
  // On the wire only: of no interface, and of one direction.
  const std::string interface = is_wire_link(row.key.link) ? "" : " (ifindex " + std::to_string(row.key.link) + ")";
  const std::string ours = row.side() == WireSide::sent ? "-" : teid_text(row.key.id);
  const std::string theirs = row.side() == WireSide::received ? "-" : teid_text(row.o_tei);
  lines.push_back({"link", printable(row.link) + interface + ", " + (v0 ? "GTPv0" : "GTP-U v1") + role});
  if (v0) {
    TextBuffer tid;
    tid.put("0x");
    tid.put_hex(row.key.id, 16);
    lines.push_back({"TID", std::string(tid.view())});
    lines.push_back({"flow label", std::to_string(row.flow)});
  } else if (low) {
    lines.push_back({"TEID", "ours " + ours + "   peer's " + theirs});
  } else {
    lines.push_back({"I-TEI (ours)", ours});
    lines.push_back({"O-TEI (peer)", theirs});
  }
  const std::string qfi = row.qfi ? std::to_string(*row.qfi) : "";
  const std::string ms = row.ms.empty() ? "-" : row.ms.text() + (row.ms.is_v6() ? "/64" : "");
  if (low) {
    lines.push_back({"MS address", ms + (qfi.empty() ? "" : "   QFI " + qfi) + "   peer " + row.peer.text()});
  } else {
    lines.push_back({"MS address", ms});
    lines.push_back({"peer", row.peer.text()});
    if (row.qfi) lines.push_back({"QFI", qfi});
  }
  if (row.presence == Presence::wire) lines.push_back({"known by", "its packets only: this kernel has no such tunnel"});
  std::string created = "-";
  if (detail.created_ns) {
    const std::uint64_t age =
        frame.time_ns > *detail.created_ns ? (frame.time_ns - *detail.created_ns) / 1'000'000'000 : 0;
    created = clock_text(*detail.created_ns) + " (" + ago_text(age) + ")";
  }
  const auto idle = [](std::optional<std::uint64_t> age_ms) {
    return age_ms ? ago_text(*age_ms / 1000) + " ago" : "-";
  };
  const std::string last = "UP " + idle(detail.up_idle_ms) + ", DN " + idle(detail.dn_idle_ms);
  if (low) {
    lines.push_back({"last packet", last + "   created " + created});
  } else {
    lines.push_back({"created", created});
    lines.push_back({"last packet", last});
  }
  return lines;
}

void draw_identity(Canvas& canvas, int x, int y, int width, const std::vector<Line>& lines) {
  canvas.box(x, y, width, static_cast<int>(lines.size()) + 2, "Tunnel");
  int at = y + 1;
  for (const Line& line : lines) {
    canvas.put(x + 2, at, line.label, Ink::dim);
    canvas.put(x + 16, at++, cut(line.text, width - 18), Ink::plain, x + width - 1);
  }
}

void draw_counters(Canvas& canvas, int x, int y, int width, int height, const State& state,
                   const TunnelDetail& detail) {
  canvas.box(x, y, width, height, "Counters");
  const int columns[] = {x + 24, x + 41, x + 51, x + 61, x + 72};
  const auto line = [&](int at, std::string_view label, const std::vector<std::string>& cells, Ink ink) {
    canvas.put(x + 2, at, cut(label, 36), ink, x + width - 1);
    for (std::size_t i = 0; i < cells.size() && columns[i] < x + width; ++i)
      canvas.put_right(columns[i], at, cells[i], ink);
  };
  const TunnelRow& row = detail.row;
  line(y + 1, "", {"packets", "octets", "pkt/s", state.units.octets ? "B/s" : "bit/s", "avg size"}, Ink::dim);
  const auto direction = [&](int at, std::string_view label, bool up) {
    const auto bps = up ? row.up_bps : row.dn_bps;
    const auto pps = up ? detail.up_pps : detail.dn_pps;
    std::vector<std::string> cells(5, "-");
    if (row.counters) {
      const std::uint64_t packets = up ? row.counters->up_packets : row.counters->dn_packets;
      const std::uint64_t bytes = up ? row.counters->up_bytes : row.counters->dn_bytes;
      cells[0] = grouped(packets);
      cells[1] = grouped(bytes);
      if (packets != 0) cells[4] = grouped(bytes / packets);
    }
    if (pps) cells[2] = short_text(*pps, false);
    if (bps) cells[3] = short_text(state.units.octets ? *bps / 8 : *bps, state.units.iec);
    line(at, label, cells, Ink::plain);
  };
  direction(y + 2, "UP", true);
  direction(y + 3, "DN", false);
  int at = y + 4;
  for (const NamedCounter& drop : detail.drops) {
    if (at >= y + height - 1) break;
    canvas.put(x + 2, at, cut(drop.name, width - 20), drop.value == 0 ? Ink::plain : Ink::warn);
    canvas.put_right(columns[1], at++, grouped(drop.value), drop.value == 0 ? Ink::plain : Ink::warn);
  }
  if (detail.drops.empty()) canvas.put(x + 2, at, "dropped: " + or_dash(row.drops));
}

void draw_history(Canvas& canvas, int y, int height, const State& state, const TunnelDetail& detail) {
  constexpr std::string_view kNames[] = {"DN bit/s", "UP bit/s", "packets/s"};
  const std::vector<float>* const kValues[] = {&detail.dn_bps, &detail.up_bps, &detail.pps};
  const auto which = static_cast<std::size_t>(state.graph);
  const std::vector<float>& values = *kValues[which];
  const int width = canvas.width() - 10;
  const std::uint64_t span = static_cast<std::uint64_t>(std::max(width, 0)) * state.graph_step * state.interval_ns;
  canvas.box(0, y, canvas.width(), height,
             std::string(kNames[which]) + ", last " + ago_text(span / 1'000'000'000) +
                 "   (v: DN, UP, packets   + - time scale)");
  float top = 0;
  const std::size_t seen = std::min(values.size(), static_cast<std::size_t>(std::max(width, 0)) * state.graph_step);
  for (std::size_t i = values.size() - seen; i < values.size(); ++i) {
    if (values[i] > top) top = values[i];
  }
  const int lines = height - 2;
  draw_graph(canvas, 9, y + 1, width, lines, values, state.graph_step, top,
             state.graph == GraphOf::up ? Ink::up : Ink::dn);
  if (!(top > 0) || lines < 1) return;
  const auto scale = [&](float part) { return padded(short_text(static_cast<std::uint64_t>(top * part), false), 6); };
  canvas.put(1, y + 1, scale(1), Ink::dim);
  if (lines >= 5) canvas.put(1, y + 1 + lines / 2, scale(0.5F), Ink::dim);
}

Ink outcome_ink(CheckOutcome outcome) {
  switch (outcome) {
    case CheckOutcome::ok:
      return Ink::good;
    case CheckOutcome::warn:
      return Ink::warn;
    case CheckOutcome::fail:
      return Ink::bad;
    default:
      return Ink::dim;
  }
}

int urgency(CheckOutcome outcome) {
  constexpr int kUrgency[] = {1, 2, 3, 4, 0};  // ok, note, warn, fail, skip
  return kUrgency[static_cast<std::size_t>(outcome)];
}

void draw_checks(Canvas& canvas, int y, int height, const TunnelDetail& detail) {
  canvas.box(0, y, canvas.width(), height, "Checks of this host   (R: run again)");
  int at = y + 1;
  // What is wrong comes first where there is not room for all.
  std::vector<LiveCheck> checks = detail.checks;
  if (static_cast<int>(checks.size()) > height - 2) {
    std::stable_sort(checks.begin(), checks.end(),
                     [](const LiveCheck& a, const LiveCheck& b) { return urgency(a.outcome) > urgency(b.outcome); });
  }
  for (const LiveCheck& check : checks) {
    if (at >= y + height - 1) return;
    draw_check(canvas, at++, check);
  }
  if (detail.checks.empty() && height > 2) canvas.put(2, at, "none ran", Ink::dim);
}

}  // namespace

void draw_check(Canvas& canvas, int y, const LiveCheck& check) {
  const bool wide = canvas.width() >= 120;
  const int look_width = wide ? 36 : 0;
  canvas.put(2, y, outcome_name(check.outcome), outcome_ink(check.outcome));
  canvas.put(8, y, cut(check.name, 22));
  const int x = wide ? 32 : 8 + std::min(22, width_of(check.name) + 1);
  canvas.put(x, y, cut(printable(check.what), canvas.width() - x - 2 - look_width));
  if (wide) canvas.put(canvas.width() - look_width, y, cut(printable(check.look), look_width - 2), Ink::dim);
}

void draw_detail(Canvas& canvas, int y, int height, const State& state, const Frame& frame) {
  const TunnelDetail& detail = *frame.detail;
  if (!detail.found) {
    canvas.put(2, y + 1, cut("this tunnel is gone (Esc: back)", canvas.width() - 4), Ink::bold);
    return;
  }
  const auto lines = identity(detail, frame, height < 30);
  const int box = std::min(static_cast<int>(lines.size()) + 2, height);
  const bool wide = canvas.width() >= 140;
  draw_identity(canvas, 0, y, wide ? 66 : canvas.width(), lines);
  int at = y + box;
  if (wide) {
    draw_counters(canvas, 67, y, canvas.width() - 67, box, state, detail);
  } else if (y + height - at >= 6) {
    const int counters = std::min(6, y + height - at);
    draw_counters(canvas, 0, at, canvas.width(), counters, state, detail);
    at += counters;
  }
  int left = y + height - at;
  // The graph has three lines before the checks have more than their worst.
  const int checks = std::min(std::max(static_cast<int>(detail.checks.size()), 1) + 2, std::max(left - 5, 3));
  if (left >= checks + 4) {
    draw_history(canvas, at, std::min(left - checks, 24), state, detail);
    at += std::min(left - checks, 24);
    left = y + height - at;
  }
  if (left >= 3) draw_checks(canvas, at, std::min(left, checks), detail);
}

}  // namespace gtp::top
