// SPDX-License-Identifier: GPL-2.0-or-later
//
// Parts that the MM contexts of GTPv2-C share: authentication vectors, keys, bit rates and the tail of capabilities.
// For gtpv2_mm_context.cpp only.
#pragma once

#include "libcommon/wire/value/gtpv2_common.hpp"

namespace gtp::wire::gtpv2 {

// TS 29.274, figures 8.38-7 to 8.38-9, [count] of them as a list.
void emit_triplets(Cursor& at, FieldSink& out, unsigned count);
void emit_quintuplets(Cursor& at, FieldSink& out, unsigned count);
void emit_quadruplets(Cursor& at, FieldSink& out, unsigned count);

void emit_ck_ik(Cursor& at, FieldSink& out);
void emit_kc(Cursor& at, FieldSink& out);
void emit_drx(Cursor& at, FieldSink& out, bool present);
void emit_ambrs(Cursor& at, FieldSink& out, bool subscribed, bool used);

// UE network capability, MS network capability, MEI, access restrictions.
void emit_capabilities(Cursor& at, FieldSink& out);
// Parts of the tail after the access restrictions; nothing at the end of the value.
void emit_voice_domain(Cursor& at, FieldSink& out);
void emit_higher_bit_rates(Cursor& at, FieldSink& out);
void emit_iov_updates(Cursor& at, FieldSink& out, bool present);
void emit_extended_restrictions(Cursor& at, FieldSink& out);
void emit_paging_capability(Cursor& at, FieldSink& out);
void emit_optional_lv(Cursor& at, FieldSink& out, const FieldInfo& field);
void emit_apn_rate_statuses(Cursor& at, FieldSink& out);

}  // namespace gtp::wire::gtpv2
