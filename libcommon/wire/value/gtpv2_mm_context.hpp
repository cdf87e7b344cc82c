// SPDX-License-Identifier: GPL-2.0-or-later
//
// MM contexts of GTPv2-C (TS 29.274, 8.38), one element type per kind of security context:
//
//   103  GSM key and triplets                    106  UMTS key and quintuplets
//   104  UMTS key, used cipher, quintuplets      107  EPS security context, quadruplets and quintuplets
//   105  GSM key, used cipher, quintuplets       108  UMTS key, quadruplets and quintuplets
//
// They begin alike, with bits that say which of the later parts are there:
//
//   107:  | security mode (3) | NHI | DRXI | KSI (3) |
//         | quintuplets (3) | quadruplets (3) | UAMBRI | OSCI |
//         | SAMBRI | NAS integrity algorithm (3) | NAS cipher (4) | NAS downlink count (3) | uplink count (3) |
//         | K_ASME (32) | quadruplets | quintuplets | DRX (2) if DRXI | NH (32), 0 (5), NCC (3) if NHI |
//         | subscribed UE-AMBR (8) if SAMBRI | used UE-AMBR (8) if UAMBRI | and the common tail |
//
// The tail is a row of length-prefixed capabilities. Releases appended to it, so it may end after any of its parts.
// Numbers of vectors are three bits, so every loop is bounded by 7. All are ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

void decode_mm_gsm_triplets(Cursor& value, FieldSink& out);             // 103
void decode_mm_umts_cipher_quintuplets(Cursor& value, FieldSink& out);  // 104
void decode_mm_gsm_cipher_quintuplets(Cursor& value, FieldSink& out);   // 105
void decode_mm_umts_quintuplets(Cursor& value, FieldSink& out);         // 106
void decode_mm_eps(Cursor& value, FieldSink& out);                      // 107
void decode_mm_umts_quadruplets(Cursor& value, FieldSink& out);         // 108

}  // namespace gtp::wire::gtpv2
