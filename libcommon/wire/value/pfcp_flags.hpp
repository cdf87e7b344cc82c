// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values that are nothing but flags (TS 29.244, 8.2): function features, actions, triggers, message flags.
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
//
// Later releases appended octets to many of these; octets that the sender leaves out count as zero.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void up_function_features(Cursor& value, FieldSink& out);              // 8.2.25
void cp_function_features(Cursor& value, FieldSink& out);              // 8.2.58
void reporting_triggers(Cursor& value, FieldSink& out);                // 8.2.19
void report_type(Cursor& value, FieldSink& out);                       // 8.2.21
void apply_action(Cursor& value, FieldSink& out);                      // 8.2.26
void pfcpsmreq_flags(Cursor& value, FieldSink& out);                   // 8.2.31
void pfcpsrrsp_flags(Cursor& value, FieldSink& out);                   // 8.2.32
void measurement_method(Cursor& value, FieldSink& out);                // 8.2.40
void usage_report_trigger(Cursor& value, FieldSink& out);              // 8.2.41
void usage_information(Cursor& value, FieldSink& out);                 // 8.2.59
void measurement_information(Cursor& value, FieldSink& out);           // 8.2.68
void node_report_type(Cursor& value, FieldSink& out);                  // 8.2.69
void oci_flags(Cursor& value, FieldSink& out);                         // 8.2.76
void pfcp_association_release_request(Cursor& value, FieldSink& out);  // 8.2.77
void rqi(Cursor& value, FieldSink& out);                               // 8.2.88
void pfcpsrreq_flags(Cursor& value, FieldSink& out);                   // 8.2.119
void pfcpaureq_flags(Cursor& value, FieldSink& out);                   // 8.2.120
void packet_replication_information(Cursor& value, FieldSink& out);    // 8.2.130
void pfcpasrsp_flags(Cursor& value, FieldSink& out);                   // 8.2.134
void pfcpsereq_flags(Cursor& value, FieldSink& out);                   // 8.2.136
void ip_version(Cursor& value, FieldSink& out);                        // 8.2.177
void pfcpasreq_flags(Cursor& value, FieldSink& out);                   // 8.2.178
void data_status(Cursor& value, FieldSink& out);                       // 8.2.179
void rds_configuration_information(Cursor& value, FieldSink& out);     // 8.2.180
void l2tp_session_indications(Cursor& value, FieldSink& out);          // 8.2.192
void reporting_flags(Cursor& value, FieldSink& out);                   // 8.2.204
void mbsn4mbreq_flags(Cursor& value, FieldSink& out);                  // 8.2.208
void mbsn4resp_flags(Cursor& value, FieldSink& out);                   // 8.2.211
void pfcpsdrsp_flags(Cursor& value, FieldSink& out);                   // 8.2.215
void qer_indications(Cursor& value, FieldSink& out);                   // 8.2.216

}  // namespace gtp::wire::pfcp
