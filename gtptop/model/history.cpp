// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/model/history.hpp"

#include <algorithm>
#include <cmath>

namespace gtp::top {

std::vector<float> Ring::last(std::size_t wanted) const {
  const std::uint64_t size = values_.size();
  const std::uint64_t known = std::min<std::uint64_t>({count_, size, wanted});
  std::vector<float> out;
  out.reserve(known);
  for (std::uint64_t i = count_ - known; i < count_; ++i) out.push_back(values_[i % size]);
  return out;
}

float Ring::peak() const noexcept {
  float peak = kUnknown;
  for (std::uint64_t i = 0; i < std::min<std::uint64_t>(count_, values_.size()); ++i) {
    if (!(peak >= values_[i]) && !std::isnan(values_[i])) peak = values_[i];
  }
  return peak;
}

void HistoryStore::forget_old(std::uint64_t tick) {
  // Whoever was not shown for a minute has nothing left to show; should a minute's worth still be too many, they all
  // go: someone scrolls through thousands of tunnels and looks at none.
  slots_.erase_if([&](const TunnelKey&, const Slot& slot) { return slot.newest + kTicks <= tick; });
  if (slots_.size() >= kTunnels) {
    slots_.erase_if([&](const TunnelKey&, const Slot& slot) { return slot.newest + 2 <= tick; });
  }
  if (slots_.size() >= kTunnels) slots_.clear();
}

void HistoryStore::add(const TunnelKey& key, std::uint64_t tick, float dn_bps) {
  Slot* slot = slots_.find(key);
  if (slot == nullptr) {
    if (slots_.size() >= kTunnels) forget_old(tick);
    Slot fresh{};
    fresh.first = fresh.newest = tick;
    slot = slots_.insert(key, fresh).first;
  }
  if (tick >= slot->newest + kTicks) slot->first = tick;
  for (std::uint64_t gap = slot->newest + 1; gap < tick && gap > slot->first; ++gap) slot->dn[gap % kTicks] = kUnknown;
  slot->dn[tick % kTicks] = dn_bps;
  slot->newest = tick;
}

std::vector<float> HistoryStore::last(const TunnelKey& key, std::uint64_t tick, std::size_t wanted) const {
  std::vector<float> out;
  const Slot* slot = slots_.find(key);
  if (slot == nullptr || slot->newest + kTicks <= tick) return out;
  wanted = std::min(wanted, kTicks);
  const std::uint64_t start = std::max(slot->first, tick + 1 > wanted ? tick + 1 - wanted : 0);
  for (std::uint64_t at = start; at <= tick; ++at) out.push_back(at <= slot->newest ? slot->dn[at % kTicks] : kUnknown);
  return out;
}

}  // namespace gtp::top
