// SPDX-License-Identifier: GPL-2.0-or-later
//
// EchoSocket: a UDP socket of one address family that asks any number of hosts. What makes it more than a socket:
//
//   - the kernel stamps packets when they leave and when they arrive (SO_TIMESTAMPING), so round trips do not contain
//     the time that this process waited to run. Departures come back on the error queue under a number that counts the
//     datagrams of the socket (SOF_TIMESTAMPING_OPT_ID), which this class maps to Tickets;
//   - ICMP errors come back there too (IP_RECVERR), with their sender and the quoted datagram;
//   - datagrams that the kernel dropped because we were too slow are counted (SO_RXQ_OVFL): they are not the path's
//   loss.
//
// One thread. No capability is needed.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "gtpgen/echo/event.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/function_ref.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen::echo {

// May the path cut packets? want: the kernel cuts what is longer than it knows the path to be; probe: sets DF and
// ignores what it knows, to find out anew.
enum class Fragment : std::uint8_t { system, want, dont, never, probe };

struct SocketOptions {
  int family = 4;
  IpAddress source;  // empty: the system's choice
  std::string interface;
  std::uint16_t source_port = 0;
  std::uint8_t dscp = 0;
  int ttl = 0;  // 0: the system's
  Fragment fragment = Fragment::system;
  bool kernel_clock = true;
};

class EchoSocket {
 public:
  static Result<EchoSocket> open(const SocketOptions& options);
  EchoSocket(EchoSocket&&) = default;
  EchoSocket& operator=(EchoSocket&&) = default;

  int fd() const noexcept { return fd_.value(); }
  Result<void> set_ttl(int ttl);

  // Sends the packets of [outbox] that are of this family; [failed] is called for each that the system refuses.
  using Failed = FunctionRef<void(const Ticket& ticket, int error)>;
  void send(const Outbox& outbox, Failed failed);

  // Everything that waits on the error queue.
  using Stamped = FunctionRef<void(const Ticket& ticket, std::uint64_t kernel_ns)>;
  using Icmp = FunctionRef<void(const IcmpError& error)>;
  void read_errors(Stamped stamped, Icmp icmp);

  // Up to one batch of datagrams; true when there may be more.
  using Received = FunctionRef<void(const Arrival& arrival, Bytes datagram)>;
  bool receive(Received received);

  // Datagrams that were dropped because the receive buffer was full.
  std::uint64_t overflowed() const noexcept;
  bool kernel_clock() const noexcept { return kernel_clock_; }
  // The MTU that the interface towards [address] has; 0: unknown.
  static std::uint32_t route_mtu(const SocketOptions& options, const Target& target) noexcept;

 private:
  EchoSocket(Fd fd, int family, bool kernel_clock);
  Result<void> configure(const SocketOptions& options);
  bool enable_stamps() noexcept;
  void restart_numbers();

  Fd fd_;
  int family_;
  bool kernel_clock_;
  std::uint64_t overflowed_ = 0;
  // Tickets of the latest datagrams; the first is the kernel's number first_number_.
  std::deque<Ticket> tickets_;
  std::uint32_t first_number_ = 0;
  std::vector<std::byte> room_;
};

}  // namespace gtp::gen::echo
