// SPDX-License-Identifier: GPL-2.0-or-later
//
// StreamTracker: which packets of which tunnel came, from the tunnel index and the sequence number in their stamps.
//
// Per tunnel it knows the highest sequence number so far and which of the 64 up to it have come:
//
//      given up          window: 64 sequence numbers           not yet sent, or on the way
//   … ───────────┤ 1 1 1 0 1 1 1 1 1 … 1 1 0 1 1 1 ├───────────────────────────────────────────
//                                                ^ highest
//
//   above the window   the window moves; what falls out of it without having come is lost
//   in it, new         reordered, unless it is the highest; its distance is how far the highest was ahead of it
//   in it, known       duplicate
//   below it           late: lost already, and lost it stays. A copy that comes this late is late, too
//
// So at any time, for each tunnel: highest + 1 = received + lost + missing in the window, and `received` counts every
// packet once. Sequence numbers wrap at 2^32; the numbers kept are 64 bits wide.
//
// 32 octets a tunnel, and only for those that are used (memory comes zeroed and untouched from the kernel). Many
// threads may add() to a tracker that was made `shared`, each with counts of its own; tunnels are then locked, some
// thousands of locks for all. Without `shared`, one thread.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include "libcommon/util/function_ref.hpp"

namespace gtp::gen {

// What add() has found. A value of one thread; merge() adds another's.
struct StreamCounts {
  std::uint64_t received = 0;   // distinct packets, reordered ones too
  std::uint64_t lost = 0;       // fell out of the window so far
  std::uint64_t reordered = 0;  // of those received
  std::uint64_t reorder_max_distance = 0;
  std::uint64_t duplicate = 0;
  std::uint64_t late = 0;

  void merge(const StreamCounts& other) noexcept;
};

enum class Arrival : std::uint8_t {
  in_order,
  reordered,
  duplicate,
  late,
  unknown_tunnel,  // an index that the tracker has no room for; nothing is counted
};
// Is it the first copy of a packet that has not been given up?
constexpr bool is_received(Arrival arrival) noexcept { return arrival <= Arrival::reordered; }

// What a tunnel lost in the end.
struct TunnelLoss {
  std::uint32_t tunnel = 0;
  std::uint64_t lost = 0;
  std::uint64_t expected = 0;

  friend bool operator==(const TunnelLoss&, const TunnelLoss&) = default;
};

// The account over all tunnels once nothing is on the way any more: expected = received + lost.
struct StreamTotals {
  std::uint64_t expected = 0;
  std::uint64_t received = 0;
  std::uint64_t lost = 0;
  std::uint32_t tunnels_seen = 0;
  std::uint32_t tunnels_with_loss = 0;
  std::vector<TunnelLoss> worst;  // by share lost, then by number; kWorst at most

  // Adds those of another run or host.
  void merge(const StreamTotals& other);
};

class StreamTracker {
 public:
  static constexpr std::size_t kWorst = 10;
  static constexpr std::uint32_t kWindow = 64;

  // Where a stream begins: at 0, as senders count, or where it was first seen, for those who come later. A first packet
  // within the first window counts from 0 either way.
  enum class Start : std::uint8_t { zero, first_seen };

  // Room for [tunnels] tunnels, 0 to tunnels - 1.
  explicit StreamTracker(std::uint32_t tunnels, Start start = Start::zero, bool shared = false);
  StreamTracker(StreamTracker&&) noexcept = default;
  StreamTracker& operator=(StreamTracker&&) noexcept = default;
  ~StreamTracker() = default;

  std::uint32_t tunnels() const noexcept { return tunnels_; }

  Arrival add(StreamCounts& counts, std::uint32_t tunnel, std::uint32_t sequence) noexcept;

  // The account, when no add() runs. Without [sent_of], what was sent behind the highest number is not known and not
  // expected. With it, it says how many packets each tunnel was sent.
  StreamTotals finish() const;
  StreamTotals finish(FunctionRef<std::uint64_t(std::uint32_t tunnel)> sent_of) const;

  // Of one tunnel, for lists: packets received, and lost if nothing is on the way.
  std::uint64_t received(std::uint32_t tunnel) const noexcept { return states_[tunnel].received; }
  std::uint64_t lost(std::uint32_t tunnel) const noexcept {
    const State& state = states_[tunnel];
    return state.next - state.base - state.received;
  }
  bool seen(std::uint32_t tunnel) const noexcept { return states_[tunnel].next != 0; }

 private:
  // All zero: nothing came.
  struct State {
    std::uint64_t window = 0;    // bit i: next - 1 - i has come, or lies before the base
    std::uint64_t next = 0;      // highest + 1, counted beyond 2^32
    std::uint64_t received = 0;  // distinct
    std::uint64_t base = 0;      // the first that is expected
  };
  static_assert(sizeof(State) == 32);

  static constexpr std::size_t kLocks = 4096;
  struct Free {
    void operator()(void* memory) const noexcept { std::free(memory); }
  };

  Arrival arrive(State& state, StreamCounts& counts, std::uint32_t sequence) const noexcept;

  std::unique_ptr<State[], Free> states_;
  std::unique_ptr<std::atomic_flag[]> locks_;  // empty: one thread only
  std::uint32_t tunnels_ = 0;
  Start start_;
};

}  // namespace gtp::gen
