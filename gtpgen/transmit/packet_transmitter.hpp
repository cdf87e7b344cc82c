// SPDX-License-Identifier: GPL-2.0-or-later
//
// PacketTransmitter: whole Ethernet frames through an AF_PACKET socket, past the IP stack and the queueing discipline
// (PACKET_QDISC_BYPASS): 1.5 times the packets of a UDP socket without segmentation, and frames on the wire exactly as
// they were built. Wants CAP_NET_RAW.
//
// What comes back is received by the UDP socket that it has beside: bound as one that sends would be, it also keeps the
// kernel from answering with "port unreachable".
#pragma once

#include <memory>

#include "gtpgen/transmit/udp_transmitter.hpp"

namespace gtp::gen {

// Where frames go on the link: the interface, and the addresses of both ends.
struct LinkPath {
  std::uint32_t link = 0;  // interface index
  LinkHeader header;
};

class PacketTransmitter final : public Transmitter {
 public:
  static Result<std::unique_ptr<PacketTransmitter>> open(const LinkPath& path,
                                                         std::unique_ptr<UdpTransmitter> receiver);
  ~PacketTransmitter() override;

  SendResult send(std::span<const FrameRun> runs) noexcept override;
  void drain_errors() override;
  int receive_fd() const noexcept override { return receiver_->receive_fd(); }
  const OuterHeader& outer() const noexcept override { return receiver_->outer(); }
  FrameStart start() const noexcept override { return FrameStart::link; }
  std::string name() const override { return "packet"; }

 private:
  struct Messages;
  PacketTransmitter(Fd socket, std::unique_ptr<UdpTransmitter> receiver);

  Fd socket_;
  std::unique_ptr<UdpTransmitter> receiver_;
  std::unique_ptr<Messages> messages_;
};

}  // namespace gtp::gen
