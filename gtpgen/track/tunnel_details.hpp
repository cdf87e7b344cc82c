// SPDX-License-Identifier: GPL-2.0-or-later
//
// TunnelDetails: what is known of each tunnel beyond loss, for those who ask for it: reordering, duplicates, lateness,
// and the latency's least, mean and greatest. 40 octets a tunnel, and only for those that are used.
//
// Any thread may add; tunnels are locked, as in a shared StreamTracker.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>

#include "gtpgen/track/stream_tracker.hpp"

namespace gtp::gen {

class TunnelDetails {
 public:
  // All zero: nothing came.
  struct Detail {
    std::uint32_t reordered = 0;
    std::uint32_t duplicate = 0;
    std::uint32_t late = 0;
    std::uint32_t measured = 0;  // packets in the latencies
    // Of arrival - due, on two clocks that need not agree: only what is between two of them means anything then.
    std::int64_t sum_ns = 0;
    std::int64_t min_ns = 0;
    std::int64_t max_ns = 0;

    std::int64_t mean_ns() const noexcept { return measured == 0 ? 0 : sum_ns / measured; }
  };

  explicit TunnelDetails(std::uint32_t tunnels);

  void add(std::uint32_t tunnel, Arrival arrival, std::int64_t delay_ns) noexcept;
  // When no add() runs.
  const Detail& at(std::uint32_t tunnel) const noexcept { return details_[tunnel]; }

 private:
  static constexpr std::size_t kLocks = 4096;
  struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
  };

  std::unique_ptr<Detail[], Free> details_;
  std::unique_ptr<std::atomic_flag[]> locks_;
};

}  // namespace gtp::gen
