// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sending: what one thread of a trial does, and the account of it.
//
//   Sender        frames made here, by any Transmitter                     sender.hpp
//   FloodSender   packets made in the kernel, as fast as it can            flood_sender.hpp
//
// run() is the thread's; snapshot() and interrupt() may be called by another one meanwhile, everything else before or
// afterwards.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "gtpgen/frame/unwanted.hpp"
#include "gtpgen/pace/schedule.hpp"
#include "gtpgen/pace/waiter.hpp"
#include "libcommon/measure/histogram.hpp"

namespace gtp::gen {

struct SendCounts {
  std::uint64_t packets = 0;  // of tunnels, accepted by the kernel
  std::uint64_t bytes_l2 = 0;
  std::uint64_t bytes_inner = 0;
  std::array<std::uint64_t, kUnwantedKinds> unwanted{};
  std::uint64_t skipped = 0;
  std::uint64_t dropped = 0;     // of `packets`, those that the kernel says it could not send after all
  std::uint64_t no_buffers = 0;  // calls that were refused
  std::uint64_t first_ns = 0;    // due time of the first packet
  std::uint64_t end_ns = 0;      // when the last call returned
  int fatal = 0;                 // the errno that ended sending
  measure::Histogram lag;

  void merge(const SendCounts& other) noexcept;
};

// What a thread of a trial is to do.
struct SenderPlan {
  std::optional<SchedulePlan> schedule;  // empty: as fast as possible
  Pacing pacing = Pacing::hybrid;
  std::uint64_t start_ns = 0;
  std::uint64_t end_ns = UINT64_MAX;
  std::uint64_t limit = UINT64_MAX;  // packets
  std::uint64_t epoch_ns = 0;        // what stamps count from
  std::uint16_t run = 0;
};

class Sending {
 public:
  Sending() = default;
  Sending(const Sending&) = delete;
  Sending& operator=(const Sending&) = delete;
  virtual ~Sending() = default;

  // Before run(): nothing has been sent.
  virtual void reset() = 0;
  // Until the plan's end, or [stop].
  virtual void run(const SenderPlan& plan, const std::atomic<bool>& stop) = 0;
  // [stop] has been set: to be looked at soon, even by who is inside a long system call.
  virtual void interrupt() noexcept {}

  // What run() has counted so far, at most a few ms old while packets are sent.
  virtual SendCounts snapshot() = 0;
  virtual const SendCounts& counts() const noexcept = 0;
};

}  // namespace gtp::gen
