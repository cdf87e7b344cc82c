// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/layer.hpp"

namespace gtp::packet {

void Packet::clear() noexcept {
  layers.clear();
  vlan.clear();
  mpls.clear();
  fragment_frames.clear();
  if (has_fragment) {
    has_fragment = false;
    fragment = {};
  }
  rejected = Rejected::no;
  rejected_version = 0;
  rejected_port = 0;
}

}  // namespace gtp::packet
