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

// Up to this many rows are kept in a heap. Beyond it the first row of the page is found by counting (Matches::at),
// which takes a few passes over the table and a bit of memory for each row.
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

namespace {

// The rows that pass a filter, a bit each, for who has to go over them several times.
class Matches {
 public:
  Matches(const Model& model, const filter::Filter& filter, const TunnelOrder& order)
      : model_(model), order_(order), bits_(model.tunnels.row_limit()) {
    for_each_match(model, filter, [&](RowId row, const PackedTunnel& tunnel) {
      const std::uint64_t key = order(row, tunnel).key;
      bits_[row] = true;
      ++count_;
      low_ = std::min(low_, key);
      high_ = std::max(high_, key);
    });
  }
  std::uint64_t count() const noexcept { return count_; }
  Ranked at(std::uint64_t rank) const;
  template <typename F>
  void for_each(F&& f) const {
    for (RowId row = 0; row < bits_.size(); ++row) {
      if (bits_[row]) f(order_(row, model_.tunnels[row]));
    }
  }

 private:
  const Model& model_;
  const TunnelOrder& order_;
  std::vector<bool> bits_;
  std::uint64_t count_ = 0;
  std::uint64_t low_ = UINT64_MAX;
  std::uint64_t high_ = 0;
};

constexpr unsigned kBucketBits = 16;
constexpr std::uint64_t kFew = 1U << kBucketBits;

// The range of keys in which the rank lies is cut into buckets, counted, and becomes one of them, until a few rows or
// one key are left. REQUIRES: rank < count().
Ranked Matches::at(std::uint64_t rank) const {
  std::uint64_t low = low_;
  std::uint64_t high = high_;
  std::vector<std::uint32_t> counts(kFew);
  while (low < high) {
    const auto width = static_cast<unsigned>(std::bit_width(high - low));
    const unsigned shift = width > kBucketBits ? width - kBucketBits : 0;
    std::fill(counts.begin(), counts.end(), 0);
    for_each([&](const Ranked& one) {
      if (one.key >= low && one.key <= high) ++counts[(one.key - low) >> shift];
    });
    std::uint64_t bucket = 0;
    while (rank >= counts[bucket]) rank -= counts[bucket++];
    low += bucket << shift;
    high = low + std::min(high - low, (std::uint64_t{1} << shift) - 1);
    if (counts[bucket] > kFew) continue;
    std::vector<Ranked> few;
    for_each([&](const Ranked& one) {
      if (one.key >= low && one.key <= high) few.push_back(one);
    });
    const auto wanted = few.begin() + static_cast<std::ptrdiff_t>(rank);
    std::nth_element(few.begin(), wanted, few.end());
    return *wanted;
  }
  // Rows of one key come in the order of their numbers.
  Ranked found{low, kNoRow};
  for_each([&](const Ranked& one) {
    if (one.key == low && rank-- == 0) found = one;
  });
  return found;
}

// The first [count] of all that are added, in order.
class First {
 public:
  explicit First(std::uint64_t count) : count_(static_cast<std::size_t>(count)) { ranked_.reserve(count_ + 1); }
  void add(const Ranked& one) {
    if (ranked_.size() == count_) {
      if (count_ == 0 || !(one < ranked_.front())) return;
      std::pop_heap(ranked_.begin(), ranked_.end());
      ranked_.back() = one;
    } else {
      ranked_.push_back(one);
    }
    std::push_heap(ranked_.begin(), ranked_.end());
  }
  std::vector<RowId> rows(std::uint64_t from) {
    std::sort_heap(ranked_.begin(), ranked_.end());
    std::vector<RowId> rows;
    for (std::uint64_t i = from; i < ranked_.size(); ++i) rows.push_back(ranked_[i].row);
    return rows;
  }

 private:
  std::size_t count_;
  std::vector<Ranked> ranked_;
};

}  // namespace

std::vector<RowId> select_tunnels(const Model& model, const filter::Filter& filter, const TunnelOrder& order,
                                  std::uint64_t first, std::uint64_t count, std::uint64_t& matching) {
  if (first + count <= kHeap) {
    First best(first + count);
    matching = 0;
    for_each_match(model, filter, [&](RowId row, const PackedTunnel& tunnel) {
      ++matching;
      best.add(order(row, tunnel));
    });
    return best.rows(first);
  }
  const Matches matches(model, filter, order);
  matching = matches.count();
  if (count == 0 || first >= matching) return {};
  const Ranked begin = matches.at(first);
  First best(count);
  matches.for_each([&](const Ranked& one) {
    if (!(one < begin)) best.add(one);
  });
  return best.rows(0);
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
