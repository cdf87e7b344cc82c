// SPDX-License-Identifier: GPL-2.0-or-later
//
// Transport: datagrams to and from the kernel. The seam between this library and the system: Socket is the real one,
// tests hand in recorded octets.
//
// One thread at a time. Errors carry errno: ENOBUFS says that the kernel had more to say than the receive buffer
// holds, EAGAIN that nothing came in time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::netlink {

class Transport {
 public:
  Transport() = default;
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;
  virtual ~Transport() = default;

  virtual Result<void> send(Bytes datagram) = 0;
  // One datagram into [room], waiting for it; how many octets it has. One that does not fit is an error.
  virtual Result<std::size_t> receive(std::span<std::byte> room) = 0;
  // The address of this end: replies carry it.
  virtual std::uint32_t port() const noexcept = 0;
};

}  // namespace gtp::netlink
