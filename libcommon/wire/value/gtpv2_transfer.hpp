// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements that move a UE's state between nodes (TS 29.274, clause 8) and those of the S101 and S103
// interfaces to HRPD (TS 29.276, clause 7.5). ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_pdu_numbers(Cursor& value, FieldSink& out);          // 8.40: NSAPI, GTP-U and N-PDU sequence numbers
void decode_complete_request(Cursor& value, FieldSink& out);     // 8.46:  | message type | NAS message |
void decode_f_container(Cursor& value, FieldSink& out);          // 8.48:  | 0 0 0 0 | container type (4) | container |
void decode_rab_context(Cursor& value, FieldSink& out);          // 8.54: NSAPI, GTP-U and PDCP sequence numbers
void decode_remote_user_id(Cursor& value, FieldSink& out);       // 8.123
void decode_remote_ue_ip(Cursor& value, FieldSink& out);         // 8.124
void decode_services_authorized(Cursor& value, FieldSink& out);  // 8.141
void decode_pc5_qos_flow(Cursor& value, FieldSink& out);         // 8.143
void decode_pmip_gre_tunnel(Cursor& value, FieldSink& out);      // TS 29.276, 7.5.9
void decode_s103_gre_tunnel(Cursor& value, FieldSink& out);      // TS 29.276, 7.5.10

}  // namespace gtp::wire::gtpv2
