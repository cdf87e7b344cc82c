// SPDX-License-Identifier: GPL-2.0-or-later
//
// Batch: many requests in one datagram, which is how 100,000 tunnels are made in a second. Only the last request of a
// datagram asks for an acknowledgement: the kernel works in order and reports every failure, so the acknowledgement
// says that all the others without a report succeeded, and the answers never overrun the socket.
//
//   Batch batch(connection, [&](std::uint64_t request, const Error& error) { … });
//   for (…) if (auto added = batch.add(request); !added) …
//   batch.flush();
//
// Requests are numbered from 0 in the order of add(). The callback is called by add() and flush(), and must outlive
// the batch. Nothing else may use the connection between add() and flush(). One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

class Batch {
 public:
  using Failed = FunctionRef<void(std::uint64_t request, const Error& error)>;
  // Reports of failures take about 1 KiB of the receive buffer each; a million is possible over all datagrams.
  static constexpr std::size_t kRequests = 256;
  static constexpr std::size_t kOctets = 32 * 1024;

  Batch(Connection& connection, Failed failed);
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;

  // An error means that the outcome of the requests since the last flush is not known.
  Result<void> add(Request& request);
  Result<void> flush();

  std::uint64_t requests() const noexcept { return added_; }
  std::uint64_t failures() const noexcept { return failures_; }

 private:
  Connection& connection_;
  Failed failed_;
  std::vector<std::byte> datagram_;
  std::size_t last_ = 0;              // where the last request starts
  std::uint32_t first_sequence_ = 0;  // of this datagram
  std::uint64_t in_datagram_ = 0;
  std::uint64_t added_ = 0;
  std::uint64_t failures_ = 0;
};

}  // namespace gtp::netlink
