// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values that are addresses and tunnel endpoints (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
//
// Mind the flags: F-TEID, local ingress tunnel and LNS have V4 in bit 1 and V6 in bit 2; F-SEID, UE IP address and most
// others have them the other way round.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void f_teid(Cursor& value, FieldSink& out);                              // 8.2.3
void ue_ip_address(Cursor& value, FieldSink& out);                       // 8.2.62
void remote_gtp_u_peer(Cursor& value, FieldSink& out);                   // 8.2.70
void user_plane_ip_resource_information(Cursor& value, FieldSink& out);  // 8.2.82
void ue_ip_address_pool_identity(Cursor& value, FieldSink& out);         // 8.2.128
void alternative_smf_ip_address(Cursor& value, FieldSink& out);          // 8.2.129
void cp_pfcp_entity_ip_address(Cursor& value, FieldSink& out);           // 8.2.135
void ip_multicast_address(Cursor& value, FieldSink& out);                // 8.2.137
void source_ip_address(Cursor& value, FieldSink& out);                   // 8.2.138
void number_of_ue_ip_addresses(Cursor& value, FieldSink& out);           // 8.2.183
void cp_ip_address(Cursor& value, FieldSink& out);                       // 8.2.199
void plain_address(Cursor& value, FieldSink& out);  // LNS, DNS and NBNS addresses: 4 or 16 octets and no flags

}  // namespace gtp::wire::pfcp
