// SPDX-License-Identifier: GPL-2.0-or-later
//
// Link-layer types, numbered as in capture files (the tcpdump.org registry).
#pragma once

#include <cstdint>

namespace gtp::packet {

enum class LinkType : std::uint16_t {
  null = 0,  // 4-octet protocol family in the writer's byte order
  ethernet = 1,
  raw_bsd = 12,  // raw IP as DLT_RAW on most systems
  raw_openbsd = 14,
  raw = 101,   // raw IP
  loop = 108,  // as null, family in network byte order
  linux_sll = 113,
  ipv4 = 228,
  ipv6 = 229,
  linux_sll2 = 276,
};

constexpr bool is_supported(std::uint32_t link_type) noexcept {
  switch (static_cast<LinkType>(link_type)) {
    case LinkType::null:
    case LinkType::ethernet:
    case LinkType::raw_bsd:
    case LinkType::raw_openbsd:
    case LinkType::raw:
    case LinkType::loop:
    case LinkType::linux_sll:
    case LinkType::ipv4:
    case LinkType::ipv6:
    case LinkType::linux_sll2:
      return link_type <= 0xffff;
  }
  return false;
}

}  // namespace gtp::packet
