// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pacer: turns a schedule into batches to send now, and keeps the account of how late they are.
//
//   pacer.next(batch)     the events to send together: the next one, and when we are late all that are due by now,
//                         kMaxBurst packets at most (one event may be longer). What is more than kMaxBacklogNs late
//                         is given up and counted as skipped: it counts against the rate, never as loss
//   (build the frames)
//   pacer.wait(batch)     until the first of them is due; returns the time
//   pacer.sent(batch, …)  lateness of each packet, for those that were sent
//
// Frames are built before the wait, so that building them does not make them late. One thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "gtpgen/pace/schedule.hpp"
#include "gtpgen/pace/waiter.hpp"
#include "libcommon/measure/histogram.hpp"

namespace gtp::gen {

class Pacer {
 public:
  static constexpr std::uint64_t kMaxBacklogNs = 10'000'000;

  // The packets of one moment, all due at [due_ns].
  struct Group {
    std::uint64_t due_ns = 0;
    std::uint32_t packets = 0;
  };
  struct Batch {
    std::array<Group, kMaxBurst> groups{};
    std::uint32_t group_count = 0;
    std::uint32_t packets = 0;

    std::span<const Group> view() const noexcept { return std::span(groups).first(group_count); }
  };

  // [lag] gets the lateness of every packet.
  Pacer(Clock& clock, Pacing pacing, const Schedule& schedule, std::uint64_t end_ns, measure::Histogram& lag) noexcept
      : clock_(clock), waiter_(clock, pacing), schedule_(schedule), end_ns_(end_ns), lag_(lag) {}

  // False: no more packets are due before the end, or [limit] is 0. At most [limit] packets.
  bool next(Batch& batch, std::uint64_t limit) noexcept;
  std::uint64_t wait(const Batch& batch) noexcept { return waiter_.wait_until(batch.groups[0].due_ns); }
  // The first [packets] of the batch have left at [now_ns].
  void sent(const Batch& batch, std::uint32_t packets, std::uint64_t now_ns) noexcept;

  // When the next packet would be due: how long what was sent took.
  std::uint64_t next_due_ns() const noexcept { return schedule_.peek().due_ns; }
  std::uint64_t skipped() const noexcept { return skipped_; }

 private:
  Clock& clock_;
  Waiter waiter_;
  Schedule schedule_;
  std::uint64_t end_ns_;
  std::uint64_t left_of_event_ = 0;  // of an event longer than a batch
  std::uint64_t skipped_ = 0;
  measure::Histogram& lag_;
};

}  // namespace gtp::gen
