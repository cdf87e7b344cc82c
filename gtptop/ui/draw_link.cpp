// SPDX-License-Identifier: GPL-2.0-or-later
//
// The page of one link: its row in words, and what the host has around it.
#include <algorithm>

#include "gtptop/model/format.hpp"
#include "gtptop/ui/draw.hpp"
#include "gtptop/ui/words.hpp"

namespace gtp::top {
namespace {

std::string known(std::optional<std::uint64_t> value) { return value ? grouped(*value) : "-"; }

std::string rate_text(std::optional<std::uint64_t> bps, std::optional<std::uint64_t> pps, const Units& units) {
  std::string text = bps ? short_text(units.octets ? *bps / 8 : *bps, units.iec) : "-";
  text += units.octets ? " B/s, " : " bit/s, ";
  return text + (pps ? short_text(*pps, false) : "-") + " pkt/s";
}

struct Line {
  std::string label;
  std::string text;
};

std::vector<Line> words_of(const LinkRow& link, const Units& units) {
  std::vector<Line> lines;
  lines.push_back({"link", printable(link.name) + " (ifindex " + std::to_string(link.index) + "), " +
                               (link.up ? "up" : "down") + ", role " + std::string(role_name(link.role)) + ", MTU " +
                               std::to_string(link.mtu)});
  lines.push_back({"tunnels", grouped(link.tunnels_v1) + " GTP-U v1, " + grouped(link.tunnels_v0) + " GTPv0, in " +
                                  known(link.buckets) + " hash buckets"});
  lines.push_back({"sockets", link.sockets.empty() ? "-" : printable(link.sockets)});
  lines.push_back({"UP", rate_text(link.up_bps, link.up_pps, units)});
  lines.push_back({"DN", rate_text(link.dn_bps, link.dn_pps, units)});
  const auto& counters = link.counters;
  const auto count = [&](std::uint64_t LinkCounters::*counter) {
    return counters ? grouped((*counters).*counter) : std::string("-");
  };
  lines.push_back({"errors", "send " + count(&LinkCounters::tx_errors) + ", no route " +
                                 count(&LinkCounters::no_route) + ", loop " + count(&LinkCounters::loop) +
                                 ", dropped " + count(&LinkCounters::rx_dropped) + ", unknown TEID " +
                                 known(counters ? counters->no_tunnel : std::nullopt)});
  return lines;
}

}  // namespace

void draw_link(Canvas& canvas, int y, int height, const State& state, const Frame& frame) {
  const LinkDetail& detail = *frame.link_detail;
  if (!detail.found) {
    canvas.put(2, y + 1, cut("this link is gone (Esc: back)", canvas.width() - 4), Ink::bold);
    return;
  }
  const auto lines = words_of(detail.row, state.units);
  const int box = std::min(static_cast<int>(lines.size()) + 2, height);
  canvas.box(0, y, canvas.width(), box, "Link");
  for (int i = 0; i + 2 < box; ++i) {
    const Line& line = lines[static_cast<std::size_t>(i)];
    canvas.put(2, y + 1 + i, line.label, Ink::dim);
    canvas.put(12, y + 1 + i, cut(line.text, canvas.width() - 14));
  }
  const int left = height - box;
  if (left < 3) return;
  const int wanted = std::max(static_cast<int>(detail.lines.size()) - state.page_scroll, 1) + 2;
  const int room = std::min(left, wanted);
  canvas.box(0, y + box, canvas.width(), room, "Addresses, routes, settings, sockets   (R: read again)");
  for (int i = 0; i + 2 < room; ++i) {
    const std::size_t at = static_cast<std::size_t>(state.page_scroll + i);
    if (at < detail.lines.size()) draw_check(canvas, y + box + 1 + i, detail.lines[at]);
  }
  if (detail.lines.empty()) canvas.put(2, y + box + 1, "nothing of this host is known", Ink::dim);
}

}  // namespace gtp::top
