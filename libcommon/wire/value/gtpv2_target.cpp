// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_location.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

// Where a handover goes to or comes from. Target Identification (TS 29.274, 8.51) is a type and then
//
//   0 RNC ID                  | PLMN (3) | LAC (2) | RAC | RNC ID (2) | extended RNC ID (2), optional |
//   1 macro eNodeB            | PLMN | 0 0 0 0 | eNodeB ID (20) | TAC (2) |
//   2 cell identifier         | PLMN | LAC | RAC | CI (2) |
//   3 home eNodeB             | PLMN | 0 0 0 0 | eNodeB ID (28) | TAC |
//   4 extended macro eNodeB   | PLMN | SMeNB | eNodeB ID (18 or 21) | TAC |
//   5 gNodeB                  | PLMN | 0 0 | length (6) | gNodeB ID (4) | 5GS TAC (3) |
//   6, 7 (extended) ng-eNodeB as 1 and 4, with a 5GS TAC
//   8 en-gNB                  | PLMN | 5TAC | ETAC | length (6) | gNodeB ID (4) | TAC if ETAC | 5GS TAC if 5TAC |
namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kTargetType{"target_type", "Target type", &names_gtpv2::kTargetType};
const FieldInfo kRncId{"rnc_id", "RNC ID", nullptr, Format::hex, 4};
const FieldInfo kExtendedRncId{"ext_rnc_id", "Extended RNC ID", nullptr, Format::hex, 4};
const FieldInfo k5gsTac{"tac_5gs", "5GS tracking area code", nullptr, Format::hex, 6};
const FieldInfo kGnodebIdLength{"gnodeb_id_length", "gNodeB ID length", nullptr, Format::dec, 0, "bits"};
const FieldInfo kGnodebId{"gnodeb_id", "gNodeB ID", nullptr, Format::hex, 8};
const FieldInfo kTargetCell{"target_cell_id", "Target cell ID"};
const FieldInfo kSourceCell{"source_cell_id", "Source cell ID"};
constexpr NameRow kSourceTypeRows[] = {{0, "Cell ID"}, {1, "RNC ID"}};
constexpr NameTable kSourceTypeNames{"gtpv2_source_type", "TS 29.274, 8.59", kSourceTypeRows};
const FieldInfo kSourceType{"source_type", "Source type", &kSourceTypeNames};
const FieldInfo kRimType{"address_type", "RIM routing address type", &names_gtpv2::kRimAddressType};

void emit_cell_id(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kRac, 1);
  emit_number(at, out, kCi, 2);
}

void emit_rnc(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  emit_number(at, out, kLac, 2);
  emit_number(at, out, kRac, 1);
  emit_number(at, out, kRncId, 2);
  if (at.remaining() >= 2) emit_number(at, out, kExtendedRncId, 2);
}

// Returns the octet with the length and, for an en-gNB, the two flags.
std::uint8_t emit_gnodeb(Cursor& at, FieldSink& out) {
  emit_plmn(at, out);
  std::uint8_t octet = 0;
  if (take_octet(at, octet)) emit_bits(at, out, kGnodebIdLength, octet, 0, 6);
  emit_number(at, out, kGnodebId, 4);
  return octet;
}

}  // namespace

void decode_target_identification(Cursor& value, FieldSink& out) {
  if (value.empty()) return value.fail();
  const std::uint8_t type = value.peek();
  emit_number(value, out, kTargetType, 1);
  switch (type) {
    case 0:
      return emit_rnc(value, out);
    case 1:
      emit_macro_enodeb_id(value, out);
      return emit_number(value, out, kTac, 2);
    case 2:
      return emit_cell_id(value, out);
    case 3:
      emit_home_enodeb_id(value, out);
      return emit_number(value, out, kTac, 2);
    case 4:
      emit_extended_macro_enodeb_id(value, out);
      return emit_number(value, out, kTac, 2);
    case 5:
      emit_gnodeb(value, out);
      return emit_number(value, out, k5gsTac, 3);
    case 6:
      emit_macro_enodeb_id(value, out);
      return emit_number(value, out, k5gsTac, 3);
    case 7:
      emit_extended_macro_enodeb_id(value, out);
      return emit_number(value, out, k5gsTac, 3);
    case 8: {
      const std::uint8_t flags = emit_gnodeb(value, out);
      if ((flags & 0x40) != 0) emit_number(value, out, kTac, 2);
      if ((flags & 0x80) != 0) emit_number(value, out, k5gsTac, 3);
      return;
    }
    default:
      emit_rest(value, out, kSpareOctets);
  }
}

// | target cell ID (8) | source type | source cell ID (8) or RNC ID (2) |
void decode_source_identification(Cursor& value, FieldSink& out) {
  out.begin_object(kTargetCell, {value.offset(), std::min<std::size_t>(8, value.remaining())});
  emit_cell_id(value, out);
  out.end_object();
  const std::uint8_t type = value.peek();
  emit_number(value, out, kSourceType, 1);
  if (value.failed()) return;
  if (type == 0) {
    out.begin_object(kSourceCell, {value.offset(), std::min<std::size_t>(8, value.remaining())});
    emit_cell_id(value, out);
    return out.end_object();
  }
  if (type == 1) return emit_number(value, out, kRncId, 2);
  emit_rest(value, out, kSpareOctets);
}

// | PLMN | LAC | RNC ID | extended RNC ID, optional |, as RANAP's Target RNC-ID without a RAC
void decode_target_rnc_id(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  emit_number(value, out, kLac, 2);
  emit_number(value, out, kRncId, 2);
  if (value.remaining() >= 2) emit_number(value, out, kExtendedRncId, 2);
}

void decode_target_global_cell_id(Cursor& value, FieldSink& out) { emit_cgi(value, out); }

void decode_rim_routing_address(Cursor& value, FieldSink& out) {
  if (value.empty()) return value.fail();
  const std::uint8_t type = value.peek();
  emit_number(value, out, kRimType, 1);
  switch (type) {
    case 0:
      emit_macro_enodeb_id(value, out);
      return emit_number(value, out, kTac, 2);
    case 1:
      emit_home_enodeb_id(value, out);
      return emit_number(value, out, kTac, 2);
    case 2:
      return emit_octets(value, out, kSectorId, 16);
    default:
      emit_rest(value, out, kSpareOctets);
  }
}

}  // namespace gtp::wire::gtpv2
