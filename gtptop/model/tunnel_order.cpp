// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "gtptop/model/answer.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/model/fields.hpp"
#include "gtptop/model/match.hpp"

namespace gtp::top {
namespace {

// Up to this many rows are kept in a heap; beyond it a selection over all is cheaper.
constexpr std::uint64_t kHeap = 4096;

// Monotone for numbers that are not negative.
std::uint64_t order_of(float value) noexcept { return std::bit_cast<std::uint32_t>(value); }

template <typename F>
void for_each_match(const Model& model, const filter::Filter& filter, F&& f) {
  if (filter.empty()) return model.tunnels.for_each(f);
  TunnelSubject subject(model);
  model.tunnels.for_each([&](RowId row, const PackedTunnel& tunnel) {
    subject.set(row);
    if (filter.matches(subject)) f(row, tunnel);
  });
}

}  // namespace

TunnelOrder::TunnelOrder(const Model& model, Sort sort) : model_(model), sort_(sort) {
  if (static_cast<TunnelColumn>(sort.column) == TunnelColumn::peer) {
    std::vector<std::uint32_t> numbers(model.peers.limit());
    std::iota(numbers.begin(), numbers.end(), 0);
    std::sort(numbers.begin(), numbers.end(),
              [&](auto a, auto b) { return model.peers[a].address < model.peers[b].address; });
    peer_rank_.resize(numbers.size());
    for (std::uint32_t i = 0; i < numbers.size(); ++i) peer_rank_[numbers[i]] = i;
  }
  if (static_cast<TunnelColumn>(sort.column) == TunnelColumn::link) {
    std::vector<std::uint32_t> numbers(model.tunnels.link_count());
    std::iota(numbers.begin(), numbers.end(), 0);
    const auto name = [&](std::uint32_t i) {
      return model.links.name(model.tunnels.link_index(static_cast<std::uint16_t>(i)));
    };
    std::sort(numbers.begin(), numbers.end(), [&](auto a, auto b) { return name(a) < name(b); });
    link_rank_.resize(numbers.size());
    for (std::uint32_t i = 0; i < numbers.size(); ++i) link_rank_[numbers[i]] = i;
  }
}

std::uint64_t TunnelOrder::ascending(const PackedTunnel& tunnel, bool& missing) const noexcept {
  missing = false;
  switch (static_cast<TunnelColumn>(sort_.column)) {
    case TunnelColumn::link:
      return link_rank_[tunnel.link()];
    case TunnelColumn::version:
      return tunnel.version0() ? 0 : 1;
    case TunnelColumn::i_tei:
      return tunnel.version0() ? tunnel.tid() : tunnel.i_tei();
    case TunnelColumn::o_tei:
      return tunnel.o_tei();
    case TunnelColumn::ms:
      return tunnel.ms_order();
    case TunnelColumn::peer:
      return peer_rank_[tunnel.peer()];
    case TunnelColumn::up:
      missing = !tunnel.has_rates();
      return order_of(tunnel.up_bps());
    case TunnelColumn::dn:
    case TunnelColumn::history:
      missing = !tunnel.has_rates();
      return order_of(tunnel.dn_bps());
    case TunnelColumn::pps:
      missing = !tunnel.has_rates();
      return order_of(tunnel.pps());
    case TunnelColumn::up_total:
      missing = !tunnel.has_counters();
      return tunnel.counters().up_bytes;
    case TunnelColumn::dn_total:
      missing = !tunnel.has_counters();
      return tunnel.counters().dn_bytes;
    case TunnelColumn::drops:
      missing = !tunnel.has_drops() || !tunnel.has_rates();
      return order_of(tunnel.drops_per_s());
    case TunnelColumn::idle:
      missing = tunnel.seen_s() == 0;
      return UINT32_MAX - tunnel.seen_s();
    case TunnelColumn::age:
      missing = tunnel.created_s() == 0;
      return UINT32_MAX - tunnel.created_s();
    case TunnelColumn::qfi:
      missing = !tunnel.qfi();
      return tunnel.qfi().value_or(0);
    case TunnelColumn::presence:
      return static_cast<std::uint64_t>(tunnel.presence());
    case TunnelColumn::count_:
      break;
  }
  return 0;
}

Ranked TunnelOrder::operator()(RowId row, const PackedTunnel& tunnel) const noexcept {
  bool missing = false;
  const std::uint64_t key = ascending(tunnel, missing);
  if (missing) return {UINT64_MAX, row};
  return {sort_.descending ? UINT64_MAX - 1 - std::min(key, UINT64_MAX - 1) : std::min(key, UINT64_MAX - 1), row};
}

std::vector<RowId> select_tunnels(const Model& model, const filter::Filter& filter, const TunnelOrder& order,
                                  std::uint64_t first, std::uint64_t count, std::uint64_t& matching) {
  std::vector<Ranked> ranked;
  matching = 0;
  if (first + count <= kHeap) {
    const auto size = static_cast<std::size_t>(first + count);
    ranked.reserve(size + 1);
    for_each_match(model, filter, [&](RowId row, const PackedTunnel& tunnel) {
      ++matching;
      const Ranked one = order(row, tunnel);
      if (ranked.size() == size) {
        if (size == 0 || !(one < ranked.front())) return;
        std::pop_heap(ranked.begin(), ranked.end());
        ranked.back() = one;
      } else {
        ranked.push_back(one);
      }
      std::push_heap(ranked.begin(), ranked.end());
    });
    std::sort_heap(ranked.begin(), ranked.end());
  } else {
    ranked.reserve(filter.empty() ? model.tunnels.size() : 0);
    for_each_match(model, filter, [&](RowId row, const PackedTunnel& tunnel) { ranked.push_back(order(row, tunnel)); });
    matching = ranked.size();
    const auto at = [&](std::uint64_t i) {
      return ranked.begin() + static_cast<std::ptrdiff_t>(std::min(i, matching));
    };
    std::nth_element(ranked.begin(), at(first), ranked.end());
    std::nth_element(at(first), at(first + count), ranked.end());
    std::sort(at(first), at(first + count));
    ranked.resize(static_cast<std::size_t>(std::min(matching, first + count)));
  }
  std::vector<RowId> rows;
  for (std::uint64_t i = first; i < ranked.size(); ++i) rows.push_back(ranked[i].row);
  return rows;
}

std::uint64_t rank_of(const Model& model, const filter::Filter& filter, const TunnelOrder& order, RowId row) {
  const Ranked wanted = order(row, model.tunnels[row]);
  std::uint64_t rank = 0;
  for_each_match(model, filter, [&](RowId other, const PackedTunnel& tunnel) {
    if (order(other, tunnel) < wanted) ++rank;
  });
  return rank;
}

std::optional<std::uint64_t> search_tunnels(const Model& model, const Query& query, const TunnelOrder& order) {
  const Query::Search& search = *query.search;
  const TunnelMatch match(model, search.text);
  if (match.never()) return std::nullopt;
  // Where the search stands, as a place in the order.
  std::optional<Ranked> here;
  if (search.after) {
    if (const RowId row = model.tunnels.find(*search.after); row != kNoRow) here = order(row, model.tunnels[row]);
  }
  std::optional<Ranked> next;    // the nearest one beyond
  std::optional<Ranked> around;  // the one at the far end
  const bool back = search.backwards;
  for_each_match(model, query.filter, [&](RowId row, const PackedTunnel& tunnel) {
    if (!match(row, tunnel)) return;
    const Ranked one = order(row, tunnel);
    const bool beyond = !here || (back ? one < *here : (search.or_here ? !(one < *here) : *here < one));
    std::optional<Ranked>& best = beyond ? next : around;
    if (!best || (back ? *best < one : one < *best)) best = one;
  });
  if (!next) next = around;
  return next ? std::optional(rank_of(model, query.filter, order, next->row)) : std::nullopt;
}

}  // namespace gtp::top
