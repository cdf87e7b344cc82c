// SPDX-License-Identifier: GPL-2.0-or-later
//
// Statistics: what --stats says about a capture: the capture itself, messages and response times, causes, paths,
// sessions, tunnels, protocol errors. As tables for people, or as one JSON object (gtp-stats/1,
// docs/formats/gtp-stats-1.schema.json).
//
// Called after the tracker, in capture order, for packets that the filter selected and for those without a message
// (the capture counts them). Messages quoted in ICMP errors are no traffic of their own: counted once, apart.
//
// Memory is bounded whatever the capture holds: at most 45 MiB with every table full, of which 24 for tunnels; 0.3 MiB
// for a small capture. A G-PDU costs one hash lookup (its tunnel), and another when its path or session is not that of
// the packet before. One thread.
#pragma once

#include <cstdint>

#include "gtpdump/item.hpp"
#include "gtpdump/stats/capture_stats.hpp"
#include "gtpdump/stats/fault_stats.hpp"
#include "gtpdump/stats/message_stats.hpp"
#include "gtpdump/stats/path_stats.hpp"
#include "gtpdump/stats/session_stats.hpp"
#include "gtpdump/stats/tunnel_stats.hpp"
#include "gtpdump/track/tracker.hpp"

namespace gtp::dump {

class Statistics {
 public:
  // Asks [tracker] at the end which sessions are still there; names in annotations are its own, so it must outlive
  // this.
  explicit Statistics(const Tracker& tracker) : tracker_(tracker) {}

  void add(const Item& item);
  // From TransactionTable::on_unanswered(); those that were not add()ed are left out.
  void unanswered(const Request& request) { messages_.unanswered(request); }

  // [columns] of the terminal, 0: as wide as it gets. Empty sections are left out.
  void print(TextBuffer& out, const output::Style& style, unsigned columns) const;
  void print_json(TextBuffer& out) const;

 private:
  void add_user_data(const packet::Layer& layer, const SessionInfo& session, std::uint64_t octets, const Item& item);
  wire::FaultSet add_control(const packet::Layer& layer, const Annotation& known, const Item& item);

  const Tracker& tracker_;
  stats::CaptureStats capture_;
  stats::MessageStats messages_;
  stats::PathStats paths_;
  stats::SessionStats sessions_;
  stats::TunnelStats tunnels_;
  stats::FaultStats faults_;
};

}  // namespace gtp::dump
