// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements of a session and its bearers (TS 29.274, clause 8): causes, addresses, tunnel endpoints, quality of
// service. All are ValueDecoders (libcommon/wire/field.hpp); any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_cause(Cursor& value, FieldSink& out);       // 8.4
void decode_ambr(Cursor& value, FieldSink& out);        // 8.7, and 8.92
void decode_ip_address(Cursor& value, FieldSink& out);  // 8.9
// 8.14:  | 0 0 0 0 0 | PDN type (3) | address; IPv6 as prefix length (1) and address (16); IPv4v6 as IPv6, then IPv4 |
void decode_paa(Cursor& value, FieldSink& out);
// 8.15:  | 0 | PCI | PL (4) | 0 | PVI | QCI | MBR up (5) | MBR down (5) | GBR up (5) | GBR down (5) |
void decode_bearer_qos(Cursor& value, FieldSink& out);
void decode_flow_qos(Cursor& value, FieldSink& out);  // 8.16: Bearer QoS without its first octet
void decode_arp(Cursor& value, FieldSink& out);       // 8.86: the first octet of Bearer QoS
// 8.22:  | V4 | V6 | interface type (6) | TEID or GRE key (4) | IPv4 (4) if V4 | IPv6 (16) if V6 |
void decode_f_teid(Cursor& value, FieldSink& out);
void decode_s103_forwarding(Cursor& value, FieldSink& out);  // 8.25
void decode_s1u_forwarding(Cursor& value, FieldSink& out);   // 8.26
void decode_packet_flow_id(Cursor& value, FieldSink& out);   // 8.53
void decode_ip4cp(Cursor& value, FieldSink& out);            // 8.97
void decode_ran_nas_cause(Cursor& value, FieldSink& out);    // 8.103
void decode_f_cause(Cursor& value, FieldSink& out);          // 8.49
void decode_max_packet_loss(Cursor& value, FieldSink& out);  // 8.134
void decode_sgi_ptp_address(Cursor& value, FieldSink& out);  // 8.144
void decode_channel_needed(Cursor& value, FieldSink& out);   // 8.63
// 8.68:  | TI flag | TIO (3) | spare (4) | EXT | TIE (7) |; a TIO of 7 says that the value is in the second octet
void decode_ti(Cursor& value, FieldSink& out);
void decode_paging_service(Cursor& value, FieldSink& out);      // 8.117
void decode_header_compression(Cursor& value, FieldSink& out);  // 8.127

}  // namespace gtp::wire::gtpv2
