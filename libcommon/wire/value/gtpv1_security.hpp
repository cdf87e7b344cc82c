// SPDX-License-Identifier: GPL-2.0-or-later
//
// Authentication vectors (TS 29.060, 7.7.7 and 7.7.35), alone and inside an MM context:
//
//   triplet      | RAND (16) | SRES (4) | Kc (8) |
//   quintuplet   | RAND (16) | length (1) | XRES | CK (16) | IK (16) | length (1) | AUTN |
//
// These are secrets of a live subscriber; a printer that shares captures should leave them out.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

inline constexpr std::size_t kTripletOctets = 28;

void decode_authentication_triplet(Cursor& value, FieldSink& out);
void decode_authentication_quintuplet(Cursor& value, FieldSink& out);

extern const FieldInfo kKc;
extern const FieldInfo kCk;
extern const FieldInfo kIk;

}  // namespace gtp::wire::gtpv1
