// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv0 and GTPv1-C elements that say where a subscriber is or goes to (TS 29.060, 7.7).
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv1 {

void decode_rai(Cursor& value, FieldSink& out);
void decode_selected_plmn(Cursor& value, FieldSink& out);
void decode_uli(Cursor& value, FieldSink& out);
void decode_target_identification(Cursor& value, FieldSink& out);
void decode_cell_identification(Cursor& value, FieldSink& out);
void decode_enodeb_id(Cursor& value, FieldSink& out);
void decode_csg_id(Cursor& value, FieldSink& out);
void decode_uci(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv1
