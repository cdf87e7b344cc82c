// SPDX-License-Identifier: GPL-2.0-or-later
//
// PFCP values of usage reporting: thresholds, quotas, measurements, times (TS 29.244, 8.2). Volumes are octets, times
// seconds; points in time are NTP seconds and shown as UTC too.
// Each function decodes the value of the element of its name; see ValueDecoder for the contract.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::pfcp {

void volume(Cursor& value, FieldSink& out);                                // 8.2.13, 8.2.16, 8.2.50, 8.2.86
void volume_measurement(Cursor& value, FieldSink& out);                    // 8.2.44
void dropped_dl_traffic_threshold(Cursor& value, FieldSink& out);          // 8.2.49
void ur_seqn(Cursor& value, FieldSink& out);                               // 8.2.71
void time_quota_mechanism(Cursor& value, FieldSink& out);                  // 8.2.81
void multiplier(Cursor& value, FieldSink& out);                            // 8.2.84
void query_urr_reference(Cursor& value, FieldSink& out);                   // 8.2.90
void additional_usage_reports_information(Cursor& value, FieldSink& out);  // 8.2.91
void event_count(Cursor& value, FieldSink& out);                           // event quota and threshold
void number_of_reports(Cursor& value, FieldSink& out);                     // 8.2.133

// Durations in seconds.
void time_threshold(Cursor& value, FieldSink& out);               // 8.2.14
void subsequent_time_threshold(Cursor& value, FieldSink& out);    // 8.2.17
void inactivity_detection_time(Cursor& value, FieldSink& out);    // 8.2.18
void measurement_period(Cursor& value, FieldSink& out);           // 8.2.42
void duration_measurement(Cursor& value, FieldSink& out);         // 8.2.45
void quota_holding_time(Cursor& value, FieldSink& out);           // 8.2.48
void time_quota(Cursor& value, FieldSink& out);                   // 8.2.51
void user_plane_inactivity_timer(Cursor& value, FieldSink& out);  // 8.2.83
void subsequent_time_quota(Cursor& value, FieldSink& out);        // 8.2.87
void ethernet_inactivity_timer(Cursor& value, FieldSink& out);    // 8.2.105
void quota_validity_time(Cursor& value, FieldSink& out);          // 8.2.132
void minimum_wait_time(Cursor& value, FieldSink& out);            // 8.2.170
void validity_timer(Cursor& value, FieldSink& out);               // 8.2.184

// A unit and a count of it.
void timer(Cursor& value, FieldSink& out);  // 8.2.29, 8.2.35, 8.2.78

// Points in time.
void monitoring_time(Cursor& value, FieldSink& out);       // 8.2.15
void time_of_first_packet(Cursor& value, FieldSink& out);  // 8.2.46
void time_of_last_packet(Cursor& value, FieldSink& out);   // 8.2.47
void start_time(Cursor& value, FieldSink& out);            // 8.2.52
void end_time(Cursor& value, FieldSink& out);              // 8.2.53
void recovery_time_stamp(Cursor& value, FieldSink& out);   // 8.2.65
void time_stamp(Cursor& value, FieldSink& out);            // 8.2.114
void activation_time(Cursor& value, FieldSink& out);       // 8.2.121
void deactivation_time(Cursor& value, FieldSink& out);     // 8.2.122

}  // namespace gtp::wire::pfcp
