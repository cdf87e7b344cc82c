// SPDX-License-Identifier: GPL-2.0-or-later
//
// Turns a G-PDU around, in place and without changing its length: what came from a subscriber becomes what a server
// would have answered.
//
//   outer    addresses and ports: by sending it back to where it came from (Reflector)
//   GTP-U    the TEID that the map says; a PDU Session Container of two octets says the other direction, same QFI
//   inner    source and destination address swapped, UDP and TCP ports, too; an ICMP echo request becomes the reply
//   stamp    kind `reflected`
//
// Checksums stay right, or as wrong as they were: swapping changes no sum, and the rest is updated by the difference
// (RFC 1624), so that damage on the way here is still seen where the packet ends.
#pragma once

#include <cstdint>
#include <span>

#include "gtpgen/receive/datagram.hpp"

namespace gtp::gen {

enum class Turned : std::uint8_t {
  yes,
  malformed,  // no IP packet inside; left as it was
};

// [datagram] is read_datagram(octets), a G-PDU.
Turned turn_around(std::span<std::byte> octets, const Datagram& datagram, std::uint32_t teid) noexcept;
// The payload of an inner packet, where sockets do the rest: only the stamp.
void turn_around_payload(std::span<std::byte> octets) noexcept;

}  // namespace gtp::gen
