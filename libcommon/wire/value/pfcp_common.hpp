// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pieces that the PFCP value decoders share, beside those of common.hpp.
//
// Most PFCP elements (TS 29.244, 8.2) are one of four shapes:
//
//   | integer |                                  emit_number
//   | flags octets |                             emit_all_flags
//   | flags octet | field per flag that is 1 |   read_flags, then the fields
//   | length | text |                            emit_counted_text, emit_counted_octets
//
// and later releases append octets, which older readers skip: nothing here complains about octets that are left.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/wire/field.hpp"
#include "libcommon/wire/value/common.hpp"

namespace gtp::wire::pfcp {

// One flags octet under the key "flags". Returns it; 0 when there is none.
std::uint8_t read_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table);
// All flags octets that [table] knows and the value has. At least one must be there.
void emit_all_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table);
// Is bit [bit] of [octet] set? Bits count from 1 (least significant), as 3GPP draws them.
constexpr bool has_bit(std::uint8_t octet, int bit) noexcept { return (octet >> (bit - 1) & 1) != 0; }

// Does [octets] start with a control character, which text does not, or do its label lengths add up to its end (with or
// without the root label)? Network instances come in both forms (TS 29.244, 8.2.4).
bool is_label_encoded(Bytes octets) noexcept;

// The range of the next [octets] octets, or of those of them that are there.
inline Range next_octets(const Cursor& at, std::size_t octets) noexcept {
  return {at.offset(), octets < at.remaining() ? octets : at.remaining()};
}

// A length of [width] octets (1 or 2) and that many octets under [field], as text or as hexadecimal.
void emit_counted_text(Cursor& at, FieldSink& out, const FieldInfo& field, int width);
void emit_counted_octets(Cursor& at, FieldSink& out, const FieldInfo& field, int width);
// Everything that is left, as text when all of it is printable ASCII or UTF-8, else as octets. Nothing when empty.
void emit_rest_text(Cursor& at, FieldSink& out, const FieldInfo& field);
// [octets] octets that hold a name: as labels when it looks like labels, else as plain text.
// Peers send both for Network Instance and APN/DNN.
void emit_name_or_text(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
// An address of [octets] octets: IPv4 or IPv6 by its length, opaque octets when it is neither.
void emit_address(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
// A MAC address as "00:16:3e:aa:bb:cc"; nothing when it is not all there.
void emit_mac(Cursor& at, FieldSink& out, const FieldInfo& field);

// The text form of a point in time: "utc".
extern const FieldInfo kUtc;

}  // namespace gtp::wire::pfcp
