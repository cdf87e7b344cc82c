// SPDX-License-Identifier: GPL-2.0-or-later
//
// Additional MM context for SRVCC (TS 29.060, 7.7.107): what the mobile tells about its circuit-switched side.
//
//   | length (1) | mobile station classmark 2 | length (1) | classmark 3 | length (1) | supported codec list |
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_additional_mm_context_for_srvcc(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
