// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values of Ethernet PDU sessions and of time sensitive communication (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void mac_address(Cursor& value, FieldSink& out);                       // 8.2.93
void c_tag(Cursor& value, FieldSink& out);                             // 8.2.94
void s_tag(Cursor& value, FieldSink& out);                             // 8.2.95
void ethertype(Cursor& value, FieldSink& out);                         // 8.2.96
void proxying(Cursor& value, FieldSink& out);                          // 8.2.97
void ethernet_filter_id(Cursor& value, FieldSink& out);                // 8.2.98
void ethernet_filter_properties(Cursor& value, FieldSink& out);        // 8.2.99
void ethernet_pdu_session_information(Cursor& value, FieldSink& out);  // 8.2.102
void mac_addresses(Cursor& value, FieldSink& out);                     // detected 8.2.103, removed 8.2.104

void create_bridge_info_for_tsc(Cursor& value, FieldSink& out);         // 8.2.140
void port_number(Cursor& value, FieldSink& out);                        // DS-TT 8.2.141, NW-TT 8.2.142
void user_plane_node_5gs(Cursor& value, FieldSink& out);                // 8.2.143
void management_container(Cursor& value, FieldSink& out);               // port 8.2.144, node 8.2.182
void requested_clock_drift_information(Cursor& value, FieldSink& out);  // 8.2.145
void time_domain_number(Cursor& value, FieldSink& out);                 // 8.2.146
void time_offset_threshold(Cursor& value, FieldSink& out);              // 8.2.147
void cumulative_rate_ratio_threshold(Cursor& value, FieldSink& out);    // 8.2.148
void time_offset_measurement(Cursor& value, FieldSink& out);            // 8.2.149
void cumulative_rate_ratio_measurement(Cursor& value, FieldSink& out);  // 8.2.150

}  // namespace gtp::wire::pfcp
