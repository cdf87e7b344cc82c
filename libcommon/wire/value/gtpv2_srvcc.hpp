// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements of the Sv interface, SRVCC between packet and circuit domain (TS 29.280, clause 6; TS 29.274, 8.90).
// Keys, then classmarks and codecs as | length | contents |. ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_srvcc_container(Cursor& value, FieldSink& out);      // 6.3, 6.4:  | length | container |
void decode_mm_eutran_srvcc(Cursor& value, FieldSink& out);      // 6.5:  | eKSI | CK (16) | IK (16) | tail |
void decode_mm_utran_srvcc(Cursor& value, FieldSink& out);       // 6.6:  | KSI | CK | IK | Kc (8) | CKSN | tail |
void decode_mm_cs_to_ps_srvcc(Cursor& value, FieldSink& out);    // 6.13: as 6.6, no tail
void decode_additional_mm_srvcc(Cursor& value, FieldSink& out);  // TS 29.274, 8.90: the tail alone

}  // namespace gtp::wire::gtpv2
