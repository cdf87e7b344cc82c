// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the first octet of a frame to the IP header: Ethernet (802.3 with SNAP too), 802.1Q and 802.1ad tags, MPLS,
// PPPoE sessions, Linux cooked captures, the BSD null and loop headers, raw IP.
#pragma once

#include <cstdint>

#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/link_type.hpp"
#include "libcommon/packet/view.hpp"

namespace gtp::packet {

inline constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
inline constexpr std::uint16_t kEtherTypeArp = 0x0806;
inline constexpr std::uint16_t kEtherTypeVlan = 0x8100;
inline constexpr std::uint16_t kEtherTypeIpv6 = 0x86dd;
inline constexpr std::uint16_t kEtherTypeMpls = 0x8847;
inline constexpr std::uint16_t kEtherTypeMplsMulticast = 0x8848;
inline constexpr std::uint16_t kEtherTypePppoeSession = 0x8864;
inline constexpr std::uint16_t kEtherTypeProviderVlan = 0x88a8;
inline constexpr std::uint16_t kEtherTypeOldQinQ = 0x9100;

inline constexpr std::uint16_t kPppIpv4 = 0x0021;
inline constexpr std::uint16_t kPppIpv6 = 0x0057;

// Moves [view] to the IP header; VLAN ids and MPLS labels on the way are appended to [out]. False: no IP in this frame.
bool skip_link_layer(LinkType link, View& view, Packet& out);

// The same from an EtherType on; [view] is what the EtherType announces.
bool skip_to_ip(std::uint16_t ether_type, View& view, Packet& out);

}  // namespace gtp::packet
