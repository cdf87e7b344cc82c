// SPDX-License-Identifier: GPL-2.0-or-later
//
// Network interfaces over rtnetlink: what they are, how they do, and the links of kind "gtp" made and removed.
// Connections are to Protocol::route. Looking needs no right; changing needs CAP_NET_ADMIN of the namespace.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/netlink/connection.hpp"

namespace gtp::netlink {

// Which side of the tunnels a link is: a GGSN finds a packet's tunnel by its destination, an SGSN by its source.
enum class GtpRole : std::uint8_t { ggsn = 0, sgsn = 1 };

struct LinkStats {
  std::uint64_t rx_packets = 0;
  std::uint64_t tx_packets = 0;
  std::uint64_t rx_bytes = 0;
  std::uint64_t tx_bytes = 0;
  std::uint64_t rx_errors = 0;
  std::uint64_t tx_errors = 0;
  std::uint64_t rx_dropped = 0;
  std::uint64_t tx_dropped = 0;
  std::uint64_t rx_length_errors = 0;
  std::uint64_t rx_frame_errors = 0;
  std::uint64_t rx_missed_errors = 0;
  std::uint64_t tx_aborted_errors = 0;
  std::uint64_t tx_carrier_errors = 0;
  std::uint64_t collisions = 0;
  std::uint64_t rx_nohandler = 0;
};

// What only a link of kind "gtp" has. Its sockets are not told: see sock_diag.hpp.
struct GtpLinkInfo {
  GtpRole role = GtpRole::ggsn;
  std::uint32_t hash_size = 0;
  std::uint8_t restart_count = 0;
};

struct Link {
  std::uint32_t index = 0;
  std::string name;
  std::string kind;  // "gtp", "veth"; empty for devices
  std::uint16_t arp_type = 0;
  std::uint32_t flags = 0;  // IFF_*
  std::uint32_t mtu = 0;
  std::uint8_t oper_state = 0;  // IF_OPER_*
  bool carrier = false;
  std::optional<std::uint32_t> parent;         // the interface below
  std::optional<std::int32_t> parent_netnsid;  // the namespace that is in
  std::uint32_t tx_queue_length = 0;
  std::uint32_t gso_max_bytes = 0;
  std::optional<LinkStats> stats;
  std::optional<GtpLinkInfo> gtp;

  bool is_up() const noexcept;
};

// Of RTM_NEWLINK and RTM_DELLINK.
bool decode_link(const Message& message, Link& link);

// All links, or those of one kind.
Result<DumpResult> links(Connection& connection, std::string_view kind, FunctionRef<void(const Link&)> visitor);
// ENODEV when there is none.
Result<Link> link_by_name(Connection& connection, std::string_view name);
Result<Link> link_by_index(Connection& connection, std::uint32_t index);

struct NewGtpLink {
  std::string name;
  GtpRole role = GtpRole::ggsn;
  std::optional<std::uint32_t> hash_size;
  std::optional<std::uint8_t> restart_count;
  // Descriptors of UDP sockets for GTPv0 and GTPv1-U, which stay the caller's: the link is deaf when they are closed.
  // Without any the kernel makes sockets of its own, at [local] or everywhere.
  int fd0 = -1;
  int fd1 = -1;
  IpAddress local;  // Linux 6.11; older kernels pass over it
  std::optional<std::uint32_t> mtu;
  bool silent = false;  // no Error Indications; only our module
  bool up = true;
};
// EEXIST when the name is taken, `unsupported` when this kernel has no such kind.
Result<void> create_link(Connection& connection, const NewGtpLink& link);
Result<void> remove_link(Connection& connection, std::uint32_t index);
Result<void> set_link_up(Connection& connection, std::uint32_t index, bool up);

}  // namespace gtp::netlink
