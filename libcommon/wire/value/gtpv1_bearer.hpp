// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv1-C elements about one bearer: its tunnel, its radio access bearer, its packet flows and counters, and what a
// handover carries over (TS 29.060, 7.7).
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_nsapi(Cursor& value, FieldSink& out);
void decode_teid_data_ii(Cursor& value, FieldSink& out);
void decode_flow_label_data_ii(Cursor& value, FieldSink& out);  // GTPv0
void decode_rab_context(Cursor& value, FieldSink& out);
void decode_radio_priority(Cursor& value, FieldSink& out);
void decode_packet_flow_id(Cursor& value, FieldSink& out);
void decode_rab_setup_information(Cursor& value, FieldSink& out);
void decode_extension_header_type_list(Cursor& value, FieldSink& out);
void decode_pdu_numbers(Cursor& value, FieldSink& out);
void decode_list_of_set_up_pfcs(Cursor& value, FieldSink& out);
void decode_xid_parameters(Cursor& value, FieldSink& out);
void decode_rfsp_index(Cursor& value, FieldSink& out);
void decode_back_off_time(Cursor& value, FieldSink& out);
void decode_signalling_priority_with_nsapi(Cursor& value, FieldSink& out);
void decode_selection_mode_with_nsapi(Cursor& value, FieldSink& out);
void decode_extended_ranap_cause(Cursor& value, FieldSink& out);
void decode_ie_type_extension(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
