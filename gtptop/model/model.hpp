// SPDX-License-Identifier: GPL-2.0-or-later
//
// Model: all that gtptop knows at one moment. The collector's thread owns and changes it; others get Frames.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "gtptop/model/event_log.hpp"
#include "gtptop/model/history.hpp"
#include "gtptop/model/link_table.hpp"
#include "gtptop/model/peer_table.hpp"
#include "gtptop/model/query.hpp"
#include "gtptop/model/tunnel_table.hpp"

namespace gtp::top {

struct Model {
  SourceInfo source;
  Capabilities capabilities;
  TunnelTable tunnels;
  PeerTable peers;
  LinkTable links;
  EventLog events;
  std::vector<Finding> findings;
  HistoryStore histories;
  Ring up_history{60};
  Ring dn_history{60};
  Sweep sweep;
  std::uint64_t now_ns = 0;  // of the figures
  std::uint64_t tick = 0;

  // What a source says of a tunnel. Rates want [min_gap_ms] between two readings.
  TunnelTable::Updated add(const TunnelSample& sample, std::uint32_t min_gap_ms) {
    const std::uint32_t peer = peers.intern(sample.peer);
    return tunnels.update(sample, peer, now_ns / 1'000'000, min_gap_ms);
  }
};

// A row of the table with everything that a viewer may want to know.
TunnelRow tunnel_row(const Model& model, RowId row, bool with_history);

// The sums of all links, or of all tunnels when no link has counters.
struct Totals {
  std::optional<std::uint64_t> up_bps;
  std::optional<std::uint64_t> dn_bps;
  std::optional<std::uint64_t> up_pps;
  std::optional<std::uint64_t> dn_pps;
  std::optional<std::uint64_t> no_tunnel_per_s;
  std::optional<std::uint64_t> no_route_per_s;
};
Totals totals(const Model& model);

// All of a frame but its page and its notices.
void fill_frame(const Model& model, Frame& frame);

}  // namespace gtp::top
