// SPDX-License-Identifier: GPL-2.0-or-later
//
// The pages of one tunnel and of one link, of a Gatherer.
#include <algorithm>

#include "gtptop/collect/gatherer.hpp"

namespace gtp::top {

// Once a tick, for the tunnel whose page is open.
void Gatherer::follow_detail() {
  if (!detail_key_) return;
  const RowId row = model_.tunnels.find(*detail_key_);
  if (row == kNoRow) return;
  const PackedTunnel& tunnel = model_.tunnels[row];
  const bool rates = tunnel.has_rates();
  detail_up_.add(rates ? tunnel.up_bps() : kUnknown);
  detail_dn_.add(rates ? tunnel.dn_bps() : kUnknown);
  detail_pps_.add(rates ? tunnel.pps() : kUnknown);
  if (!tunnel.has_counters()) return;
  // The table keeps the packets of both directions together.
  const TunnelCounters& now = tunnel.counters();
  const std::uint64_t gap = model_.now_ns - detail_before_ns_;
  if (detail_before_ && model_.now_ns > detail_before_ns_ && now.up_packets >= detail_before_->up_packets &&
      now.dn_packets >= detail_before_->dn_packets) {
    const auto rate = [&](std::uint64_t packets) {
      return static_cast<std::uint64_t>(static_cast<double>(packets) * 1e9 / static_cast<double>(gap) + 0.5);
    };
    detail_up_pps_ = rate(now.up_packets - detail_before_->up_packets);
    detail_dn_pps_ = rate(now.dn_packets - detail_before_->dn_packets);
  }
  detail_before_ = now;
  detail_before_ns_ = model_.now_ns;
}

void Gatherer::fill_detail(const TunnelKey& key, Frame& frame) {
  if (!detail_key_ || *detail_key_ != key) {
    detail_key_ = key;
    detail_up_.clear();
    detail_dn_.clear();
    detail_pps_.clear();
    detail_before_.reset();
    detail_up_pps_.reset();
    detail_dn_pps_.reset();
    detail_checked_ = false;
  }
  TunnelDetail detail;
  const RowId row = model_.tunnels.find(key);
  detail.found = row != kNoRow;
  detail.row.key = key;
  if (detail.found) {
    detail.row = tunnel_row(model_, row, false);
    if (const LinkRow* link = model_.links.find(key.link)) detail.role = role_name(link->role);
    if (auto read = source_->read_detail(detail); !read) failure_ = read.error();
  }
  if (!detail_checked_) {
    detail_checks_ = checker_ && detail.found ? checker_->check_tunnel(model_, detail) : std::vector<LiveCheck>{};
    detail_checked_ = true;
  }
  detail.checks = detail_checks_;
  detail.up_bps = detail_up_.last(600);
  detail.dn_bps = detail_dn_.last(600);
  detail.pps = detail_pps_.last(600);
  if (!detail.up_pps) detail.up_pps = detail_up_pps_;
  if (!detail.dn_pps) detail.dn_pps = detail_dn_pps_;
  frame.detail = std::move(detail);
}

void Gatherer::fill_link(std::uint32_t index, Frame& frame) {
  if (link_key_ != index) {
    link_key_ = index;
    link_checked_ = false;
  }
  LinkDetail detail;
  const LinkRow* row = model_.links.find(index);
  detail.found = row != nullptr;
  if (row != nullptr) detail.row = *row;
  if (!link_checked_) {
    link_lines_ = checker_ && detail.found ? checker_->check_link(model_, detail.row) : std::vector<LiveCheck>{};
    link_checked_ = true;
  }
  for (const Finding& finding : model_.findings) {
    if (finding.object.kind != FindingObject::Kind::link || finding.object.link != index) continue;
    const CheckOutcome outcome = finding.severity == Severity::note ? CheckOutcome::note : CheckOutcome::warn;
    detail.lines.push_back({outcome, "finding", finding.sentence, finding_name(finding.id)});
  }
  detail.lines.insert(detail.lines.end(), link_lines_.begin(), link_lines_.end());
  frame.link_detail = std::move(detail);
}

}  // namespace gtp::top
