// SPDX-License-Identifier: GPL-2.0-or-later
//
// HistoryStore: the rates of the last minute of tunnels that were on a screen lately, one pair a tick. Others have no
// history: a million of them would take half a gigabyte.
//
// Ring: a plain history of one figure, for the meters and the detail page. NaN stands for "not known". One thread.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "gtptop/model/tunnel.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::top {

inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

class Ring {
 public:
  explicit Ring(std::size_t size) : values_(size, kUnknown) {}

  void add(float value) noexcept { values_[count_++ % values_.size()] = value; }
  // The newest [wanted] at most, oldest first.
  std::vector<float> last(std::size_t wanted) const;
  float peak() const noexcept;  // NaN: nothing known
  void clear() noexcept { count_ = 0; }

 private:
  std::vector<float> values_;
  std::uint64_t count_ = 0;
};

class HistoryStore {
 public:
  static constexpr std::size_t kTicks = 60;
  static constexpr std::size_t kTunnels = 1024;

  // Once a tick for each tunnel that is shown, with the tick's number. A tunnel that was not shown in some ticks has a
  // gap there.
  void add(const TunnelKey& key, std::uint64_t tick, float dn_bps);
  // Up to [wanted] ticks until [tick], oldest first; empty: none.
  std::vector<float> last(const TunnelKey& key, std::uint64_t tick, std::size_t wanted) const;
  void clear() noexcept { slots_.clear(); }

 private:
  struct Slot {
    std::uint64_t first = 0;  // tick
    std::uint64_t newest = 0;
    float dn[kTicks];
  };
  void forget_old(std::uint64_t tick);

  FlatTable<TunnelKey, Slot> slots_;
};

}  // namespace gtp::top
