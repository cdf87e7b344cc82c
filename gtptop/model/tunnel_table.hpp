// SPDX-License-Identifier: GPL-2.0-or-later
//
// TunnelTable: up to some million tunnels. Rows of 88 octets in chunks that never move, so that growing needs no second
// copy, and an index of row numbers beside them:
//
//   index   | - | 17 | - | 3 | 4711 | …      open addressing, 4 octets a slot, at most 7/8 full
//   chunks  | row 0 … 4095 | row 4096 … |    a removed row joins the free list and is used again
//
// A million tunnels take 88 MB of rows and 4.6 to 6.4 MB of index. A row keeps one reading of the counters and the
// rates since the reading before: histories exist only for what is looked at (history.hpp).
//
// A RowId is good until its row is removed; who waits longer keeps the TunnelKey. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "gtptop/model/tunnel.hpp"

namespace gtp::top {

using RowId = std::uint32_t;
inline constexpr RowId kNoRow = UINT32_MAX;

// A row as it lies in memory. Read it through the functions: what a flag does not vouch for has no meaning.
class PackedTunnel {
 public:
  enum Flag : std::uint16_t {
    kUsed = 1U << 0,
    kVersion0 = 1U << 1,
    kInnerV6 = 1U << 2,
    kOnWireOnly = 1U << 3,
    kHasMs = 1U << 4,
    kSweep = 1U << 5,  // the parity of the sweep that told of it last
    kHasCounters = 1U << 6,
    kHasRates = 1U << 7,  // two readings with time between them
    kHasDrops = 1U << 8,
    kHasQfi = 1U << 9,
    kQfiShift = 10,  // the six bits above
  };

  std::uint16_t link() const noexcept { return link_; }  // number in the table: TunnelTable::link_index()
  bool version0() const noexcept { return has(kVersion0); }
  bool inner_v6() const noexcept { return has(kInnerV6); }
  std::uint64_t tid() const noexcept { return id_; }
  std::uint32_t i_tei() const noexcept { return static_cast<std::uint32_t>(id_ >> 32); }
  std::uint32_t o_tei() const noexcept { return has(kVersion0) ? 0 : static_cast<std::uint32_t>(id_); }
  std::uint16_t flow() const noexcept { return flow_; }
  WireSide side() const noexcept { return has(kVersion0) ? WireSide::none : static_cast<WireSide>(flow_); }
  std::uint32_t peer() const noexcept { return peer_; }  // number in the PeerTable
  IpAddress ms() const noexcept;
  Presence presence() const noexcept { return has(kOnWireOnly) ? Presence::wire : Presence::kernel; }
  std::optional<std::uint8_t> qfi() const noexcept;

  bool has_counters() const noexcept { return has(kHasCounters); }
  bool has_rates() const noexcept { return has(kHasRates); }
  bool has_drops() const noexcept { return has(kHasDrops); }
  const TunnelCounters& counters() const noexcept { return counters_; }
  float up_bps() const noexcept { return up_bps_; }
  float dn_bps() const noexcept { return dn_bps_; }
  float pps() const noexcept { return pps_; }
  std::uint32_t drops() const noexcept { return drops_; }
  float drops_per_s() const noexcept;
  std::uint32_t seen_s() const noexcept { return seen_s_; }        // since 1970; 0: not known
  std::uint32_t created_s() const noexcept { return created_s_; }  // 0: not known
  // Milliseconds since the counters were read, at [now_ms] of the same clock; wraps after 49 days.
  std::uint32_t age_ms(std::uint64_t now_ms) const noexcept { return static_cast<std::uint32_t>(now_ms) - sampled_ms_; }
  bool used() const noexcept { return has(kUsed); }
  // For sorting: greater for later addresses, IPv6 behind IPv4, none first.
  std::uint64_t ms_order() const noexcept;

 private:
  friend class TunnelTable;
  bool has(Flag flag) const noexcept { return (flags_ & flag) != 0; }
  void set(Flag flag, bool on) noexcept {
    flags_ = static_cast<std::uint16_t>(on ? flags_ | flag : flags_ & ~static_cast<unsigned>(flag));
  }

  std::uint64_t id_ = 0;  // TID, or I-TEI and O-TEI
  std::uint64_t ms_ = 0;  // the address; of IPv6 its first half
  TunnelCounters counters_;
  float up_bps_ = 0;
  float dn_bps_ = 0;
  float pps_ = 0;
  std::uint32_t peer_ = 0;  // of a free row: the next free one
  std::uint32_t drops_ = 0;
  std::uint32_t sampled_ms_ = 0;
  std::uint32_t seen_s_ = 0;
  std::uint32_t created_s_ = 0;
  std::uint16_t link_ = 0;
  std::uint16_t flow_ = 0;
  std::uint16_t flags_ = 0;
  std::uint16_t drop_rate_ = 0;  // the upper half of a float: eight bits of precision
};
static_assert(sizeof(PackedTunnel) == 88);

class TunnelTable {
 public:
  TunnelTable();
  TunnelTable(TunnelTable&&) noexcept;
  TunnelTable& operator=(TunnelTable&&) noexcept;
  ~TunnelTable();

  std::size_t size() const noexcept { return size_; }
  std::size_t memory_bytes() const noexcept;

  // [peer] is the number of sample.peer in the PeerTable. Adds the row or brings it up to date; true: it is new.
  // Rates are made from the counters of two readings at least [min_gap_ms] apart: a reading that comes earlier
  // changes nothing but identity. Counters that went back start anew, without a rate.
  struct Updated {
    RowId row = kNoRow;
    bool added = false;
  };
  Updated update(const TunnelSample& sample, std::uint32_t peer, std::uint64_t now_ms, std::uint32_t min_gap_ms);

  RowId find(const TunnelKey& key) const noexcept;
  TunnelKey key(RowId row) const noexcept;
  // The interface index of PackedTunnel::link().
  std::uint32_t link_index(std::uint16_t link) const noexcept { return links_[link]; }
  std::size_t link_count() const noexcept { return links_.size(); }
  bool remove(const TunnelKey& key) noexcept;
  void clear() noexcept;

  // Rows are numbered 0 … row_limit() - 1; some of them are free.
  RowId row_limit() const noexcept { return limit_; }
  const PackedTunnel& operator[](RowId row) const noexcept { return chunks_[row / kChunk][row % kChunk]; }

  template <typename F>
  void for_each(F&& f) const {
    for (RowId row = 0; row < limit_; ++row) {
      if (const PackedTunnel& tunnel = (*this)[row]; tunnel.used()) f(row, tunnel);
    }
  }

  // A sweep tells of every tunnel. What it has not told of is gone: end_sweep() calls gone(RowId) for each of them and
  // removes it. Rows that were added meanwhile by an event stay. A sweep that is given up is just begun again.
  void begin_sweep() noexcept;
  template <typename F>
  std::size_t end_sweep(F&& gone) {
    std::size_t count = 0;
    sweep_open_ = false;
    for (RowId row = 0; row < limit_; ++row) {
      const PackedTunnel& tunnel = (*this)[row];
      if (!tunnel.used() || tunnel.has(PackedTunnel::kSweep) == sweep_) continue;
      gone(row);
      remove_row(row);
      ++count;
    }
    return count;
  }

 private:
  static constexpr std::size_t kChunk = 4096;

  PackedTunnel& at(RowId row) noexcept { return chunks_[row / kChunk][row % kChunk]; }
  std::size_t slot_of(const TunnelKey& key) const noexcept;  // of the key, or the free one where it would stand
  std::size_t home(const TunnelKey& key) const noexcept;
  void grow_index();
  void remove_row(RowId row) noexcept;
  void read_counters(PackedTunnel& row, const TunnelSample& sample, std::uint64_t now_ms, std::uint32_t min_gap_ms);

  std::vector<std::unique_ptr<PackedTunnel[]>> chunks_;
  std::unique_ptr<RowId[]> index_;
  std::size_t slots_ = 0;
  std::size_t size_ = 0;
  RowId limit_ = 0;
  RowId free_ = kNoRow;
  std::uint64_t seed_;
  std::vector<std::uint32_t> links_;  // interface indexes; a number once given stays
  bool sweep_ = false;                // the parity of the sweep that runs, or ran last
  bool sweep_open_ = false;
};

}  // namespace gtp::top
