// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements that say where a UE is, or which cell or node is meant (TS 29.274, clause 8; TS 29.280, clause 6).
// All are ValueDecoders (libcommon/wire/field.hpp); any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_plmn(Cursor& value, FieldSink& out);  // 8.18 and 8.50: MCC and MNC
// 8.21:  | extended macro eNodeB | macro eNodeB | LAI | ECGI | TAI | RAI | SAI | CGI | then those whose bit is set,
// from the last bit to the first. Each is an object of its own: "cgi", "sai", "rai", "tai", "ecgi", ...
void decode_uli(Cursor& value, FieldSink& out);
void decode_global_cn_id(Cursor& value, FieldSink& out);           // 8.24
void decode_guti(Cursor& value, FieldSink& out);                   // 8.47
void decode_target_identification(Cursor& value, FieldSink& out);  // 8.51
void decode_source_identification(Cursor& value, FieldSink& out);  // 8.59
void decode_uci(Cursor& value, FieldSink& out);                    // 8.75
void decode_csg_id(Cursor& value, FieldSink& out);                 // 8.78
void decode_ecgi_list(Cursor& value, FieldSink& out);              // 8.121
void decode_pscell_id(Cursor& value, FieldSink& out);              // 8.148
void decode_target_rnc_id(Cursor& value, FieldSink& out);          // TS 29.280, 6.8
void decode_target_global_cell_id(Cursor& value, FieldSink& out);  // TS 29.280, 6.9
void decode_service_area_id(Cursor& value, FieldSink& out);        // TS 29.280, 6.12
void decode_rim_routing_address(Cursor& value, FieldSink& out);    // TS 29.276, 7A.5.3
void decode_pra_action(Cursor& value, FieldSink& out);             // 8.108
void decode_pra_information(Cursor& value, FieldSink& out);        // 8.109

}  // namespace gtp::wire::gtpv2
