// SPDX-License-Identifier: GPL-2.0-or-later
//
// Neighbours (ARP, NDP) over rtnetlink: is the next hop's link address known? Connections are to Protocol::route.
#pragma once

#include <array>
#include <cstdint>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

struct Neighbour {
  static constexpr std::size_t kMaxLinkAddress = 20;  // InfiniBand's

  std::uint32_t link = 0;
  IpAddress address;
  std::uint16_t state = 0;  // NUD_*
  std::uint8_t flags = 0;   // NTF_*
  std::uint8_t link_address_length = 0;
  std::array<std::byte, kMaxLinkAddress> link_address{};

  // A packet to it goes out at once: its link address is known, or not needed.
  bool is_usable() const noexcept;
  // Asked for, and nobody answered.
  bool has_failed() const noexcept;
};

// Of RTM_NEWNEIGH and RTM_DELNEIGH; false too for entries of bridges, which are no neighbours.
bool decode_neighbour(const Message& message, Neighbour& neighbour) noexcept;

// Of one interface, or of all when [link] is 0; both families.
Result<void> neighbours(Connection& connection, std::uint32_t link, FunctionRef<void(const Neighbour&)> visitor);
// ENOENT when nobody has asked for it yet.
Result<Neighbour> find_neighbour(Connection& connection, std::uint32_t link, const IpAddress& address);

}  // namespace gtp::netlink
