// SPDX-License-Identifier: GPL-2.0-or-later
//
// BatchReader: datagrams from a UDP socket, many per system call (recvmmsg), each with when it came and from where.
// What UDP_GRO has put into one buffer comes out as the datagrams that were sent.
//
// The octets lie in the reader's memory until the next read(), and may be changed there. One thread; use one reader for
// all sockets of a thread.
#pragma once

#include <sys/socket.h>
#include <time.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>

#include "gtpgen/receive/clock.hpp"
#include "gtpgen/receive/socket_address.hpp"
#include "libcommon/util/bytes.hpp"

namespace gtp::gen {

class BatchReader {
 public:
  static constexpr std::size_t kBatch = 32;
  // A buffer holds whatever a datagram, or UDP_GRO's row of them, can be.
  static constexpr std::size_t kBuffer = 65536;

  // One buffer with one or more datagrams of a sender. All are `segment` octets long but the last, which may be
  // shorter.
  struct Message {
    std::span<std::byte> octets;
    std::size_t segment = 0;
    std::uint64_t time_ns = 0;  // CLOCK_MONOTONIC
    bool stamped_by_kernel = false;
    SocketAddress from;
    IpAddress to;  // our address, where the socket says it (IP_PKTINFO)

    std::size_t count() const noexcept { return octets.empty() ? 1 : (octets.size() + segment - 1) / segment; }
    std::span<std::byte> datagram(std::size_t i) const noexcept {
      const std::size_t at = i * segment;
      return octets.subspan(at, std::min(segment, octets.size() - at));
    }
  };

  BatchReader();

  // What there is, without waiting: at most kBatch messages, none when the socket is empty. Errors that a socket
  // reports of earlier sends (ECONNREFUSED) are counted and stepped over.
  std::span<const Message> read(int fd) noexcept;

  std::uint64_t clock_steps() const noexcept { return clock_.steps(); }
  std::uint64_t refused() const noexcept { return refused_; }

 private:
  void take_control(const msghdr& header, Message& message) const noexcept;

  // Room for all the control messages that are asked for.
  static constexpr std::size_t kControl = 256;

  std::unique_ptr<std::byte[]> buffers_;
  std::unique_ptr<std::byte[]> control_;
  std::array<mmsghdr, kBatch> headers_{};
  std::array<iovec, kBatch> vectors_{};
  std::array<sockaddr_storage, kBatch> addresses_{};
  std::array<Message, kBatch> messages_;
  ArrivalClock clock_;
  std::uint64_t refused_ = 0;
};

// Takes what is in [fd]'s error queue (IP_RECVERR): ICMP errors about what was sent. Returns how many.
std::uint64_t drain_error_queue(int fd) noexcept;

}  // namespace gtp::gen
