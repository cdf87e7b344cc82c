// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv0 and GTPv1-C elements that name a subscriber, a node or an address (TS 29.060, 7.7). Numbers of the telephone
// network come as a MAP address string (TS 29.002, 17.7.8):
//
//   | extension (1) | nature of number (3) | numbering plan (4) | digits, low nibble first ...
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_imsi(Cursor& value, FieldSink& out);
void decode_imei_sv(Cursor& value, FieldSink& out);
void decode_msisdn(Cursor& value, FieldSink& out);
void decode_c_msisdn(Cursor& value, FieldSink& out);  // digits alone, no nature of number
void decode_sgsn_number(Cursor& value, FieldSink& out);
void decode_stn_sr(Cursor& value, FieldSink& out);
void decode_ip_address(Cursor& value, FieldSink& out);  // GSN, charging gateway, recommended node
void decode_end_user_address(Cursor& value, FieldSink& out);
void decode_apn(Cursor& value, FieldSink& out);
void decode_fqdn(Cursor& value, FieldSink& out);
void decode_node_identifier(Cursor& value, FieldSink& out);
void decode_lhn_id_with_nsapi(Cursor& value, FieldSink& out);
void decode_scef_pdn_connection(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
