// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements about nodes, subscribers' identities, load, timers, counters and reports (TS 29.274, clause 8). All
// are ValueDecoders (libcommon/wire/field.hpp); any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_ebi(Cursor& value, FieldSink& out);  // 8.8
// 8.62:  | node ID type (4) | number of CSIDs (4) | node ID: IPv4 (4), IPv6 (16) or MCC, MNC, integer (4) | CSIDs (2) |
void decode_fq_csid(Cursor& value, FieldSink& out);
void decode_throttling(Cursor& value, FieldSink& out);               // 8.85
void decode_epc_timer(Cursor& value, FieldSink& out);                // 8.87
void decode_node_number(Cursor& value, FieldSink& out);              // 8.106
void decode_node_identifier(Cursor& value, FieldSink& out);          // 8.107
void decode_apn_and_capacity(Cursor& value, FieldSink& out);         // 8.115
void decode_integer_number(Cursor& value, FieldSink& out);           // 8.118
void decode_monitoring_event(Cursor& value, FieldSink& out);         // 8.120
void decode_monitoring_extension(Cursor& value, FieldSink& out);     // 8.137
void decode_plmn_rate_control(Cursor& value, FieldSink& out);        // 8.129
void decode_counter(Cursor& value, FieldSink& out);                  // 8.130
void decode_secondary_rat_usage(Cursor& value, FieldSink& out);      // 8.132
void decode_apn_rate_control_status(Cursor& value, FieldSink& out);  // 8.135
void decode_pgw_set_fqdn(Cursor& value, FieldSink& out);             // 8.146
void decode_timestamp(Cursor& value, FieldSink& out);                // 8.101 and 8.110
void decode_private_extension(Cursor& value, FieldSink& out);        // 8.67
void decode_type_extension(Cursor& value, FieldSink& out);           // 8.2.1A
void decode_stn_sr(Cursor& value, FieldSink& out);                   // TS 29.280, 6.2
void decode_nf_instance_id(Cursor& value, FieldSink& out);
void decode_timer_in_seconds(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv2
