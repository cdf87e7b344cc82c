// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/event_socket.hpp"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <cerrno>
#include <utility>

namespace gtp::netlink {
namespace {

Result<std::unique_ptr<Socket>> open_listener(Protocol protocol, int receive_buffer_bytes) {
  SocketOptions options;
  options.receive_buffer_bytes = receive_buffer_bytes;
  options.blocking = false;
  return Socket::open(protocol, options);
}

}  // namespace

Result<EventSocket> EventSocket::gtp(const GtpFamily& family, int receive_buffer_bytes) {
  auto socket = open_listener(Protocol::generic, receive_buffer_bytes);
  if (!socket) return std::move(socket).error();
  if (const Result<void> joined = (*socket)->join(family.event_group); !joined) return joined.error();
  const int fd = (*socket)->fd();
  return EventSocket(*std::move(socket), fd);
}

Result<EventSocket> EventSocket::route(int receive_buffer_bytes) {
  auto socket = open_listener(Protocol::route, receive_buffer_bytes);
  if (!socket) return std::move(socket).error();
  for (const std::uint32_t group : {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
                                    RTNLGRP_IPV6_ROUTE, RTNLGRP_NEIGH}) {
    if (const Result<void> joined = (*socket)->join(group); !joined) return joined.error();
  }
  const int fd = (*socket)->fd();
  return EventSocket(*std::move(socket), fd);
}

EventSocket::EventSocket(std::unique_ptr<Transport> transport, int fd)
    : transport_(std::move(transport)), fd_(fd), buffer_(Connection::kBuffer) {}

Result<EventSocket::Read> EventSocket::read(FunctionRef<void(const Message&)> visitor, unsigned datagrams) {
  Read out;
  for (unsigned i = 0; i < datagrams; ++i) {
    const Result<std::size_t> size = transport_->receive(buffer_);
    if (!size) {
      const int error = size.error().system;
      if (error == EAGAIN || error == EWOULDBLOCK) return out;
      if (error != ENOBUFS) return size.error();
      // Told once; what was kept follows.
      out.lost = true;
      continue;
    }
    Messages messages(Bytes(buffer_).first(*size));
    for (Message message; messages.next(message);) {
      if (message.type < NLMSG_MIN_TYPE) continue;
      ++out.messages;
      visitor(message);
    }
  }
  out.more = true;
  return out;
}

}  // namespace gtp::netlink
