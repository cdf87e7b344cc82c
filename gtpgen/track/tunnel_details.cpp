// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/track/tunnel_details.hpp"

#include <algorithm>
#include <new>

namespace gtp::gen {

TunnelDetails::TunnelDetails(std::uint32_t tunnels)
    : details_(static_cast<Detail*>(std::calloc(std::max<std::size_t>(tunnels, 1), sizeof(Detail)))),
      locks_(std::make_unique<std::atomic_flag[]>(kLocks)) {
  if (!details_) throw std::bad_alloc();
}

void TunnelDetails::add(std::uint32_t tunnel, Arrival arrival, std::int64_t delay_ns) noexcept {
  std::atomic_flag& lock = locks_[tunnel % kLocks];
  while (lock.test_and_set(std::memory_order_acquire)) {
  }
  Detail& detail = details_[tunnel];
  if (arrival == Arrival::reordered) ++detail.reordered;
  if (arrival == Arrival::duplicate) ++detail.duplicate;
  if (arrival == Arrival::late) ++detail.late;
  if (is_received(arrival)) {
    detail.min_ns = detail.measured == 0 ? delay_ns : std::min(detail.min_ns, delay_ns);
    detail.max_ns = detail.measured == 0 ? delay_ns : std::max(detail.max_ns, delay_ns);
    detail.sum_ns += delay_ns;
    ++detail.measured;
  }
  lock.clear(std::memory_order_release);
}

}  // namespace gtp::gen
