// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/socket.hpp"

#include <libmnl/libmnl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <cerrno>

namespace gtp::netlink {
namespace {

// Options that older kernels, or a sandbox, may not have: nothing depends on them.
void try_option(mnl_socket* socket, int option) {
  int on = 1;
  mnl_socket_setsockopt(socket, option, &on, sizeof on);
}

void set_receive_buffer(int fd, int bytes) {
  if (bytes <= 0) return;
  if (::setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) == 0) return;
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

}  // namespace

Result<std::unique_ptr<Socket>> Socket::open(Protocol protocol, const SocketOptions& options) {
  mnl_socket* const socket = mnl_socket_open2(static_cast<int>(protocol), SOCK_CLOEXEC);
  if (socket == nullptr) {
    Error error = Error::from_errno("cannot open a netlink socket");
    if (error.system == EPROTONOSUPPORT) error.code = ErrorCode::unsupported;
    return error;
  }
  std::unique_ptr<Socket> opened(new Socket(socket, options.blocking));
  if (mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) != 0) return Error::from_errno("cannot bind a netlink socket");
  try_option(socket, NETLINK_EXT_ACK);
  try_option(socket, NETLINK_CAP_ACK);
  try_option(socket, NETLINK_GET_STRICT_CHK);
  set_receive_buffer(opened->fd(), options.receive_buffer_bytes);
  const timeval timeout{options.timeout_ms / 1000, options.timeout_ms % 1000 * 1000};
  ::setsockopt(opened->fd(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  return opened;
}

Socket::~Socket() { mnl_socket_close(socket_); }

int Socket::fd() const noexcept { return mnl_socket_get_fd(socket_); }
std::uint32_t Socket::port() const noexcept { return mnl_socket_get_portid(socket_); }

Result<void> Socket::join(std::uint32_t group) {
  if (mnl_socket_setsockopt(socket_, NETLINK_ADD_MEMBERSHIP, &group, sizeof group) == 0) return {};
  return Error::from_errno("cannot join a netlink multicast group");
}

Result<void> Socket::send(Bytes datagram) {
  for (;;) {
    if (mnl_socket_sendto(socket_, datagram.data(), datagram.size()) >= 0) return {};
    if (errno != EINTR) return Error::from_errno("cannot send to the kernel");
  }
}

Result<Connection> connect(Protocol protocol, const SocketOptions& options) {
  auto socket = Socket::open(protocol, options);
  if (!socket) return std::move(socket).error();
  return Connection(*std::move(socket));
}

Result<std::size_t> Socket::receive(std::span<std::byte> room) {
  for (;;) {
    sockaddr_nl from{};
    iovec vector{room.data(), room.size()};
    msghdr header{};
    header.msg_name = &from;
    header.msg_namelen = sizeof from;
    header.msg_iov = &vector;
    header.msg_iovlen = 1;
    const ssize_t n = ::recvmsg(fd(), &header, blocking_ ? 0 : MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error::from_errno("cannot receive from the kernel");
    // Any process may send to this port; only the kernel is port 0.
    if (header.msg_namelen != sizeof from || from.nl_pid != 0) continue;
    if ((header.msg_flags & MSG_TRUNC) != 0) {
      return Error{ErrorCode::failed, EMSGSIZE, "a netlink message is longer than the buffer for it", {}};
    }
    return static_cast<std::size_t>(n);
  }
}

}  // namespace gtp::netlink
