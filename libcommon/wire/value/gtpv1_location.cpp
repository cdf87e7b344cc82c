// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_location.hpp"

#include <array>

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_fields.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kGeographicLocationType{"geographic_location_type", "Geographic location type",
                                            &names_gtpv1::kGeographicLocationType};
constexpr FieldInfo kTai{"tai", "TAI"};
constexpr FieldInfo kEcgi{"ecgi", "ECGI"};
constexpr FieldInfo kTac{"tac", "Tracking area code", nullptr, Format::hex, 4};
constexpr FieldInfo kEci{"eci", "E-UTRAN cell identity", nullptr, Format::hex, 7};
constexpr FieldInfo kRncId{"rnc_id", "RNC-ID"};
constexpr FieldInfo kExtendedRncId{"extended_rnc_id", "Extended RNC-ID"};
constexpr FieldInfo kTarget{"target", "Target cell"};
constexpr FieldInfo kSource{"source", "Source"};
constexpr FieldInfo kSourceType{"source_type", "Source type", &names_gtpv1::kSourceType};
constexpr FieldInfo kEnodebType{"enodeb_type", "eNodeB type", &names_gtpv1::kEnodebType};
constexpr FieldInfo kMacroEnodebId{"macro_enodeb_id", "Macro eNodeB ID", nullptr, Format::hex, 5};
constexpr FieldInfo kHomeEnodebId{"home_enodeb_id", "Home eNodeB ID", nullptr, Format::hex, 7};
constexpr FieldInfo kCsgId{"csg_id", "CSG ID", nullptr, Format::hex, 7};
constexpr FieldInfo kAccessMode{"access_mode", "Access mode", &names_gtpv1::kAccessMode};

// An integer of [octets] octets of which the upper bits are spare.
void emit_masked(Cursor& at, FieldSink& out, const FieldInfo& field, int octets, std::uint32_t mask) {
  const std::size_t from = at.offset();
  const std::uint32_t value = octets == 2 ? at.u16() : octets == 3 ? at.u24() : at.u32();
  if (!at.failed()) out.number(field, value & mask, since(from, at));
}

void emit_rai(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kRac, 1);
}

void emit_tai(Cursor& at, FieldSink& out) {
  out.begin_object(kTai, ahead(at, 5));
  emit_plmn(at, out);
  emit_number(at, out, kTac, 2);
  out.end_object();
}

void emit_ecgi(Cursor& at, FieldSink& out) {
  out.begin_object(kEcgi, ahead(at, 7));
  emit_plmn(at, out);
  emit_masked(at, out, kEci, 4, 0x0fffffff);
  out.end_object();
}

}  // namespace

void decode_rai(Cursor& value, FieldSink& out) { emit_rai(value, out); }

// TS 29.060, 7.7.64: RANAP's Selected PLMN Identity (TS 25.413, 9.2.3.33), whose MNC goes on in the order of the
// nibbles: filler or first digit, second, third. TS 24.008 puts the third digit where the first one is here.
void decode_selected_plmn(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const Bytes octets = value.take(3);
  if (value.failed()) return;
  std::array<char, 6> digits{};
  std::size_t size = 0;
  for (const std::byte octet : octets) {
    for (const int shift : {0, 4}) {
      const unsigned nibble = std::to_integer<unsigned>(octet) >> shift & 0xfU;
      if (size == 3 && shift == 4 && nibble == 0xf) continue;
      digits[size++] = nibble < 10 ? static_cast<char>('0' + nibble) : '?';
    }
  }
  out.text(kMcc, {digits.data(), 3}, {from, 2});
  out.text(kMnc, {digits.data() + 3, size - 3}, {from + 1, 2});
}

// TS 29.060, 7.7.51: | geographic location type | location |. GTPv1 uses CGI, SAI and RAI (whose RAC is followed by a
// spare octet 0xff); the types from 128 on are those of the RADIUS attribute that shares the coding (TS 29.061).
void decode_uli(Cursor& value, FieldSink& out) {
  enum Type : std::uint8_t { kCgiType = 0, kSaiType = 1, kRaiType = 2, kTaiType = 128, kEcgiType = 129, kBoth = 130 };
  const std::uint8_t type = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kGeographicLocationType, type, 0, 8);
  switch (type) {
    case kCgiType:
    case kSaiType:
      emit_plmn(value, out);
      emit_number(value, out, kLac, 2);
      emit_number(value, out, type == kCgiType ? kCi : kSac, 2);
      break;
    case kRaiType:
      emit_rai(value, out);
      break;
    case kTaiType:
    case kBoth:
      emit_tai(value, out);
      if (type == kBoth) emit_ecgi(value, out);
      break;
    case kEcgiType:
      emit_ecgi(value, out);
      break;
    default:
      emit_rest(value, out, kSpareOctets);
      break;
  }
}

// TS 29.060, 7.7.37: RAI, then the RNC-ID of 12 bits; a target with an RNC-ID above 4095 has the extended one behind.
void decode_target_identification(Cursor& value, FieldSink& out) {
  emit_rai(value, out);
  emit_masked(value, out, kRncId, 2, 0xfff);
  if (!value.failed() && value.remaining() >= 2) emit_number(value, out, kExtendedRncId, 2);
}

// TS 29.060, 7.7.73: | RAI, CI of the target (8) | source type | RAI, and CI or RNC-ID, of the source (8) |
void decode_cell_identification(Cursor& value, FieldSink& out) {
  out.begin_object(kTarget, ahead(value, 8));
  emit_rai(value, out);
  emit_number(value, out, kCi, 2);
  out.end_object();
  const std::uint8_t type = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kSourceType, type, 0, 8);
  if (type > 1) {
    emit_rest(value, out, kSpareOctets);
    out.note("unknown source type");
    return;
  }
  out.begin_object(kSource, ahead(value, 8));
  emit_rai(value, out);
  if (type == 0) {
    emit_number(value, out, kCi, 2);
  } else {
    emit_masked(value, out, kRncId, 2, 0xfff);
  }
  out.end_object();
}

// TS 29.060, 7.7.112: | type | PLMN (3) | identity, 20 bits of 3 octets (macro) or 28 of 4 (home) | TAC (2) |
void decode_enodeb_id(Cursor& value, FieldSink& out) {
  const std::uint8_t type = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kEnodebType, type, 0, 8);
  if (type > 1) {
    emit_rest(value, out, kSpareOctets);
    out.note("unknown eNodeB type");
    return;
  }
  emit_plmn(value, out);
  if (type == 0) {
    emit_masked(value, out, kMacroEnodebId, 3, 0xfffff);
  } else {
    emit_masked(value, out, kHomeEnodebId, 4, 0x0fffffff);
  }
  emit_number(value, out, kTac, 2);
}

// TS 29.060, 7.7.96: | spare (5) | CSG ID (27) |
void decode_csg_id(Cursor& value, FieldSink& out) { emit_masked(value, out, kCsgId, 4, 0x07ffffff); }

// TS 29.060, 7.7.94: | PLMN (3) | spare (5) | CSG ID (27) | access mode (2) | spare (5) | CMI (1) |
void decode_uci(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  decode_csg_id(value, out);
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kAccessMode, octet, 6, 2);
  emit_bits(value, out, kCsgMembershipIndication, octet, 0, 1);
}

}  // namespace gtp::wire::gtpv1
