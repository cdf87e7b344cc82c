// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sequences: how many packets each stream (a tunnel in one direction) was sent. 5 octets each: the 32 bits that are
// sent, and how often they wrapped. A stream belongs to one sending thread; all have ended before sent() is read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace gtp::gen {

class Sequences {
 public:
  // [first] is 0 but in tests of the wrap.
  explicit Sequences(std::uint32_t streams, std::uint32_t first = 0) : next_(streams, first), laps_(streams) {}

  // take() will be called soon: a million streams do not fit into caches.
  void prefetch(std::uint32_t stream) const noexcept { __builtin_prefetch(&next_[stream], 1); }
  std::uint32_t take(std::uint32_t stream) noexcept {
    const std::uint32_t sequence = next_[stream]++;
    if (next_[stream] == 0) ++laps_[stream];
    return sequence;
  }
  // The last one that was taken has not been sent.
  void give_back(std::uint32_t stream) noexcept {
    if (next_[stream]-- == 0) --laps_[stream];
  }
  std::uint64_t sent(std::uint32_t stream) const noexcept { return std::uint64_t{laps_[stream]} << 32 | next_[stream]; }
  // Somebody else has counted.
  void set(std::uint32_t stream, std::uint64_t sent) noexcept {
    next_[stream] = static_cast<std::uint32_t>(sent);
    laps_[stream] = static_cast<std::uint8_t>(sent >> 32);
  }
  void clear() noexcept {
    std::ranges::fill(next_, 0U);
    std::ranges::fill(laps_, std::uint8_t{0});
  }

 private:
  std::vector<std::uint32_t> next_;
  std::vector<std::uint8_t> laps_;
};

}  // namespace gtp::gen
