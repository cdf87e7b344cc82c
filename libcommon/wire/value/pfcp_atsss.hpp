// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values of access traffic steering, switching and splitting (ATSSS), L2TP and MBS (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void steering_functionality(Cursor& value, FieldSink& out);                     // 8.2.124
void steering_mode(Cursor& value, FieldSink& out);                              // 8.2.125
void weight(Cursor& value, FieldSink& out);                                     // 8.2.126
void priority(Cursor& value, FieldSink& out);                                   // 8.2.127
void requested_access_availability_information(Cursor& value, FieldSink& out);  // 8.2.152
void access_availability_information(Cursor& value, FieldSink& out);            // 8.2.153
void mptcp_control_information(Cursor& value, FieldSink& out);                  // 8.2.154
void atsss_ll_information(Cursor& value, FieldSink& out);                       // 8.2.155, 8.2.160
void pmf_control_information(Cursor& value, FieldSink& out);                    // 8.2.156
void mptcp_address_information(Cursor& value, FieldSink& out);                  // 8.2.157
void ue_link_specific_ip_address(Cursor& value, FieldSink& out);                // 8.2.158
void pmf_address_information(Cursor& value, FieldSink& out);                    // 8.2.159
void mptcp_applicable_indication(Cursor& value, FieldSink& out);                // 8.2.181
void thresholds(Cursor& value, FieldSink& out);                                 // 8.2.196
void steering_mode_indicator(Cursor& value, FieldSink& out);                    // 8.2.197

void l2tp_user_authentication(Cursor& value, FieldSink& out);  // 8.2.187
void tunnel_preference(Cursor& value, FieldSink& out);         // 8.2.189
void calling_number(Cursor& value, FieldSink& out);            // 8.2.190
void called_number(Cursor& value, FieldSink& out);             // 8.2.191
void maximum_receive_unit(Cursor& value, FieldSink& out);      // 8.2.195
void tunnel_password(Cursor& value, FieldSink& out);           // 8.2.212

void mbs_session_identifier(Cursor& value, FieldSink& out);           // 8.2.206
void multicast_transport_information(Cursor& value, FieldSink& out);  // 8.2.207
void local_ingress_tunnel(Cursor& value, FieldSink& out);             // 8.2.209
void mbs_unicast_parameters_id(Cursor& value, FieldSink& out);        // 8.2.210
void area_session_id(Cursor& value, FieldSink& out);                  // 8.2.213

}  // namespace gtp::wire::pfcp
