// SPDX-License-Identifier: GPL-2.0-or-later
//
// FloodSender: the packets of one thread of one lane, made in the kernel (XdpFlood), as fast as it can. Calls are made
// as long as half a second, since each has a long beginning; the program in the kernel looks at the time, the number of
// packets and the wish to stop at each packet.
//
// Numbers that were used are counted by the program. A packet that the interface did not take has its number, so it is
// a loss for who receives, and counted in `dropped` here.
#pragma once

#include "gtpgen/load/lane.hpp"
#include "gtpgen/load/sending.hpp"
#include "gtpgen/load/sequences.hpp"
#include "gtpgen/pace/clock.hpp"

namespace gtp::gen {

class FloodSender final : public Sending {
 public:
  FloodSender(Lane& lane, Flood& flood, Sequences& sequences, Clock& clock)
      : lane_(lane), flood_(flood), sequences_(sequences), clock_(clock) {}

  void reset() override;
  void run(const SenderPlan& plan, const std::atomic<bool>& stop) override;
  void interrupt() noexcept override { flood_.program->interrupt(); }
  SendCounts snapshot() override;
  const SendCounts& counts() const noexcept override { return counts_; }

 private:
  void count(SendCounts& counts) const noexcept;
  void flood(const SenderPlan& plan, const std::atomic<bool>& stop);

  Lane& lane_;
  Flood& flood_;
  Sequences& sequences_;
  Clock& clock_;
  SendCounts counts_;
};

}  // namespace gtp::gen
