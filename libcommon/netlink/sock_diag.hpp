// SPDX-License-Identifier: GPL-2.0-or-later
//
// UDP sockets of this namespace by sock_diag: who is bound to GTP's ports, how full their queues are, what they had to
// drop. Connections are to Protocol::sock_diag. Needs no right.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

inline constexpr std::uint16_t kGtpPorts[] = {2152, 2123, 3386, 8805};

struct UdpSocket {
  // Memory in octets, as the kernel accounts for it (SK_MEMINFO_*).
  struct Memory {
    std::uint32_t receive_bytes = 0;
    std::uint32_t receive_limit_bytes = 0;
    std::uint32_t send_bytes = 0;
    std::uint32_t send_limit_bytes = 0;
    std::uint32_t backlog_bytes = 0;
    std::uint32_t drops = 0;  // datagrams; wraps
  };

  int version = 4;  // 6: bound by IPv6, and to IPv4 as well unless v6_only
  bool v6_only = false;
  IpAddress local;  // empty: any
  std::uint16_t local_port = 0;
  IpAddress peer;  // empty: not connected
  std::uint16_t peer_port = 0;
  std::uint32_t link = 0;  // bound to this interface
  std::uint32_t uid = 0;
  std::uint32_t inode = 0;  // as in /proc/PID/fd; 0: the kernel's own
  std::uint32_t receive_queue_bytes = 0;
  std::uint32_t send_queue_bytes = 0;
  std::optional<Memory> memory;
};

bool decode_udp_socket(const Message& message, UdpSocket& socket) noexcept;

// Those bound to one of the ports, or all when there is none; both families.
Result<void> udp_sockets(Connection& connection, std::span<const std::uint16_t> ports,
                         FunctionRef<void(const UdpSocket&)> visitor);

}  // namespace gtp::netlink
