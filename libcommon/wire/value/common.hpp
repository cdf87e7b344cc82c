// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pieces that the value decoders of several protocols share. Each reads from the cursor, hands what it read to the
// sink under the given field, and leaves missing octets to Cursor::failed().
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/wire/field.hpp"

namespace gtp::wire {

// Range of the octets that were consumed since [from] (a value of Cursor::offset()).
inline Range since(std::size_t from, const Cursor& at) noexcept { return {from, at.offset() - from}; }

// The same octets as text, untrusted. char may alias anything, so this is the one cast that decoders need.
inline std::string_view as_text(Bytes octets) noexcept {
  return {static_cast<const char*>(static_cast<const void*>(octets.data())), octets.size()};
}

// One unsigned integer of 1, 2, 3, 4, 5, 6 or 8 octets. Nothing is emitted when it is not all there.
void emit_number(Cursor& at, FieldSink& out, const FieldInfo& field, int octets);
// Bits [shift, shift + width) of [octet], the last octet read.
void emit_bits(const Cursor& at, FieldSink& out, const FieldInfo& field, std::uint8_t octet, int shift, int width);
// An IPv4 (4) or IPv6 (16) address; nothing when it is not all there.
void emit_ipv4(Cursor& at, FieldSink& out);
void emit_ipv6(Cursor& at, FieldSink& out);
void emit_ipv4(Cursor& at, FieldSink& out, const FieldInfo& field);
void emit_ipv6(Cursor& at, FieldSink& out, const FieldInfo& field);
// [octets] octets as opaque octets or as text; what is there when fewer are left, nothing when none is.
void emit_octets(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
void emit_text(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
// The rest as opaque octets; nothing when there is none.
void emit_rest(Cursor& at, FieldSink& out, const FieldInfo& field);
// The next [octets] octets as named bits. Octets that are not there count as zero; only the first one must be there,
// because later releases append octets.
void emit_flags(Cursor& at, FieldSink& out, std::span<const FlagBit> table, std::size_t octets = 1);

// A whole value that is one integer, by constant: {.decode = decode_number<kRestartCounter, 1>}.
template <const FieldInfo& field, int octets>
void decode_number(Cursor& value, FieldSink& out) {
  emit_number(value, out, field, octets);
}
// A whole value that is [width] bits of its first octet.
template <const FieldInfo& field, int shift, int width>
void decode_bits(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (!value.failed()) emit_bits(value, out, field, octet, shift, width);
}

// A whole value that is a field of named bits, by constant: {.decode = decode_flags<kBearerFlags>}.
template <const auto& table, std::size_t octets = 1>
void decode_flags(Cursor& value, FieldSink& out) {
  emit_flags(value, out, table, octets);
}

// BCD digits, low nibble first (TBCD, TS 29.002). An odd number of digits is filled up with a high nibble 0xF,
// which ends them, as do octets 0xFF at the end; any other nibble above 9 becomes '?' and a note. Fits IMSI, MSISDN,
// MEI and TID; at most 64 digits.
struct Digits {
  std::array<char, 64> text{};
  std::size_t size = 0;
  bool decimal = true;
  std::string_view view() const noexcept { return {text.data(), size}; }
};
Digits read_digits(Bytes octets) noexcept;
void emit_digits(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);

// A whole value of digits, of labels, of text or of opaque octets, by constant: {.decode = decode_digits<kImsi>}. An
// empty value lacks its fixed part.
template <const FieldInfo& field>
void decode_digits(Cursor& value, FieldSink& out) {
  if (value.empty()) value.fail();
  emit_digits(value, out, field, value.remaining());
}

// MCC and MNC from three octets (TS 24.008, 10.5.1.13): fields mcc and mnc, leading zeros kept.
struct Plmn {
  std::array<char, 3> mcc{};
  std::array<char, 3> mnc{};
  std::uint8_t mnc_digits = 0;
  std::string_view mcc_view() const noexcept { return {mcc.data(), 3}; }
  std::string_view mnc_view() const noexcept { return {mnc.data(), mnc_digits}; }
};
Plmn read_plmn(const std::byte* three_octets) noexcept;
void emit_plmn(Cursor& at, FieldSink& out);

// A domain name as length-prefixed labels (APN, FQDN), dotted into [buffer]. Stops at a label that runs past the end
// (what is there is kept). Returns the text; [buffer] has room for 256 characters. Labels are shown as they are.
std::string_view read_name(Bytes octets, std::span<char, 256> buffer) noexcept;
void emit_name(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);

// The same for a fully qualified domain name, which some senders put in as plain text: shown as such, with a note.
void emit_fqdn(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets);
template <const FieldInfo& field>
void decode_fqdn(Cursor& value, FieldSink& out) {
  if (value.empty()) value.fail();
  emit_fqdn(value, out, field, value.remaining());
}
template <const FieldInfo& field>
void decode_name(Cursor& value, FieldSink& out) {
  if (value.empty()) value.fail();
  emit_name(value, out, field, value.remaining());
}
template <const FieldInfo& field>
void decode_text(Cursor& value, FieldSink& out) {
  emit_text(value, out, field, value.remaining());
}
template <const FieldInfo& field>
void decode_octets(Cursor& value, FieldSink& out) {
  emit_rest(value, out, field);
}
template <const FieldInfo& field, std::size_t octets>
void decode_fixed_octets(Cursor& value, FieldSink& out) {
  emit_octets(value, out, field, octets);
}

// Seconds since 1900 (NTP era 0 and, from 2036 on, era 1; RFC 5905, 6), four octets: the number under [field], and the
// same as text "2021-05-05T18:31:52Z" under [text].
void emit_ntp_seconds(Cursor& at, FieldSink& out, const FieldInfo& field, const FieldInfo& text);

// Protocol configuration options (TS 24.008, 10.5.6.3): configuration_protocol, containers [{id, length, ...}].
void decode_pco(Cursor& value, FieldSink& out);
// Traffic flow template (TS 24.008, 10.5.6.12): operation_code, e_bit, packet_filter_count, filters, parameters.
void decode_tft(Cursor& value, FieldSink& out);
// Quality of service from "delay class" on (TS 24.008, 10.5.6.5); the allocation/retention priority comes before it.
void emit_qos_24008(Cursor& at, FieldSink& out);
// Time zone and daylight saving time (TS 24.008, 10.5.3.8; TS 29.274, 8.44): two octets.
void decode_time_zone(Cursor& value, FieldSink& out);

// Fields that several protocols show under the same key.
extern const FieldInfo kIpv4;
extern const FieldInfo kIpv6;
extern const FieldInfo kImsi;
extern const FieldInfo kMsisdn;
extern const FieldInfo kApn;
extern const FieldInfo kFqdn;
extern const FieldInfo kTeid;
extern const FieldInfo kNsapi;
extern const FieldInfo kLac;
extern const FieldInfo kRac;
extern const FieldInfo kCi;
extern const FieldInfo kSac;
extern const FieldInfo kMcc;
extern const FieldInfo kMnc;
extern const FieldInfo kRestartCounter;
extern const FieldInfo kChargingId;
extern const FieldInfo kChargingCharacteristics;
extern const FieldInfo kFlags;
extern const FieldInfo kUplink;
extern const FieldInfo kDownlink;
extern const FieldInfo kDaylightSavingTime;
extern const FieldInfo kEnterpriseId;
extern const FieldInfo kSpareOctets;  // "octets": what nobody has structured

}  // namespace gtp::wire
