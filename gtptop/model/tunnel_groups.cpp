// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <cmath>

#include "gtptop/model/answer.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::top {
namespace {

// An open group shows its first tunnels; whoever wants all of them filters by it.
constexpr std::uint64_t kOpenRows = 100;

struct Group {
  std::uint64_t id = 0;
  std::uint64_t tunnels = 0;
  bool counters = false;
  bool rates = false;
  bool drops = false;
  TunnelCounters sums;
  double up_bps = 0;
  double dn_bps = 0;
  double pps = 0;
  double drops_per_s = 0;
  std::uint32_t seen_s = 0;
};

// The subscribers of one group share their /24, in IPv6 the /48.
IpPrefix prefix_of(const IpAddress& ms) {
  if (ms.is_v4()) return {IpAddress::v4(ms.to_v4() & 0xffffff00U), 24};
  if (!ms.is_v6()) return {};
  std::array<std::byte, 16> octets{};
  std::copy_n(ms.octets().begin(), 6, octets.begin());
  return {IpAddress::from(octets), 48};
}

class Grouper {
 public:
  Grouper(const Model& model, Grouping grouping) : model_(model), grouping_(grouping) {}

  std::uint64_t id(const PackedTunnel& tunnel) {
    switch (grouping_) {
      case Grouping::peer:
        return tunnel.peer();
      case Grouping::link:
        return tunnel.link();
      default: {
        const auto [number, added] = prefixes_.insert(prefix_of(tunnel.ms()).address, prefix_list_.size());
        if (added) prefix_list_.push_back(prefix_of(tunnel.ms()));
        return *number;
      }
    }
  }
  std::string label(std::uint64_t id) const {
    switch (grouping_) {
      case Grouping::peer:
        return model_.peers[static_cast<std::uint32_t>(id)].address.text();
      case Grouping::link:
        return model_.links.name(model_.tunnels.link_index(static_cast<std::uint16_t>(id)));
      default: {
        const IpPrefix& prefix = prefix_list_[static_cast<std::size_t>(id)];
        return prefix.length == 0 ? "no address" : prefix.address.text() + "/" + std::to_string(prefix.length);
      }
    }
  }

 private:
  const Model& model_;
  Grouping grouping_;
  FlatTable<IpAddress, std::uint64_t> prefixes_;
  std::vector<IpPrefix> prefix_list_;
};

void count(Group& group, const PackedTunnel& tunnel) {
  ++group.tunnels;
  group.seen_s = std::max(group.seen_s, tunnel.seen_s());
  if (tunnel.has_counters()) {
    group.counters = true;
    group.sums.up_packets += tunnel.counters().up_packets;
    group.sums.up_bytes += tunnel.counters().up_bytes;
    group.sums.dn_packets += tunnel.counters().dn_packets;
    group.sums.dn_bytes += tunnel.counters().dn_bytes;
  }
  if (!tunnel.has_rates()) return;
  group.rates = true;
  group.up_bps += static_cast<double>(tunnel.up_bps());
  group.dn_bps += static_cast<double>(tunnel.dn_bps());
  group.pps += static_cast<double>(tunnel.pps());
  group.drops = group.drops || tunnel.has_drops();
  group.drops_per_s += static_cast<double>(tunnel.drops_per_s());
}

TunnelRow row_of(const Group& group, std::string label, std::uint64_t now_ns) {
  const auto whole = [](bool known, double value) {
    return known ? std::optional(static_cast<std::uint64_t>(std::llround(value))) : std::nullopt;
  };
  TunnelRow row;
  row.group = true;
  row.label = std::move(label);
  row.tunnels = group.tunnels;
  if (group.counters) row.counters = group.sums;
  row.up_bps = whole(group.rates, group.up_bps);
  row.dn_bps = whole(group.rates, group.dn_bps);
  row.pps = whole(group.rates, group.pps);
  row.drops_per_s = whole(group.drops && group.rates, group.drops_per_s);
  const std::uint64_t now_s = now_ns / 1'000'000'000;
  if (group.seen_s != 0) row.idle_s = now_s > group.seen_s ? now_s - group.seen_s : 0;
  return row;
}

}  // namespace

void group_page(const Model& model, const Query& query, Page& page) {
  Grouper grouper(model, query.grouping);
  std::vector<Group> groups;
  FlatTable<std::uint64_t, std::size_t> places;
  TunnelSubject subject(model);
  model.tunnels.for_each([&](RowId id, const PackedTunnel& tunnel) {
    subject.set(id);
    if (!query.filter.empty() && !query.filter.matches(subject)) return;
    const std::uint64_t group = grouper.id(tunnel);
    const auto [place, added] = places.insert(group, groups.size());
    if (added) {
      groups.emplace_back();
      groups.back().id = group;
    }
    count(groups[*place], tunnel);
  });

  struct Line {
    TunnelRow row;
    std::uint64_t id;
  };
  std::vector<Line> lines;
  lines.reserve(groups.size());
  for (const Group& group : groups) lines.push_back({row_of(group, grouper.label(group.id), model.now_ns), group.id});
  const auto column = static_cast<TunnelColumn>(query.sort.column);
  // What groups do not have sorts them by their name.
  const auto sort_value = [&](const Line& line) {
    if (column == TunnelColumn::peer) return Value(line.row.tunnels);
    Value found = value(line.row, column == TunnelColumn::history ? TunnelColumn::dn : column);
    return found.missing() ? Value(line.row.label) : found;
  };
  std::stable_sort(lines.begin(), lines.end(), [&](const Line& a, const Line& b) {
    return before(sort_value(a), sort_value(b), query.sort.descending);
  });

  page.matching = 0;
  const std::uint64_t end = query.offset + std::min(query.rows, kMaxPageRows);
  const TunnelOrder order(model, query.sort);
  for (Line& line : lines) {
    const bool open =
        std::find(query.open_groups.begin(), query.open_groups.end(), line.row.label) != query.open_groups.end();
    line.row.open = open;
    const std::uint64_t id = line.id;
    if (page.matching >= query.offset && page.matching < end) page.tunnels.push_back(std::move(line.row));
    ++page.matching;
    if (!open) continue;
    std::vector<Ranked> members;
    model.tunnels.for_each([&](RowId row, const PackedTunnel& tunnel) {
      subject.set(row);
      if (grouper.id(tunnel) != id || (!query.filter.empty() && !query.filter.matches(subject))) return;
      members.push_back(order(row, tunnel));
    });
    const auto shown = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(members.size(), kOpenRows));
    std::partial_sort(members.begin(), members.begin() + shown, members.end());
    for (std::ptrdiff_t i = 0; i < shown; ++i, ++page.matching) {
      if (page.matching < query.offset || page.matching >= end) continue;
      page.tunnels.push_back(tunnel_row(model, members[static_cast<std::size_t>(i)].row, true));
    }
  }
}

}  // namespace gtp::top
