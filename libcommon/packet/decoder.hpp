// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decoder: from the octets of a frame to the GTP messages in it.
//
//   link layer -> (VLAN, MPLS) -> IPv4/IPv6 (extension headers) -> UDP/TCP -> port and content check -> GTP header
//   -> for a G-PDU: inner IP -> inner UDP -> GTP again, kMaxLayers deep; for ICMP errors: the quoted packet.
//
// Stateless and const: one Decoder serves all threads. It reads headers only; information elements are walked when
// somebody asks (wire/ie.hpp), so a G-PDU costs the same whatever it carries.
#pragma once

#include <cstdint>
#include <vector>

#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/link_type.hpp"
#include "libcommon/packet/message.hpp"

namespace gtp::packet {

struct PortRule {
  std::uint16_t port;
  PortUse use;
};

class Decoder {
 public:
  // Well-known ports plus [extra]; an extra rule wins over a well-known one.
  explicit Decoder(const std::vector<PortRule>& extra = {});

  // Decodes [frame] into [out] (cleared first). [wire_length] is the frame's length on the wire.
  void decode(LinkType link, Bytes frame, std::size_t wire_length, Packet& out) const;

  // Goes on behind a reassembled datagram in the Packet whose fragment completed it: [payload] is what protocol
  // [fragment.protocol] carries. For an outer fragment layers are added, for an inner one the ports and nested layers
  // of layers.back() are completed. [out] then points into [payload], offsets count from its start, and the lists of
  // frames are the caller's to set. The result may have a fragment again (in a tunnel), so callers loop.
  void decode_reassembled(const FragmentInfo& fragment, Bytes payload, Packet& out) const;

  PortUse use_of(std::uint16_t port) const noexcept;

 private:
  std::vector<PortRule> rules_;  // the extra ones
};

}  // namespace gtp::packet
