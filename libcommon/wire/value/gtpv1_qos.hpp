// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv0 and GTPv1-C elements about quality of service and bit rates (TS 29.060, 7.7). The profile itself is that of
// TS 24.008, 10.5.6.5 (value/common.hpp).
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_qos_profile_v0(Cursor& value, FieldSink& out);  // without allocation/retention priority
void decode_qos_profile(Cursor& value, FieldSink& out);
void decode_evolved_arp_i(Cursor& value, FieldSink& out);
void decode_evolved_arp_ii(Cursor& value, FieldSink& out);
void decode_ambr(Cursor& value, FieldSink& out);
void decode_ue_ambr(Cursor& value, FieldSink& out);
void decode_apn_ambr_with_nsapi(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
