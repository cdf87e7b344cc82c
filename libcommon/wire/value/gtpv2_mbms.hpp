// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements of MBMS sessions (TS 29.274, 8.69 to 8.95). ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_tmgi(Cursor& value, FieldSink& out);                   // 8.89:  | service ID (3) | MCC, MNC (3) |
void decode_mbms_session_duration(Cursor& value, FieldSink& out);  // 8.69:  | seconds (17) | days (7) |
void decode_mbms_service_area(Cursor& value, FieldSink& out);      // 8.70:  | count | codes (2) |
void decode_mbms_ip_distribution(Cursor& value, FieldSink& out);   // 8.73
void decode_mbms_time_to_transfer(Cursor& value, FieldSink& out);  // 8.84: seconds - 1
void decode_mbms_absolute_time(Cursor& value, FieldSink& out);     // 8.95: a 64-bit NTP timestamp

}  // namespace gtp::wire::gtpv2
