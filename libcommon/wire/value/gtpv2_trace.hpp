// SPDX-License-Identifier: GPL-2.0-or-later
//
// Subscriber and equipment trace in GTPv2-C (TS 29.274, 8.31, 8.45 and 8.136; the contents are TS 32.422, clause 5).
// ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

// 8.45:   | MCC, MNC (3) | trace ID (3) |
void decode_trace_reference(Cursor& value, FieldSink& out);
// 8.31:   trace reference | triggering events (9) | NE types (2) | depth | interfaces (12) | collector address |
void decode_trace_information(Cursor& value, FieldSink& out);
// 8.136:  the same with a length octet before each of the lists and the address
void decode_extended_trace_information(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv2
