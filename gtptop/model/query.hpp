// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a viewer asks for (Query) and what it gets (Frame). The screen, batch text, JSON, CSV, Prometheus and replay are
// all viewers: they ask for one page of at most kMaxPageRows rows and never see the tables. A Frame is immutable and
// shared; it may be read by any thread and kept, which is how the screen looks back in time.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtptop/model/capability.hpp"
#include "gtptop/model/detail.hpp"
#include "gtptop/model/event.hpp"
#include "gtptop/model/finding.hpp"
#include "gtptop/model/link.hpp"
#include "gtptop/model/peer.hpp"
#include "gtptop/model/tunnel.hpp"
#include "libcommon/filter/filter.hpp"

namespace gtp::top {

enum class View : std::uint8_t { tunnels, peers, links, events, findings };
inline constexpr std::size_t kViews = 5;

enum class Grouping : std::uint8_t { none, peer, link, prefix };

struct Sort {
  std::uint8_t column = 0;  // of the view's column table (columns.hpp)
  bool descending = true;
  friend bool operator==(const Sort&, const Sort&) = default;
};

inline constexpr unsigned kMaxPageRows = 200;

struct Query {
  View view = View::tunnels;
  filter::Filter filter;    // of the view's schema
  std::string filter_text;  // the same as written
  Sort sort;
  Grouping grouping = Grouping::none;
  std::vector<std::string> open_groups;  // by label
  std::uint64_t offset = 0;              // the first row of the page
  unsigned rows = 50;                    // at most kMaxPageRows
  // Brings the page to this tunnel or peer: offset is then only a wish. Empty when it is gone.
  std::optional<TunnelKey> follow_tunnel;
  std::optional<IpAddress> follow_peer;
  // Finds the next row that matches, and around, and brings the page there.
  struct Search {
    std::string text;
    std::uint64_t from = 0;          // the row that the cursor is on
    std::optional<TunnelKey> after;  // the tunnel that it is on
    bool or_here = false;            // that row will do: the text is still being typed
    bool backwards = false;
    std::uint64_t number = 0;  // one search each; an answered one is not repeated
  };
  std::optional<Search> search;
  bool keep_order = false;                   // the order of the rows stays as it was when this became true
  bool hold = false;                         // nothing is read: the tables stay as they are
  std::optional<TunnelKey> detail;           // the detail page of a tunnel
  std::optional<std::uint32_t> link_detail;  // that of a link, by its index
  std::uint64_t number = 0;                  // of the query, to be found again in the frame
};

// One view's rows; only those of the view asked for are filled.
struct Page {
  View view = View::tunnels;
  std::uint64_t total = 0;     // in the table
  std::uint64_t matching = 0;  // the filter
  std::uint64_t offset = 0;    // of the first row
  std::vector<TunnelRow> tunnels;
  std::vector<PeerRow> peers;
  std::vector<LinkRow> links;
  std::vector<Event> events;
  std::vector<std::string> event_links;  // beside events: the names of their links
  std::vector<Finding> findings;
  std::optional<std::uint64_t> found;  // the row that a search or follow has found
  bool not_found = false;

  std::size_t rows() const noexcept {
    return tunnels.size() + peers.size() + links.size() + events.size() + findings.size();
  }
};

// A rate with its past, for the meters.
struct Meter {
  std::optional<std::uint64_t> bps;
  std::optional<std::uint64_t> pps;
  std::optional<std::uint64_t> peak_bps;  // of the history
  std::vector<float> history;             // bit/s, one a tick, oldest first, at most 60
};

struct Sweep {
  std::optional<std::uint64_t> duration_ms;  // of the last one that is complete
  std::uint64_t cpu_percent = 10;            // the budget
  std::uint64_t count = 0;                   // complete ones
  std::uint64_t resyncs = 0;                 // how often events were lost
  std::uint64_t resync_ns = 0;               // when last, since 1970
  std::uint64_t ended_ns = 0;                // the last complete one, since 1970
  bool complete = false;                     // there was one
  bool resync = false;                       // events were lost, the sweep that runs repairs it
};

struct Frame {
  std::uint64_t number = 0;
  std::uint64_t query = 0;    // the number of the query it answers
  std::uint64_t time_ns = 0;  // of the figures, since 1970
  SourceInfo source;
  Capabilities capabilities;
  Sweep sweep;
  std::uint64_t tunnels = 0;
  std::uint64_t peers = 0;
  std::uint64_t links = 0;
  std::array<std::uint64_t, 4> paths{};  // by PathState
  Meter up;
  Meter dn;
  std::optional<std::uint64_t> no_tunnel_per_s;
  std::optional<std::uint64_t> no_route_per_s;
  std::uint64_t open_findings = 0;  // not acknowledged, notes left out
  std::optional<Finding> worst;
  Page page;
  std::optional<TunnelDetail> detail;
  std::optional<LinkDetail> link_detail;
  // What the viewer should say: why there is nothing to see, or that a recording has ended. Empty: all is well.
  std::string notice;
  std::string notice_hint;
  bool held = false;
  bool ended = false;                              // of a recording
  std::optional<std::uint64_t> recording_samples;  // while a recording is made
  std::string recording_file;
};

using FramePtr = std::shared_ptr<const Frame>;

}  // namespace gtp::top
