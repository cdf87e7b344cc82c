// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/track/stream_tracker.hpp"

#include <algorithm>
#include <bit>
#include <new>

namespace gtp::gen {
namespace {

// One stripe of locks, held for the few nanoseconds of an add().
class Hold {
 public:
  explicit Hold(std::atomic_flag* flag) noexcept : flag_(flag) {
    if (flag_ == nullptr) return;
    while (flag_->test_and_set(std::memory_order_acquire)) {
      while (flag_->test(std::memory_order_relaxed)) {
      }
    }
  }
  ~Hold() {
    if (flag_ != nullptr) flag_->clear(std::memory_order_release);
  }
  Hold(const Hold&) = delete;
  Hold& operator=(const Hold&) = delete;

 private:
  std::atomic_flag* flag_;
};

// More lost of what was expected; among equals, more packets.
bool is_worse(const TunnelLoss& a, const TunnelLoss& b) noexcept {
  const double of_a = static_cast<double>(a.lost) / static_cast<double>(a.expected);
  const double of_b = static_cast<double>(b.lost) / static_cast<double>(b.expected);
  if (of_a != of_b) return of_a > of_b;
  if (a.lost != b.lost) return a.lost > b.lost;
  return a.tunnel < b.tunnel;
}

void keep_worst(std::vector<TunnelLoss>& worst, const TunnelLoss& loss) {
  const auto at = std::lower_bound(worst.begin(), worst.end(), loss, is_worse);
  if (worst.size() == StreamTracker::kWorst) {
    if (at == worst.end()) return;
    worst.pop_back();
  }
  worst.insert(std::lower_bound(worst.begin(), worst.end(), loss, is_worse), loss);
}

}  // namespace

void StreamCounts::merge(const StreamCounts& other) noexcept {
  received += other.received;
  lost += other.lost;
  reordered += other.reordered;
  reorder_max_distance = std::max(reorder_max_distance, other.reorder_max_distance);
  duplicate += other.duplicate;
  late += other.late;
}

void StreamTotals::merge(const StreamTotals& other) {
  expected += other.expected;
  received += other.received;
  lost += other.lost;
  tunnels_seen += other.tunnels_seen;
  tunnels_with_loss += other.tunnels_with_loss;
  for (const TunnelLoss& loss : other.worst) keep_worst(worst, loss);
}

StreamTracker::StreamTracker(std::uint32_t tunnels, Start start, bool shared)
    : states_(static_cast<State*>(std::calloc(std::max<std::size_t>(tunnels, 1), sizeof(State)))),
      tunnels_(tunnels),
      start_(start) {
  if (!states_) throw std::bad_alloc();
  if (shared) locks_ = std::make_unique<std::atomic_flag[]>(kLocks);
}

Arrival StreamTracker::add(StreamCounts& counts, std::uint32_t tunnel, std::uint32_t sequence) noexcept {
  if (tunnel >= tunnels_) return Arrival::unknown_tunnel;
  const Hold hold(locks_ ? &locks_[tunnel % kLocks] : nullptr);
  return arrive(states_[tunnel], counts, sequence);
}

Arrival StreamTracker::arrive(State& state, StreamCounts& counts, std::uint32_t sequence) const noexcept {
  if (state.next == 0) {
    // Everything before the start counts as having come.
    state.window = ~std::uint64_t{0};
    if (start_ == Start::first_seen && sequence >= kWindow) state.next = state.base = sequence;
  }
  // How far it is ahead of what would be next; the sequence number is the low half of a number that does not wrap.
  const auto ahead = static_cast<std::int32_t>(sequence - static_cast<std::uint32_t>(state.next));
  if (ahead >= 0) {
    const std::uint64_t steps = static_cast<std::uint64_t>(ahead) + 1;
    // Of the window's zeros, those that are pushed out are lost; so is what the window jumps over.
    if (steps >= kWindow) {
      counts.lost += kWindow - static_cast<unsigned>(std::popcount(state.window)) + (steps - kWindow);
      state.window = 1;
    } else {
      const std::uint64_t out = state.window >> (kWindow - steps);
      counts.lost += steps - static_cast<unsigned>(std::popcount(out));
      state.window = state.window << steps | 1;
    }
    state.next += steps;
    ++state.received;
    ++counts.received;
    return Arrival::in_order;
  }
  const std::uint64_t behind = static_cast<std::uint64_t>(-std::int64_t{ahead}) - 1;  // 0: the highest again
  if (behind >= kWindow || behind >= state.next) {
    ++counts.late;
    return Arrival::late;
  }
  const std::uint64_t bit = std::uint64_t{1} << behind;
  if ((state.window & bit) != 0) {
    // Before the base all bits are set, but what comes from there is no copy of anything we had.
    if (state.next - 1 - behind < state.base) {
      ++counts.late;
      return Arrival::late;
    }
    ++counts.duplicate;
    return Arrival::duplicate;
  }
  state.window |= bit;
  ++state.received;
  ++counts.received;
  ++counts.reordered;
  counts.reorder_max_distance = std::max(counts.reorder_max_distance, behind);
  return Arrival::reordered;
}

StreamTotals StreamTracker::finish() const {
  return finish([this](std::uint32_t tunnel) { return states_[tunnel].next; });
}

StreamTotals StreamTracker::finish(FunctionRef<std::uint64_t(std::uint32_t tunnel)> sent_of) const {
  StreamTotals totals;
  for (std::uint32_t tunnel = 0; tunnel < tunnels_; ++tunnel) {
    const State& state = states_[tunnel];
    // A receiver never has more than was sent: who says less does not know.
    const std::uint64_t sent = std::max(sent_of(tunnel), state.next);
    const std::uint64_t expected = sent - state.base;
    if (expected == 0) continue;
    const std::uint64_t lost = expected - state.received;
    totals.expected += expected;
    totals.received += state.received;
    totals.lost += lost;
    if (state.next != 0) ++totals.tunnels_seen;
    if (lost == 0) continue;
    ++totals.tunnels_with_loss;
    keep_worst(totals.worst, {tunnel, lost, expected});
  }
  return totals;
}

}  // namespace gtp::gen
