// SPDX-License-Identifier: GPL-2.0-or-later
//
// XdpTransmitter: whole Ethernet frames through an AF_XDP socket (XdpQueue), past the IP stack, the queueing discipline
// and, with a driver that can, past socket buffers as well: twice the packets of a UDP socket without segmentation on
// a veth. Wants CAP_NET_RAW; captures on this host do not see them (zero copy) or see each as sent (copy).
//
// What comes back is received by the UDP socket beside, as with PacketTransmitter. The sources of a thread share its
// queue.
#pragma once

#include <memory>

#include "gtpgen/transmit/udp_transmitter.hpp"
#include "gtpgen/transmit/xdp_queue.hpp"

namespace gtp::gen {

class XdpTransmitter final : public Transmitter {
 public:
  XdpTransmitter(std::shared_ptr<XdpQueue> queue, std::unique_ptr<UdpTransmitter> receiver)
      : queue_(std::move(queue)), receiver_(std::move(receiver)) {}

  SendResult send(std::span<const FrameRun> runs) noexcept override;
  void flush() noexcept override;
  void drain_errors() override;
  int receive_fd() const noexcept override { return receiver_->receive_fd(); }
  const OuterHeader& outer() const noexcept override { return receiver_->outer(); }
  FrameStart start() const noexcept override { return FrameStart::link; }
  std::string name() const override { return queue_->zero_copy() ? "xdp+zerocopy" : "xdp+copy"; }

 private:
  std::shared_ptr<XdpQueue> queue_;
  std::unique_ptr<UdpTransmitter> receiver_;
};

}  // namespace gtp::gen
