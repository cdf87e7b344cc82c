// SPDX-License-Identifier: GPL-2.0-or-later
//
// UdpTransmitter: a connected UDP socket. A run of kMinSegments frames or more goes as one message that the kernel, or
// the device, cuts into datagrams (UDP_SEGMENT): 3 to 40 times the packets of sendmmsg(2). All messages of a call
// go by one sendmmsg(2).
//
// The kernel says by errors how many segments it takes: on EINVAL the limit is halved, and below kMinSegments it is
// sendmmsg alone. A message that was refused is repeated the other way at once, so nothing is lost by asking.
//
// IP_RECVERR is set: a full queue shows as ENOBUFS instead of a silent loss, and ICMP errors can be read. They also
// make the next send fail once with their errno, which says nothing about the packets of that call; it is repeated.
#pragma once

#include <array>
#include <memory>
#include <string>

#include "gtpgen/transmit/transmitter.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct UdpOptions {
  // Address and port; an address of zeros or none: the kernel chooses; port 0: an ephemeral one.
  Endpoint local;
  Endpoint destination;  // without address: every run says where to
  std::string device;    // SO_BINDTODEVICE
  std::uint8_t dscp = 0;
  bool fragment = false;  // false: DF, and an error when a packet does not fit
  bool segment = true;    // UDP_SEGMENT
  FrameStart start = FrameStart::gtp;
  int send_buffer = 4 << 20;
};

class UdpTransmitter final : public Transmitter {
 public:
  static constexpr std::uint32_t kMinSegments = 4;
  static constexpr std::uint32_t kMaxSegments = 128;    // what Linux has since 6.9; before, 64
  static constexpr std::uint32_t kMaxMessage = 65'000;  // octets

  static Result<std::unique_ptr<UdpTransmitter>> open(const UdpOptions& options);
  ~UdpTransmitter() override;

  SendResult send(std::span<const FrameRun> runs) noexcept override;
  void drain_errors() override;
  int receive_fd() const noexcept override { return socket_.value(); }
  const OuterHeader& outer() const noexcept override { return outer_; }
  FrameStart start() const noexcept override { return start_; }
  std::string name() const override;
  std::uint32_t segments() const noexcept override { return segments_; }

  // What fits into one IP packet on the way, as far as the kernel knows; 0: not connected.
  std::uint32_t path_mtu() const noexcept;

 private:
  UdpTransmitter(Fd socket, const UdpOptions& options);

  // Fills messages from what is left of [runs] behind [skip] frames. Returns how many messages.
  std::size_t prepare(std::span<const FrameRun> runs, std::uint32_t skip) noexcept;
  void add_message(std::size_t at, const FrameRun& run, std::uint32_t first, std::uint32_t count) noexcept;
  // True: [error] is no reason to stop, try again.
  bool recover(int error, std::uint32_t frames_of_message) noexcept;

  struct alignas(16) Control {
    std::array<std::byte, 64> octets;
  };
  struct Messages;

  Fd socket_;
  FrameStart start_;
  OuterHeader outer_;
  std::uint32_t segments_;
  std::unique_ptr<Messages> messages_;
};

}  // namespace gtp::gen
