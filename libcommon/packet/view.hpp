// SPDX-License-Identifier: GPL-2.0-or-later
//
// View: the octets of one protocol layer, as far as they were captured, and how long that layer was on the wire.
//
// The two lengths differ when the capture cut the frame (snap length) or an ICMP error quotes only the beginning of a
// datagram. Keeping both lets a decoder tell "the sender lied about the length" from "we did not see the rest".
#pragma once

#include <algorithm>
#include <cstddef>

#include "libcommon/util/bytes.hpp"

namespace gtp::packet {

struct View {
  Bytes octets;            // what was captured
  std::size_t wire = 0;    // octets on the wire; at least octets.size()
  std::size_t offset = 0;  // of octets[0] in the packet

  const std::byte* data() const noexcept { return octets.data(); }
  std::size_t size() const noexcept { return octets.size(); }
  bool cut() const noexcept { return wire > octets.size(); }

  // Steps over a header of [n] octets, which must have been captured.
  void skip(std::size_t n) noexcept {
    octets = octets.subspan(n);
    wire -= n;
    offset += n;
  }
  // Ends the layer after [n] octets on the wire; what follows is padding or somebody else's.
  void limit(std::size_t n) noexcept {
    wire = std::min(wire, n);
    if (octets.size() > n) octets = octets.first(n);
  }
  // What lies behind the first [n] octets; empty when nothing does.
  View behind(std::size_t n) const noexcept {
    View rest = *this;
    if (n > size()) return {{}, wire > n ? wire - n : 0, offset + size()};
    rest.skip(n);
    return rest;
  }
};

}  // namespace gtp::packet
