// SPDX-License-Identifier: GPL-2.0-or-later
//
// ReplyQueue: datagrams to be sent from one UDP socket, many per system call. Neighbours that go to the same place and
// have one length (the last may be shorter) leave as one row, which the kernel cuts (UDP_SEGMENT); a kernel or path
// that will not have rows gets single datagrams.
//
// Octets are borrowed until flush(), which sends everything: when the socket is full it waits, up to 20 ms in all, so
// that a slow link is no loss of ours; what is left then is counted. One thread.
#pragma once

#include <sys/socket.h>

#include <array>
#include <cstdint>
#include <vector>

#include "gtpgen/receive/socket_address.hpp"
#include "gtpgen/report/report.hpp"
#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::gen {

class ReplyQueue {
 public:
  static constexpr std::size_t kRows = 64;
  static constexpr std::size_t kPieces = 1024;     // of memory
  static constexpr std::size_t kRowSegments = 64;  // as many as any kernel with UDP_SEGMENT takes
  static constexpr std::size_t kRowOctets = 60000;

  explicit ReplyQueue(bool rows = true) noexcept : rows_(rows) {}

  // [from]: our address that the reply must come from; empty: the socket's. Full: flush() first.
  bool add(Bytes octets, const SocketAddress& to, const IpAddress& from) noexcept;
  void flush(int fd) noexcept;

  std::uint64_t packets() const noexcept { return packets_; }
  std::uint64_t octets() const noexcept { return octets_; }
  std::uint64_t calls() const noexcept { return calls_; }
  const std::vector<ErrorCount>& errors() const noexcept { return errors_; }

 private:
  struct Row {
    std::size_t first = 0;  // piece
    std::size_t pieces = 0;
    std::size_t segment = 0;  // octets of all its datagrams but the last
    std::size_t segments = 0;
    std::size_t octets = 0;
    bool closed = false;  // its last datagram is a shorter one
    SocketAddress to;
    IpAddress from;
  };

  void prepare(std::size_t row) noexcept;
  void send_singly(int fd, const Row& row) noexcept;
  bool wait_for_room(int fd) noexcept;
  void sent(const Row& row) noexcept;
  void failed(int error, std::size_t datagrams);

  bool rows_;
  std::array<Row, kRows> queue_;
  std::size_t queued_ = 0;
  std::array<iovec, kPieces> pieces_{};
  std::size_t used_ = 0;
  std::array<mmsghdr, kRows> headers_{};
  static constexpr std::size_t kControl = 96;
  alignas(cmsghdr) std::array<std::array<std::byte, kControl>, kRows> control_{};
  int waits_ = 0;
  std::uint64_t packets_ = 0;
  std::uint64_t octets_ = 0;
  std::uint64_t calls_ = 0;
  std::vector<ErrorCount> errors_;
};

// "ENOBUFS".
std::string error_name(int error);

}  // namespace gtp::gen
