// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values that say who and what: causes, nodes, sessions, subscribers, networks (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void cause(Cursor& value, FieldSink& out);                             // 8.2.1
void network_instance(Cursor& value, FieldSink& out);                  // 8.2.4
void offending_ie(Cursor& value, FieldSink& out);                      // 8.2.22
void sequence_number(Cursor& value, FieldSink& out);                   // 8.2.33
void metric(Cursor& value, FieldSink& out);                            // 8.2.34
void f_seid(Cursor& value, FieldSink& out);                            // 8.2.37
void node_id(Cursor& value, FieldSink& out);                           // 8.2.38
void fq_csid(Cursor& value, FieldSink& out);                           // 8.2.43
void pdn_type(Cursor& value, FieldSink& out);                          // 8.2.79
void failed_rule_id(Cursor& value, FieldSink& out);                    // 8.2.80
void user_id(Cursor& value, FieldSink& out);                           // 8.2.101
void trace_information(Cursor& value, FieldSink& out);                 // 8.2.108
void framed_route(Cursor& value, FieldSink& out);                      // 8.2.109
void framed_routing(Cursor& value, FieldSink& out);                    // 8.2.110
void framed_ipv6_route(Cursor& value, FieldSink& out);                 // 8.2.111
void apn_dnn(Cursor& value, FieldSink& out);                           // 8.2.117
void smf_set_id(Cursor& value, FieldSink& out);                        // 8.2.131
void data_network_access_identifier(Cursor& value, FieldSink& out);    // 8.2.161
void nf_instance_id(Cursor& value, FieldSink& out);                    // 8.2.175
void s_nssai(Cursor& value, FieldSink& out);                           // 8.2.176
void offending_ie_information(Cursor& value, FieldSink& out);          // 8.2.185
void rat_type(Cursor& value, FieldSink& out);                          // 8.2.186
void group_id(Cursor& value, FieldSink& out);                          // 8.2.198
void event_notification_uri(Cursor& value, FieldSink& out);            // 8.2.202
void notification_correlation_id(Cursor& value, FieldSink& out);       // 8.2.203
void vendor_specific_node_report_type(Cursor& value, FieldSink& out);  // 8.2.217

}  // namespace gtp::wire::pfcp
