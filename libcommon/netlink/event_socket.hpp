// SPDX-License-Identifier: GPL-2.0-or-later
//
// EventSocket: listens to multicast groups without ever waiting: put fd() into a poll(2), then read().
//
//   auto events = EventSocket::gtp(client.family());
//   auto read = events->read([&](const Message& message) { if (decode_event(message, event)) … });
//   if (read && read->lost) …   // the kernel had more to tell than there was room: dump anew
//
// One thread at a time. The groups are those of the namespace it was opened in.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::netlink {

class EventSocket {
 public:
  struct Read {
    std::uint64_t messages = 0;
    bool lost = false;  // events did not fit: what is known may be out of date
    bool more = false;  // stopped at the limit, not at the end
  };

  // Of tunnels: gtp_events.hpp.
  static Result<EventSocket> gtp(const GtpFamily& family, int receive_buffer_bytes = 16 << 20);
  // Of links, addresses, routes and neighbours: route_events.hpp.
  static Result<EventSocket> route(int receive_buffer_bytes = 4 << 20);

  EventSocket(std::unique_ptr<Transport> transport, int fd);

  int fd() const noexcept { return fd_; }
  // What is there, at most [datagrams] of it, so that a flood cannot keep the caller.
  Result<Read> read(FunctionRef<void(const Message&)> visitor, unsigned datagrams = 1024);

 private:
  std::unique_ptr<Transport> transport_;
  int fd_;
  std::vector<std::byte> buffer_;
};

}  // namespace gtp::netlink
