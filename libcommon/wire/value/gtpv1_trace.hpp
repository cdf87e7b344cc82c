// SPDX-License-Identifier: GPL-2.0-or-later
//
// Subscriber trace in GTPv1-C (TS 29.060, 7.7.62 and 7.7.68; the parameters are those of TS 32.422):
//
//   | trace reference 2 (3) | trace recording session reference (2) | triggering events | trace depth |
//   | list of interfaces | trace activity control (the GGSN's element only) |
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_additional_trace_info(Cursor& value, FieldSink& out);
void decode_additional_mbms_trace_info(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
