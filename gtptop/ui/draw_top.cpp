// SPDX-License-Identifier: GPL-2.0-or-later
//
// The lines above the rows: title, meters, tabs.
#include <algorithm>

#include "gtptop/model/columns.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/spark.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {
namespace {

constexpr int kWide = 120;

// A piece of a line that may have to go; the highest priority goes first.
struct Piece {
  std::string text;
  int priority;
};

// The pieces that fit into [width], with [separator] between them.
std::string join(std::vector<Piece> pieces, int width, std::string_view separator) {
  std::erase_if(pieces, [](const Piece& piece) { return piece.text.empty(); });
  for (;;) {
    std::string out;
    for (const Piece& piece : pieces) {
      if (!out.empty()) out += separator;
      out += piece.text;
    }
    if (width_of(out) <= width || pieces.empty()) return out;
    const auto worst = std::max_element(pieces.begin(), pieces.end(),
                                        [](const Piece& a, const Piece& b) { return a.priority < b.priority; });
    pieces.erase(worst);
  }
}

std::string condition(const State& state, const Frame* frame) {
  if (frame == nullptr) return "READING";
  if (state.look_back != 0) {
    const std::uint64_t s = state.look_back * state.interval_ns / 1'000'000'000;
    return "-" + two_digits(s / 3600) + ":" + two_digits(s / 60 % 60) + ":" + two_digits(s % 60);
  }
  if (!frame->source.live)
    return std::string(frame->ended ? "REPLAY ENDED" : state.paused ? "REPLAY PAUSED" : "REPLAY");
  if (state.paused) return "PAUSED";
  if (frame->sweep.resync) return "RESYNC";
  if (!frame->sweep.complete && frame->notice.empty()) return "READING";
  return "LIVE";
}

std::string counted_by(const Frame& frame) {
  switch (frame.capabilities.traffic) {
    case Origin::module:
      return "";  // as it should be
    case Origin::tap:
      return "counted by tap";
    case Origin::device:
      return "links only counted";
    case Origin::none:
      return "tunnels not counted";
  }
  return "";
}

std::string sweep_text(const Frame& frame, bool wide) {
  if (!frame.sweep.duration_ms) return "";
  TextBuffer text;
  text.put("sweep ");
  const std::uint64_t ms = *frame.sweep.duration_ms;
  text.put_dec(ms / 1000);
  text.put('.');
  text.put_dec(ms % 1000 / 100);
  text.put(" s");
  if (wide) {
    text.put(" at ");
    text.put_dec(frame.sweep.cpu_percent);
    text.put("% CPU");
  }
  return std::string(text.view());
}

std::string many(std::uint64_t count, std::string_view one, std::string_view more, bool wide) {
  return (wide ? grouped(count) : grouped_in(count, 6)) + " " + std::string(count == 1 ? one : more);
}

}  // namespace

void draw_title(Canvas& canvas, int y, const State& state, const Frame* frame) {
  canvas.fill(0, y, canvas.width(), U' ', Ink::title);
  const bool wide = canvas.width() >= kWide;
  std::string left = " gtptop";
  std::vector<Piece> right = {{condition(state, frame), 0}};
  if (frame != nullptr) {
    const std::string detail = state.detail && frame->detail ? state.detail_label : "";
    left += " · " + cut(frame->source.host, wide ? 40 : 16);
    if (wide) left += " · netns " + cut(frame->source.netns, 24);
    if (canvas.width() < 40) left = " gtptop";
    right.push_back({wide ? "every " + seconds_text(state.interval_ns) : seconds_text(state.interval_ns), 5});
    right.push_back({counted_by(*frame), 1});
    right.push_back({sweep_text(*frame, wide), 6});
    if (frame->recording_samples) right.push_back({"recording " + grouped(*frame->recording_samples), 1});
    if (wide) {
      right.push_back({many(frame->links, "link", "links", true), 4});
      right.push_back({many(frame->peers, "peer", "peers", true), 4});
      right.push_back({many(frame->tunnels, "tunnel", "tunnels", true), 3});
    } else {
      right.push_back({many(frame->links, "link", "links", false) + " " + many(frame->peers, "peer", "peers", false) +
                           " " + many(frame->tunnels, "tunnel", "tunnels", false),
                       3});
    }
    right.push_back({clock_text(frame->time_ns), 2});
  }
  const int x = canvas.put(0, y, left, Ink::title);
  canvas.put_right(canvas.width() - 1, y, join(std::move(right), canvas.width() - x - 3, " · "), Ink::title);
}

namespace {

void draw_meter(Canvas& canvas, int y, const State& state, const Meter& meter, bool up, int end) {
  const bool wide = canvas.width() >= kWide;
  TextBuffer text;
  const auto rate = [&](std::optional<std::uint64_t> bps) {
    if (!bps) return std::string("-");
    return short_text(state.units.octets ? *bps / 8 : *bps, state.units.iec);
  };
  int x = canvas.put(0, y, up ? " UP " : " DN ", Ink::bold, end);
  if (wide) x = canvas.put(x, y, up ? " from subscribers  " : " to subscribers    ", Ink::plain, end);
  const std::string_view unit = state.units.octets ? " B/s  " : " bit/s";
  x = canvas.put(x, y, padded(rate(meter.bps), wide ? 6 : 5) + std::string(unit), Ink::plain, end);
  x = canvas.put(x, y, " " + padded(meter.pps ? short_text(*meter.pps, false) : "-", wide ? 7 : 5) + " pkt/s ",
                 Ink::plain, end);
  const std::string peak = wide && meter.peak_bps ? "  60 s, peak " + rate(meter.peak_bps) : "";
  const int bars = std::min(wide ? 40 : 20, end - x - 2 - width_of(peak));
  if (bars < 6) return;
  x = canvas.put(x + (wide ? 1 : 0), y, sparkline(meter.history, bars), up ? Ink::up : Ink::dn, end);
  canvas.put(x, y, peak, Ink::dim, end);
}

}  // namespace

void draw_meters(Canvas& canvas, int y, const State& state, const Frame* frame) {
  if (frame == nullptr) return;
  const bool wide = canvas.width() >= kWide;
  const auto& paths = frame->paths;
  const auto count = [&](PathState path) { return grouped(paths[static_cast<std::size_t>(path)]); };
  std::string top = wide ? "PATHS  " : "PATHS ";
  top += count(PathState::up) + " up" + (wide ? "  " : " ") + count(PathState::suspect) +
         (wide ? " suspect  " : " sus ") + count(PathState::down) + " down ";
  std::string bottom = wide ? "ERRORS  " : "ERR ";
  bottom +=
      "no tunnel " + (frame->no_tunnel_per_s ? short_text(*frame->no_tunnel_per_s, false) + "/s" : std::string("-"));
  bottom += (wide ? "  no route " : " route ") +
            (frame->no_route_per_s ? short_text(*frame->no_route_per_s, false) + "/s " : std::string("- "));
  const bool right = canvas.width() >= 70;
  const int width = right ? std::max(width_of(top), width_of(bottom)) : 0;
  const int end = canvas.width() - width;
  draw_meter(canvas, y, state, frame->up, true, end);
  draw_meter(canvas, y + 1, state, frame->dn, false, end);
  if (!right) return;
  const bool bad = paths[static_cast<std::size_t>(PathState::down)] != 0;
  canvas.put_right(canvas.width(), y, top, bad ? Ink::bad : Ink::plain);
  const bool errors = frame->no_tunnel_per_s.value_or(0) != 0 || frame->no_route_per_s.value_or(0) != 0;
  canvas.put_right(canvas.width(), y + 1, bottom, errors ? Ink::warn : Ink::plain);
}

void draw_tabs(Canvas& canvas, int y, const State& state, const Frame* frame) {
  constexpr std::string_view kWideNames[] = {"Tunnels", "Peers", "Links", "Events", "Findings"};
  constexpr std::string_view kNarrowNames[] = {"Tun", "Peer", "Link", "Event", "Find"};
  const bool wide = canvas.width() >= 100;
  int x = 0;
  for (std::size_t i = 0; i < kViews; ++i) {
    const bool here = static_cast<std::size_t>(state.view) == i;
    if (canvas.width() < 60 && !here) continue;
    std::string name = std::to_string(i + 1) + " " + std::string((wide ? kWideNames : kNarrowNames)[i]);
    const bool findings = i + 1 == kViews && frame != nullptr && frame->open_findings != 0;
    if (findings) name += ":" + std::to_string(frame->open_findings);
    const Ink ink = here ? Ink::bold : findings ? Ink::warn : Ink::plain;
    x = canvas.put(x, y, here ? "[" + name + "]" : " " + name + " ", ink);
  }
  if (frame == nullptr) return;
  const Page& page = frame->page;
  const ViewState& view = state.here();
  std::string right = grouped(page.matching);
  if (wide) right += " of " + grouped(page.total);
  if (page.view != state.view) right.clear();
  std::string filter = view.filter_text.empty() ? (wide                   ? "filter: none"
                                                   : canvas.width() >= 60 ? "no filter"
                                                                          : "")
                                                : (wide ? "filter: " : "") + printable(view.filter_text);
  if (state.view == View::tunnels && state.grouping != Grouping::none) {
    constexpr std::string_view kBy[] = {"", "by peer", "by link", "by prefix"};
    filter =
        std::string(kBy[static_cast<std::size_t>(state.grouping)]) + (view.filter_text.empty() ? "" : " · " + filter);
  }
  const int room = canvas.width() - x - 2 - width_of(right) - 3;
  const std::string text = (filter.empty() ? "" : cut(filter, room) + "   ") + right;
  canvas.put_right(canvas.width() - 1, y, text, view.filter_text.empty() ? Ink::dim : Ink::warn);
}

}  // namespace gtp::top
