// SPDX-License-Identifier: GPL-2.0-or-later
//
// Transmitter: hands frames to the kernel. One for each source of packets (a socket), one thread each.
//
//   udp       UDP socket, UDP_SEGMENT; the default, needs no right        udp_transmitter.hpp
//   packet    AF_PACKET socket, whole Ethernet frames                     packet_transmitter.hpp
//   xdp       AF_XDP socket, whole Ethernet frames                        xdp_transmitter.hpp
//   file      a capture file instead of a network                         file_transmitter.hpp
//
// A flood (xdp_flood.hpp) makes its packets in the kernel and is none of these.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "gtpgen/frame/outer.hpp"
#include "gtpgen/receive/socket_address.hpp"

namespace gtp::gen {

// [count] frames of [length] octets, one behind the other, for one destination.
struct FrameRun {
  const std::byte* frames = nullptr;
  std::uint32_t length = 0;
  std::uint32_t count = 0;
  const SocketAddress* to = nullptr;  // null: the destination of the transmitter
};

struct SendResult {
  std::uint32_t accepted = 0;  // frames, from the first on
  int error = 0;               // why not all, an errno; 0: all were
};

// An ICMP error about what we sent, and who sent it.
struct IcmpError {
  IpAddress from;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint64_t count = 0;
};
std::string describe(const IcmpError& error);  // "port unreachable from 192.0.2.1"

struct TransmitCounts {
  std::uint64_t calls = 0;    // system calls
  std::uint64_t dropped = 0;  // accepted frames that the kernel says it could not send after all
  std::vector<IcmpError> icmp;

  std::uint64_t icmp_total() const noexcept;
  void add_icmp(const IpAddress& from, std::uint8_t type, std::uint8_t code);
};

class Transmitter {
 public:
  // Frames, and so runs, of one call.
  static constexpr std::size_t kMaxRuns = 128;

  virtual ~Transmitter() = default;

  // Tries all runs, in order. What the kernel refuses for a reason of its own (ENOBUFS) is the caller's to repeat.
  virtual SendResult send(std::span<const FrameRun> runs) noexcept = 0;

  // At the end of a run, by the thread that sends: until what was accepted has left.
  virtual void flush() noexcept {}
  // Takes what the kernel tells about packets sent earlier. Not on the hot path.
  virtual void drain_errors() {}

  // The socket on which answers arrive; -1: none.
  virtual int receive_fd() const noexcept { return -1; }
  // Source and destination as frames carry them, for those that write the headers themselves.
  virtual const OuterHeader& outer() const noexcept = 0;
  // Where frames start for this transmitter.
  virtual FrameStart start() const noexcept = 0;
  // "udp", "udp+gso(64)": for reports.
  virtual std::string name() const = 0;
  // Frames that the kernel segments out of one, 0: it does not.
  virtual std::uint32_t segments() const noexcept { return 0; }

  const TransmitCounts& counts() const noexcept { return counts_; }

 protected:
  TransmitCounts counts_;
};

}  // namespace gtp::gen
