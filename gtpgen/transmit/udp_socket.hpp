// SPDX-License-Identifier: GPL-2.0-or-later
//
// Opening a UDP socket the way a generator wants it, with messages that say what is in the way.
#pragma once

#include "gtpgen/transmit/udp_transmitter.hpp"

namespace gtp::gen {

// Bound, connected when there is a destination, with its options set.
Result<Fd> open_udp_socket(const UdpOptions& options);

// Where [fd] is bound.
Endpoint local_endpoint(int fd) noexcept;

// The name of the interface that has [address], empty when none has.
std::string interface_of(const IpAddress& address);

}  // namespace gtp::gen
