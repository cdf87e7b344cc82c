// SPDX-License-Identifier: GPL-2.0-or-later
//
// Small pieces that several families of GTPv2-C elements share, and the fields they all name alike. As in
// value/common.hpp, missing octets are left to Cursor::failed().
#pragma once

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::gtpv2 {

extern const FieldInfo kEbi;
extern const FieldInfo kTac;
extern const FieldInfo kEci;
extern const FieldInfo kLength;
extern const FieldInfo kMei;
extern const FieldInfo kTimestamp;
extern const FieldInfo kTime;

// The low four bits of an octet: an EPS bearer identity.
void emit_ebi(Cursor& at, FieldSink& out);
// | length | contents |; a zero length gives no field.
void emit_lv(Cursor& at, FieldSink& out, const FieldInfo& field);
void emit_lv_text(Cursor& at, FieldSink& out, const FieldInfo& field);
// An address whose size says which it is: 4 octets are IPv4, 16 are IPv6. Anything else stays octets, is noted and
// gives false: what follows cannot be trusted.
bool emit_address_by_size(Cursor& at, FieldSink& out, std::size_t octets);
// A grouped set of flags, or any octet, that is read here and shown in parts by emit_bits(); false at the end.
bool take_octet(Cursor& at, std::uint8_t& octet) noexcept;

// Location structures (TS 29.274, 8.21), each as the fields of an object that the caller opened.
void emit_cgi(Cursor& at, FieldSink& out);
void emit_sai(Cursor& at, FieldSink& out);
void emit_rai(Cursor& at, FieldSink& out);
void emit_tai(Cursor& at, FieldSink& out);
void emit_ecgi(Cursor& at, FieldSink& out);
void emit_lai(Cursor& at, FieldSink& out);
void emit_macro_enodeb_id(Cursor& at, FieldSink& out);
void emit_home_enodeb_id(Cursor& at, FieldSink& out);
void emit_extended_macro_enodeb_id(Cursor& at, FieldSink& out);

}  // namespace gtp::wire::gtpv2
