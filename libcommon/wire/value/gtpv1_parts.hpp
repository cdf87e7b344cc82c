// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pieces that several GTPv0 and GTPv1-C elements share. Each reads from the cursor and leaves missing octets to
// Cursor::failed().
#pragma once

#include <cstddef>
#include <string_view>

#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::gtpv1 {

// The next [octets] octets, or what is there of them: where an object or a list that is about to be read lies.
constexpr Range ahead(const Cursor& at, std::size_t octets) noexcept {
  return {at.offset(), octets < at.remaining() ? octets : at.remaining()};
}

// | spare (4) | NSAPI (4) |
void emit_nsapi(Cursor& at, FieldSink& out);
// An address of [octets] octets: 4 are IPv4, 16 are IPv6, anything else is shown as octets with a note.
void emit_address(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
// The same under the keys ipv4 and ipv6.
void emit_ip(Cursor& at, FieldSink& out, std::size_t octets);
// | length (1) | address |; nothing when the length is 0.
void emit_sized_address(Cursor& at, FieldSink& out, const FieldInfo& field);
// | length (1) | octets |
void emit_sized_octets(Cursor& at, FieldSink& out, const FieldInfo& field);
// | length (1) | labels |, key apn.
void emit_sized_apn(Cursor& at, FieldSink& out);
// A PDP address, whose meaning the PDP type number gives: IPv4, IPv6, both (type 141), or opaque (PPP, X.25).
void emit_pdp_address(Cursor at, FieldSink& out, std::uint8_t type_number);
// | spare (4) | PDP type organization (4) | PDP type number |; returns the number.
std::uint8_t emit_pdp_type(Cursor& at, FieldSink& out);
// | spare (4) | transaction identifier (4) | transaction identifier, second octet | (TS 24.007, 11.2.3.1.3)
void emit_short_transaction_identifier(Cursor& at, FieldSink& out);  // the first octet alone
void emit_transaction_identifier(Cursor& at, FieldSink& out);

}  // namespace gtp::wire::gtpv1
