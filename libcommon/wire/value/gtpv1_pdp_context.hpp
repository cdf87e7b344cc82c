// SPDX-License-Identifier: GPL-2.0-or-later
//
// PDP Context (TS 29.060, 7.7.29; GSM 09.60, 7.9.20): one session of a subscriber on its way to another SGSN.
//
//    1 | EA | VAA | ASI | order | NSAPI (4) |
//    2 | spare (4) | SAPI (4) |
//      | subscribed, requested, negotiated QoS: each length (1) and profile; GTPv0: three octets each, no length |
//      | sequence number down (2) | up (2) | send N-PDU number (1) | receive N-PDU number (1) |
//      | uplink TEID control plane (4) | uplink TEID data I (4) |  GTPv0: | uplink flow label signalling (2) |
//      | PDP context identifier (1) |                              GTPv0: absent
//      | spare (4) | PDP type organization (4) | PDP type number | length (1) | PDP address |
//      | length (1) | GGSN address for control plane | length (1) | GGSN address for user traffic |  GTPv0: one
//      | length (1) | APN |
//      | spare (4) | transaction identifier (2 octets) |           GTPv0: the first octet
//      | PDP type number | length (1) | PDP address |              the second address, when EA is set
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_pdp_context_v0(Cursor& value, FieldSink& out);
void decode_pdp_context(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
