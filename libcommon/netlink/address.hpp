// SPDX-License-Identifier: GPL-2.0-or-later
//
// Addresses of interfaces over rtnetlink. Connections are to Protocol::route.
#pragma once

#include <cstdint>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

struct InterfaceAddress {
  std::uint32_t link = 0;
  IpPrefix prefix;          // the address itself, with the length of its network
  IpAddress peer;           // of a point-to-point link; else empty
  std::uint8_t scope = 0;   // RT_SCOPE_*
  std::uint32_t flags = 0;  // IFA_F_*
};

// Of RTM_NEWADDR and RTM_DELADDR.
bool decode_address(const Message& message, InterfaceAddress& address) noexcept;

// Of one interface, or of all when [link] is 0; both families.
Result<void> addresses(Connection& connection, std::uint32_t link, FunctionRef<void(const InterfaceAddress&)> visitor);
// EEXIST when it is there.
Result<void> add_address(Connection& connection, std::uint32_t link, const IpPrefix& prefix);
Result<void> remove_address(Connection& connection, std::uint32_t link, const IpPrefix& prefix);

}  // namespace gtp::netlink
