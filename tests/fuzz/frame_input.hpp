// SPDX-License-Identifier: GPL-2.0-or-later
//
// How fuzz inputs say which link layer a frame has. A single frame: one octet, then the frame. Several frames:
//
//   | link (4 bits) | length (12 bits) | frame | link | length | frame | …
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "libcommon/packet/link_type.hpp"
#include "libcommon/util/bytes.hpp"

namespace gtp::fuzz {

inline constexpr std::array kLinkTypes = {
    packet::LinkType::ethernet, packet::LinkType::raw,        packet::LinkType::linux_sll, packet::LinkType::linux_sll2,
    packet::LinkType::null,     packet::LinkType::loop,       packet::LinkType::ipv4,      packet::LinkType::ipv6,
    packet::LinkType::raw_bsd,  packet::LinkType::raw_openbsd};

constexpr packet::LinkType link_type(unsigned index) noexcept { return kLinkTypes[index % kLinkTypes.size()]; }

inline constexpr std::size_t kMaxFrame = 0x0fff;

struct Frame {
  packet::LinkType link = packet::LinkType::ethernet;
  Bytes octets;
};
// The next of several; false at the end.
inline bool next_frame(Cursor& input, Frame& out) noexcept {
  const std::uint16_t head = input.u16();
  out.link = link_type(head >> 12);
  out.octets = input.take(head & kMaxFrame);
  return !out.octets.empty();
}

}  // namespace gtp::fuzz
