// SPDX-License-Identifier: GPL-2.0-or-later
//
// Charging in GTPv0 and GTPv1-C, and the private extension. The elements whose types are shared with GTP' are in
// value/gtp_prime.hpp.
//
//   Charging Characteristics (TS 32.298)   | spare (4) | normal | prepaid | flat rate | hot billing | behaviours (8) |
//   Private Extension (TS 29.060, 7.7.46)  | enterprise ID (2) | proprietary value
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_charging_characteristics(Cursor& value, FieldSink& out);
void decode_private_extension(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
