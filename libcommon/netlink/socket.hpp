// SPDX-License-Identifier: GPL-2.0-or-later
//
// Socket: a netlink socket in the namespace of the thread that opens it, and for good: to look at another namespace,
// open it there (sys/netns.hpp). Its errors are explained by the kernel (extended acknowledgements), acknowledgements
// do not quote the request, dumps are filtered strictly where the kernel can. Only what the kernel sent is received.
#pragma once

#include <memory>

#include "libcommon/netlink/connection.hpp"
#include "libcommon/netlink/transport.hpp"

struct mnl_socket;

namespace gtp::netlink {

enum class Protocol : int { route = 0, sock_diag = 4, generic = 16 };  // NETLINK_*

struct SocketOptions {
  int receive_buffer_bytes = 4 << 20;  // as much of it as this process may have
  bool blocking = true;                // else receive() fails with EAGAIN
  int timeout_ms = 60'000;             // of a blocking receive: an answer that got lost is not waited for forever
};

class Socket final : public Transport {
 public:
  static Result<std::unique_ptr<Socket>> open(Protocol protocol, const SocketOptions& options = {});
  ~Socket() override;

  Result<void> send(Bytes datagram) override;
  Result<std::size_t> receive(std::span<std::byte> room) override;
  std::uint32_t port() const noexcept override;

  // Messages to this multicast group come from now on.
  Result<void> join(std::uint32_t group);
  // For poll(2).
  int fd() const noexcept;

 private:
  Socket(mnl_socket* socket, bool blocking) noexcept : socket_(socket), blocking_(blocking) {}

  mnl_socket* socket_;
  bool blocking_;
};

// A connection over a new socket.
Result<Connection> connect(Protocol protocol, const SocketOptions& options = {});

}  // namespace gtp::netlink
