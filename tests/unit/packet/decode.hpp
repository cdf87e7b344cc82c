// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the tests of this directory share: one call from octets to a Packet. The Packet points into [frame].
#pragma once

#include "libcommon/packet/decoder.hpp"
#include "tests/support/frame_builder.hpp"

namespace gtp::test {

inline packet::Packet decode(const Octets& frame, packet::LinkType link = packet::LinkType::ethernet,
                             std::size_t wire_length = 0) {
  static const packet::Decoder decoder;
  packet::Packet out;
  decoder.decode(link, frame, wire_length, out);
  return out;
}
inline packet::Packet decode(Octets&&, packet::LinkType = packet::LinkType::ethernet, std::size_t = 0) = delete;

inline std::uint32_t only_teid(const packet::Packet& packet) {
  return packet.layers.size() == 1 ? packet.layers[0].header.teid : 0;
}

}  // namespace gtp::test
