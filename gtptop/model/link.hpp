// SPDX-License-Identifier: GPL-2.0-or-later
//
// A GTP interface of this namespace, with the counters of its device and its sockets. The same struct is the reading
// of a source and the row of a page: there are few.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gtp::top {

enum class LinkRole : std::uint8_t { ggsn, sgsn };

constexpr std::string_view role_name(LinkRole role) noexcept { return role == LinkRole::ggsn ? "ggsn" : "sgsn"; }

struct LinkCounters {
  std::uint64_t up_packets = 0;
  std::uint64_t up_bytes = 0;
  std::uint64_t dn_packets = 0;
  std::uint64_t dn_bytes = 0;
  std::uint64_t tx_errors = 0;
  std::uint64_t no_route = 0;  // mainline: tx_carrier_errors
  std::uint64_t loop = 0;      // routed into itself; mainline: collisions
  std::uint64_t rx_dropped = 0;
  std::optional<std::uint64_t> no_tunnel;  // G-PDUs of TEIDs that nobody knows; our module

  friend bool operator==(const LinkCounters&, const LinkCounters&) = default;
};

struct LinkRow {
  std::uint32_t index = 0;
  std::string name;
  bool up = false;
  LinkRole role = LinkRole::ggsn;
  std::string sockets;  // "0.0.0.0:2152 0.0.0.0:3386"; empty: not known
  std::uint32_t mtu = 0;
  std::optional<std::uint64_t> buckets;
  std::optional<std::uint64_t> restart_count;
  std::optional<LinkCounters> counters;
  std::optional<std::uint64_t> receive_queue_bytes;
  std::optional<std::uint64_t> receive_limit_bytes;
  std::optional<std::uint64_t> socket_drops;

  // Made by the model.
  std::uint64_t tunnels_v0 = 0;
  std::uint64_t tunnels_v1 = 0;
  std::optional<std::uint64_t> up_bps;
  std::optional<std::uint64_t> dn_bps;
  std::optional<std::uint64_t> up_pps;
  std::optional<std::uint64_t> dn_pps;
  std::optional<std::uint64_t> tx_errors_per_s;
  std::optional<std::uint64_t> no_tunnel_per_s;
  std::optional<std::uint64_t> no_route_per_s;
  std::optional<std::uint64_t> socket_drops_per_s;
};

}  // namespace gtp::top
