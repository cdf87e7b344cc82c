// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values of QoS enforcement, buffering, paging and QoS monitoring (TS 29.244, 8.2).
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void gate_status(Cursor& value, FieldSink& out);                          // 8.2.7
void bit_rate(Cursor& value, FieldSink& out);                             // MBR 8.2.8, GBR 8.2.9
void downlink_data_service_information(Cursor& value, FieldSink& out);    // 8.2.27
void downlink_data_notification_delay(Cursor& value, FieldSink& out);     // 8.2.28
void dl_buffering_suggested_packet_count(Cursor& value, FieldSink& out);  // 8.2.30
void packet_rate(Cursor& value, FieldSink& out);                          // 8.2.63
void dl_flow_level_marking(Cursor& value, FieldSink& out);                // 8.2.66
void qfi(Cursor& value, FieldSink& out);                                  // 8.2.89
void suggested_buffering_packets_count(Cursor& value, FieldSink& out);    // 8.2.100
void averaging_window(Cursor& value, FieldSink& out);                     // 8.2.115
void paging_policy_indicator(Cursor& value, FieldSink& out);              // 8.2.116
void packet_rate_status(Cursor& value, FieldSink& out);                   // 8.2.139
void packet_delay(Cursor& value, FieldSink& out);                         // 8.2.162 to 8.2.164
void qos_report_trigger(Cursor& value, FieldSink& out);                   // 8.2.165
void gtp_u_path_interface_type(Cursor& value, FieldSink& out);            // 8.2.166
void requested_qos_monitoring(Cursor& value, FieldSink& out);             // 8.2.167
void reporting_frequency(Cursor& value, FieldSink& out);                  // 8.2.168
void packet_delay_thresholds(Cursor& value, FieldSink& out);              // 8.2.169
void qos_monitoring_measurement(Cursor& value, FieldSink& out);           // 8.2.171
void mt_edt_control_information(Cursor& value, FieldSink& out);           // 8.2.172
void dl_data_packets_size(Cursor& value, FieldSink& out);                 // 8.2.173
void qer_control_indications(Cursor& value, FieldSink& out);              // 8.2.174
void dscp_to_ppi_mapping_information(Cursor& value, FieldSink& out);      // 8.2.214

}  // namespace gtp::wire::pfcp
