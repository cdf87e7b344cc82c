// SPDX-License-Identifier: GPL-2.0-or-later
//
// The user packet of a G-PDU: IPv4, IPv6, an Ethernet frame or PPP. GTP-U does not say which (the PDU session does, in
// the control plane), so the octets must.
#pragma once

#include "libcommon/packet/ip_header.hpp"
#include "libcommon/packet/layer.hpp"

namespace gtp::packet {

// Fills layer.inner from [t_pdu] and adds faults to layer.header. True: an IP packet whose payload was reached; [ip] is
// its header.
bool decode_t_pdu(const View& t_pdu, Layer& layer, IpHeader& ip) noexcept;

// Ports, TCP flags, ICMP type and code from the upper layer of [ip], as far as they are there.
void decode_upper_layer(const IpHeader& ip, Inner& inner) noexcept;

}  // namespace gtp::packet
