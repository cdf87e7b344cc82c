// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv1-C elements of the multimedia broadcast/multicast service (TS 29.060, 7.7; most are coded like the RADIUS and
// Diameter attributes of TS 29.061, 20.5).
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_mbms_ue_context(Cursor& value, FieldSink& out);
void decode_tmgi(Cursor& value, FieldSink& out);
void decode_mbms_service_area(Cursor& value, FieldSink& out);
void decode_mbms_session_duration(Cursor& value, FieldSink& out);
void decode_mbms_time_to_data_transfer(Cursor& value, FieldSink& out);
void decode_required_mbms_bearer_capabilities(Cursor& value, FieldSink& out);
void decode_mbms_flow_identifier(Cursor& value, FieldSink& out);
void decode_mbms_ip_multicast_distribution(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
