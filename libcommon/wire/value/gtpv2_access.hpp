// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTPv2-C elements about trusted WLAN access and measurements (TS 29.274, 8.93 and 8.100). ValueDecoders; any thread.
#pragma once

#include "libcommon/wire/field.hpp"

namespace gtp::wire::gtpv2 {

// 8.93:  | job type | measurements (4) | reporting trigger | report interval | amount | RSRP | RSRQ threshold |
//        | length, area scope | 0 0 0 0 | PLI | PMI | MPI | CRRMI | and what these four announce |
void decode_mdt_configuration(Cursor& value, FieldSink& out);
// 8.100: | 0 0 0 | LAII | OPNAI | PLMNI | CIVAI | BSSIDI | length, SSID | and what the flags announce |
void decode_twan_identifier(Cursor& value, FieldSink& out);

}  // namespace gtp::wire::gtpv2
