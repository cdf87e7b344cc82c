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
#include <optional>
#include <vector>

#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/link_type.hpp"

namespace gtp::packet {

// What a port carries. `automatic` is by version and content (2123, 3386: any GTP; 2152: user plane).
enum class PortUse : std::uint8_t { none, gtp_c, gtp_u, gtp_v0_or_prime, pfcp };

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

  // Goes on behind a reassembled datagram: [payload] is what protocol [fragment.protocol] carries. For an inner
  // fragment the last layer's ports and nested layers are completed, for an outer one layers are added.
  void decode_reassembled(const FragmentInfo& fragment, Bytes payload, Packet& out) const;

 private:
  PortUse use_of(std::uint16_t port) const noexcept;
  std::vector<PortRule> rules_;
};

}  // namespace gtp::packet
