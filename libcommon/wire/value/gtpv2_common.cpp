// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_common.hpp"

namespace gtp::wire::gtpv2 {

const FieldInfo kEbi{"ebi", "EPS bearer ID"};
const FieldInfo kTac{"tac", "Tracking area code", nullptr, Format::hex, 4};
const FieldInfo kEci{"eci", "E-UTRAN cell identifier", nullptr, Format::hex, 7};
const FieldInfo kLength{"length", "Length"};
const FieldInfo kMei{"mei", "Mobile equipment identity"};
const FieldInfo kTimestamp{"timestamp", "Timestamp, seconds since 1900"};
const FieldInfo kTime{"time", "Time"};

namespace {

// RAC is sent as two octets, the second one filled with ones (TS 29.274, 8.21.3); both are shown, as sent.
const FieldInfo kRac16{"rac", "Routing area code", nullptr, Format::hex, 4};
const FieldInfo kEnodebId{"id", "eNodeB ID", nullptr, Format::hex, 5};
const FieldInfo kHomeEnodebId{"id", "Home eNodeB ID", nullptr, Format::hex, 7};
const FieldInfo kShortEnodebId{"smenb", "Short macro eNodeB ID"};

}  // namespace

bool take_octet(Cursor& at, std::uint8_t& octet) noexcept {
  if (at.empty()) {
    at.fail();
    return false;
  }
  octet = at.u8();
  return true;
}

void emit_ebi(Cursor& at, FieldSink& out) {
  std::uint8_t octet = 0;
  if (take_octet(at, octet)) emit_bits(at, out, kEbi, octet, 0, 4);
}

void emit_lv(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_octets(at, out, field, at.u8()); }

void emit_lv_text(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_text(at, out, field, at.u8()); }

bool emit_address_by_size(Cursor& at, FieldSink& out, std::size_t octets) {
  if (octets == 4) emit_ipv4(at, out);
  if (octets == 16) emit_ipv6(at, out);
  if (octets == 0 || octets == 4 || octets == 16) return true;
  out.note("an address of neither 4 nor 16 octets");
  emit_octets(at, out, kSpareOctets, octets < at.remaining() ? octets : at.remaining());
  return false;
}

void emit_cgi(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kCi, 2);
}

void emit_sai(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kSac, 2);
}

void emit_rai(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kRac16, 2);
}

void emit_tai(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kTac, 2);
}

void emit_ecgi(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  const std::size_t from = at.offset();
  const std::uint32_t eci = at.u32() & 0x0fffffff;
  if (!at.failed()) out.number(kEci, eci, {from, 4});
}

void emit_lai(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
}

void emit_macro_enodeb_id(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  const std::size_t from = at.offset();
  const std::uint32_t id = at.u24() & 0xfffff;
  if (!at.failed()) out.number(kEnodebId, id, {from, 3});
}

void emit_home_enodeb_id(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  const std::size_t from = at.offset();
  const std::uint32_t id = at.u32() & 0x0fffffff;
  if (!at.failed()) out.number(kHomeEnodebId, id, {from, 4});
}

// SMeNB in the first bit: 1, an identity of 18 bits; 0, one of 21 bits (TS 29.274, 8.21.8).
void emit_extended_macro_enodeb_id(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  const std::size_t from = at.offset();
  const std::uint32_t bits = at.u24();
  if (at.failed()) return;
  const bool is_short = (bits & 0x800000) != 0;
  out.number(kShortEnodebId, is_short ? 1 : 0, {from, 1});
  out.number(kEnodebId, bits & (is_short ? 0x3ffffU : 0x1fffffU), {from, 3});
}

}  // namespace gtp::wire::gtpv2
