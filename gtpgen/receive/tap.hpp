// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tap: looks at the packets of an interface from beside, through a ring that the kernel fills (AF_PACKET, TPACKET_V3):
// for measuring at somebody else's endpoint, or where the kernel or a gateway owns port 2152. Nothing is taken away
// from whom the packets are for. Needs CAP_NET_RAW.
//
// Packets start with the IP header, whatever the interface's link layer. Of an interface that shows its own packets
// twice (lo), or sends and receives, one direction is looked at. read() hands out octets of the ring, valid during the
// call. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "gtpgen/receive/clock.hpp"
#include "libcommon/util/bytes.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/function_ref.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct TapPacket {
  Bytes octets;               // from the IP header on
  std::uint64_t time_ns = 0;  // CLOCK_MONOTONIC
};

class Tap {
 public:
  enum class Direction : std::uint8_t { in, out, both };

  static Result<std::unique_ptr<Tap>> open(const std::string& iface, Direction direction);
  Tap(const Tap&) = delete;
  Tap& operator=(const Tap&) = delete;
  ~Tap();

  int fd() const noexcept { return socket_.value(); }
  // The packets of the next block, when the kernel has finished one. False: there is none.
  bool read(FunctionRef<void(const TapPacket&)> take) noexcept;
  // Packets for which the ring had no room, since open().
  std::uint64_t drops() noexcept;

 private:
  Tap(Fd socket, std::byte* ring, Direction direction) noexcept
      : socket_(std::move(socket)), ring_(ring), direction_(direction) {}
  bool wanted(std::uint8_t packet_type) const noexcept;

  Fd socket_;
  std::byte* ring_;
  Direction direction_;
  std::size_t block_ = 0;
  std::uint64_t drops_ = 0;
  ArrivalClock clock_;
};

class Analyzer;

// What a tap has seen, given to [analyzer]: G-PDUs on port 2152, and inner packets with a stamp, without a tunnel. Rows
// of datagrams that a sender on this host made (UDP_SEGMENT) are taken apart: those of GTP-U by their length fields,
// plain ones by where the next stamp of the same run stands. Everything else on the interface is none of ours.
void analyze_tap_packet(Analyzer& analyzer, const TapPacket& packet) noexcept;

}  // namespace gtp::gen
