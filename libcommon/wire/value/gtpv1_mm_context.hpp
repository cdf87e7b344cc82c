// SPDX-License-Identifier: GPL-2.0-or-later
//
// MM Context (TS 29.060, 7.7.28; GSM 09.60, 7.9.19): what the old SGSN tells the new one about a subscriber.
//
//    1 | spare (5) | CKSN or KSI (3) |
//    2 | security mode (2) | number of vectors (3) | used cipher (3) |
//      | keys: Kc (8) with mode 1 and 3, CK (16) and IK (16) with mode 0 and 2 |
//      | mode 1: triplets; other modes: length of the quintuplets (2), quintuplets |
//      | DRX parameter (2) |
//      | length (1) | MS network capability |
//      | length (2) | container: elements of one octet type and length, IMEISV among them |
//      | length (1) | access restriction data |                                          from release 8 on
//
//   mode 0  used cipher, UMTS keys, quintuplets        mode 2  UMTS keys, quintuplets
//   mode 1  GSM key, triplets                          mode 3  GSM key, quintuplets
//
// GTPv0 knows the layout of mode 1 only.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_mm_context_v0(Cursor& value, FieldSink& out);
void decode_mm_context(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
