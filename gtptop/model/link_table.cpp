// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/link_table.hpp"

#include <algorithm>

namespace gtp::top {
namespace {

std::optional<std::uint64_t> per_second(std::optional<std::uint64_t> now, std::optional<std::uint64_t> before,
                                        std::uint64_t gap_ms, std::uint64_t factor = 1) {
  if (!now || !before || gap_ms == 0 || *now < *before) return std::nullopt;
  const double rate = static_cast<double>(*now - *before) * static_cast<double>(factor) * 1000;
  return static_cast<std::uint64_t>(rate / static_cast<double>(gap_ms) + 0.5);
}

void make_rates(LinkRow& row, const LinkRow& before, std::uint64_t gap_ms) {
  row.socket_drops_per_s = per_second(row.socket_drops, before.socket_drops, gap_ms);
  if (!row.counters || !before.counters) return;
  const LinkCounters& now = *row.counters;
  const LinkCounters& then = *before.counters;
  row.up_bps = per_second(now.up_bytes, then.up_bytes, gap_ms, 8);
  row.dn_bps = per_second(now.dn_bytes, then.dn_bytes, gap_ms, 8);
  row.up_pps = per_second(now.up_packets, then.up_packets, gap_ms);
  row.dn_pps = per_second(now.dn_packets, then.dn_packets, gap_ms);
  row.tx_errors_per_s = per_second(now.tx_errors, then.tx_errors, gap_ms);
  row.no_route_per_s = per_second(now.no_route, then.no_route, gap_ms);
  row.no_tunnel_per_s = per_second(now.no_tunnel, then.no_tunnel, gap_ms);
}

}  // namespace

bool LinkTable::update(const LinkRow& reading, std::uint64_t now_ms) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    LinkRow& row = rows_[i];
    if (row.index != reading.index) continue;
    LinkRow next = reading;
    next.tunnels_v0 = row.tunnels_v0;
    next.tunnels_v1 = row.tunnels_v1;
    make_rates(next, row, now_ms - read_ms_[i]);
    row = std::move(next);
    read_ms_[i] = now_ms;
    return false;
  }
  rows_.push_back(reading);
  read_ms_.push_back(now_ms);
  return true;
}

bool LinkTable::remove(std::uint32_t index) {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (rows_[i].index != index) continue;
    rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i));
    read_ms_.erase(read_ms_.begin() + static_cast<std::ptrdiff_t>(i));
    return true;
  }
  return false;
}

const LinkRow* LinkTable::find(std::uint32_t index) const noexcept {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const LinkRow& row) { return row.index == index; });
  return found == rows_.end() ? nullptr : &*found;
}

const LinkRow* LinkTable::find(std::string_view name) const noexcept {
  const auto found = std::find_if(rows_.begin(), rows_.end(), [&](const LinkRow& row) { return row.name == name; });
  return found == rows_.end() ? nullptr : &*found;
}

std::string LinkTable::name(std::uint32_t index) const {
  if (index == 0 || is_wire_link(index)) return "wire";
  const LinkRow* row = find(index);
  return row == nullptr ? "?" : row->name;
}

void LinkTable::count_tunnels(const TunnelTable& tunnels) {
  std::vector<std::uint64_t> v0(tunnels.link_count());
  std::vector<std::uint64_t> v1(tunnels.link_count());
  tunnels.for_each([&](RowId, const PackedTunnel& tunnel) { ++(tunnel.version0() ? v0 : v1)[tunnel.link()]; });
  for (LinkRow& row : rows_) {
    row.tunnels_v0 = row.tunnels_v1 = 0;
    for (std::size_t i = 0; i < v0.size(); ++i) {
      if (tunnels.link_index(static_cast<std::uint16_t>(i)) != row.index) continue;
      row.tunnels_v0 = v0[i];
      row.tunnels_v1 = v1[i];
    }
  }
}

}  // namespace gtp::top
