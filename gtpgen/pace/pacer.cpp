// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/pace/pacer.hpp"

#include <algorithm>

namespace gtp::gen {

bool Pacer::next(Batch& batch, std::uint64_t limit) noexcept {
  batch.group_count = 0;
  batch.packets = 0;
  const std::uint64_t now = clock_.now_ns();
  // Too late for these.
  while (schedule_.peek().due_ns + kMaxBacklogNs < now && schedule_.peek().due_ns < end_ns_) {
    skipped_ += left_of_event_ != 0 ? left_of_event_ : schedule_.peek().packets;
    left_of_event_ = 0;
    schedule_.pop();
  }
  const std::uint64_t horizon = std::max(now, schedule_.peek().due_ns);
  std::uint64_t room = std::min<std::uint64_t>(kMaxBurst, limit);
  while (room != 0 && batch.group_count < kMaxBurst) {
    const Schedule::Event& event = schedule_.peek();
    if (event.due_ns >= end_ns_ || event.due_ns > horizon) break;
    const std::uint64_t left = left_of_event_ != 0 ? left_of_event_ : event.packets;
    const std::uint64_t taken = std::min(left, room);
    batch.groups[batch.group_count++] = {event.due_ns, static_cast<std::uint32_t>(taken)};
    batch.packets += static_cast<std::uint32_t>(taken);
    room -= taken;
    left_of_event_ = left - taken;
    if (left_of_event_ == 0) schedule_.pop();
  }
  return batch.packets != 0;
}

void Pacer::sent(const Batch& batch, std::uint32_t packets, std::uint64_t now_ns) noexcept {
  for (const Group& group : batch.view()) {
    const std::uint32_t these = std::min(packets, group.packets);
    const std::uint64_t late = now_ns > group.due_ns ? now_ns - group.due_ns : 0;
    for (std::uint32_t i = 0; i < these; ++i) lag_.add(late);
    packets -= these;
  }
}

}  // namespace gtp::gen
