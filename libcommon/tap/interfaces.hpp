// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which interfaces to attach a tap to, so that every packet of this host is seen once:
//
//                    bond0.100   ✗ seen below
//                       │
//                     bond0      ✗ seen below          gtp0   ✗ what is in tunnels
//                    ╱     ╲                           tun1   ✓ others' tunnels: GTP in a VPN
//                 eth0 ✓  eth1 ✓                       lo     ✓ only what comes in
//
// An interface stacked on others of the same namespace is left out; one whose lower half is elsewhere (a container's
// macvlan, veth, VLAN) is taken. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/tap/tap.hpp"

namespace gtp::tap {

// What rtnetlink says of an interface.
struct Candidate {
  std::string_view kind;       // IFLA_INFO_KIND: "vlan", "bond"; empty for devices
  std::uint16_t arp_type = 0;  // ARPHRD_*
  bool up = false;
  bool loopback = false;
  bool stacked = false;  // IFLA_LINK names an interface of the same namespace
};

struct Attachment {
  Framing framing = Framing::ethernet;
  bool incoming_only = false;
};

// How to attach to it: nothing when it is not to be.
std::optional<Attachment> attachment_for(const Candidate& candidate) noexcept;
// Of one that the user has named: whether it is stacked does not matter.
std::optional<Attachment> attachment_by_name(const Candidate& candidate) noexcept;

}  // namespace gtp::tap
