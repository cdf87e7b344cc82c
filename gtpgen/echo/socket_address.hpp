// SPDX-License-Identifier: GPL-2.0-or-later
//
// The socket address of a host, with the interface that a link-local address is of.
#pragma once

#include "gtpgen/receive/socket_address.hpp"

namespace gtp::gen::echo {

inline SocketAddress socket_address(const IpAddress& address, std::uint16_t port, std::uint32_t scope) noexcept {
  const SocketAddress plain(Endpoint{address, port});
  if (scope == 0 || !address.is_v6()) return plain;
  sockaddr_in6 v6{};
  std::memcpy(&v6, plain.data(), sizeof v6);
  v6.sin6_scope_id = scope;
  return SocketAddress(&v6, sizeof v6);
}

}  // namespace gtp::gen::echo
