// SPDX-License-Identifier: GPL-2.0-or-later
//
// Answerer: makes the page that a query asks for. What it keeps between queries is the order of rows while a viewer
// wants it kept, so one Answerer per viewer. On the thread that owns the model.
//
// Cost for a million tunnels: a page near the top is one pass with a small heap (17 ms); one far down takes some passes
// more (a bit of memory for each row); a filter adds 30 to 50 ns per row.
#pragma once

#include <vector>

#include "gtptop/model/model.hpp"
#include "gtptop/model/query.hpp"

namespace gtp::top {

class Answerer {
 public:
  Page answer(const Model& model, const Query& query);

 private:
  void keep_order(const Model& model, const Query& query);
  void kept_page(const Model& model, const Query& query, Page& page) const;

  bool kept_ = false;
  std::vector<RowId> order_;
  std::vector<TunnelKey> keys_;  // beside order_: a row may have become another tunnel's
  std::uint64_t last_search_ = 0;
};

// The tunnels of a model in the order of a query; tunnel_order.cpp.
struct Ranked {
  std::uint64_t key = 0;  // smaller comes first
  RowId row = kNoRow;
  friend bool operator<(const Ranked& a, const Ranked& b) noexcept {
    return a.key != b.key ? a.key < b.key : a.row < b.row;
  }
};

class TunnelOrder {
 public:
  TunnelOrder(const Model& model, Sort sort);
  Ranked operator()(RowId row, const PackedTunnel& tunnel) const noexcept;

 private:
  std::uint64_t ascending(const PackedTunnel& tunnel, bool& missing) const noexcept;

  const Model& model_;
  Sort sort_;
  std::vector<std::uint32_t> peer_rank_;  // by number, where it is the column
  std::vector<std::uint32_t> link_rank_;
};

// Ranks [first, first + count) of the tunnels that pass [filter], in order; sets [matching] to how many pass.
std::vector<RowId> select_tunnels(const Model& model, const filter::Filter& filter, const TunnelOrder& order,
                                  std::uint64_t first, std::uint64_t count, std::uint64_t& matching);
// How many of those that pass come before [row].
std::uint64_t rank_of(const Model& model, const filter::Filter& filter, const TunnelOrder& order, RowId row);
// The next one that `text` names behind rank [from], and around: its rank.
std::optional<std::uint64_t> search_tunnels(const Model& model, const Query& query, const TunnelOrder& order);

// Tunnels as groups; tunnel_groups.cpp.
void group_page(const Model& model, const Query& query, Page& page);

}  // namespace gtp::top
