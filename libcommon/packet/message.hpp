// SPDX-License-Identifier: GPL-2.0-or-later
//
// Which protocol a datagram on one of our ports is, and whether it is one at all: the ports are not reserved in
// practice (a resolver may well use 2152 as its source port), so version, type and length must fit.
#pragma once

#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/view.hpp"

namespace gtp::packet {

// What a port carries. The version nibble decides which GTP it is; gtp_u makes Echo and the like user plane.
enum class PortUse : std::uint8_t { none, gtp_c, gtp_u, gtp_v0_or_prime, pfcp };

// What the transport layer says about a datagram.
struct Claim {
  PortUse use = PortUse::none;
  bool user_plane = false;  // one of the ports is a user plane port
  bool both_ports = false;  // source and destination port are ours: little doubt
  bool service = false;     // the other port is one below 1024: a resolver's query may well come from 2152
  bool stream = false;      // TCP: the octets may start in the middle of a message
};

// Decodes the header at the start of [datagram], which is not empty. Rejected::no: it is one of ours.
Packet::Rejected read_message(const View& datagram, const Claim& claim, wire::Header& out) noexcept;

// Where the length field says that the message ends, from its first octet. 0: there is no length.
std::size_t declared_end(const wire::Header& header) noexcept;

}  // namespace gtp::packet
