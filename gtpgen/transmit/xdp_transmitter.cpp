// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/xdp_transmitter.hpp"

namespace gtp::gen {

SendResult XdpTransmitter::send(std::span<const FrameRun> runs) noexcept {
  const std::uint64_t calls = queue_->calls();
  const std::uint64_t dropped = queue_->dropped();
  const SendResult result = queue_->send(runs);
  counts_.calls += queue_->calls() - calls;
  counts_.dropped += queue_->dropped() - dropped;
  return result;
}

void XdpTransmitter::flush() noexcept {
  const std::uint64_t dropped = queue_->dropped();
  queue_->flush();
  counts_.dropped += queue_->dropped() - dropped;
}

void XdpTransmitter::drain_errors() {
  receiver_->drain_errors();
  counts_.icmp = receiver_->counts().icmp;
}

}  // namespace gtp::gen
