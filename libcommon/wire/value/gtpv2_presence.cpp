// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_location.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

// Presence reporting areas. The action (TS 29.274, 8.108) lists what an area is made of:
//
//   | 0 0 0 0 | INAPRA | action (3) | area identifier (3) |
//   | TAIs (4) | RAIs (4) | 0 0 | macro eNodeBs (6) | 0 0 | home eNodeBs (6) | 0 0 | ECGIs (6) | 0 0 | SAIs (6) |
//   | 0 0 | CGIs (6) | the TAIs, macro eNodeBs, home eNodeBs, ECGIs, RAIs, SAIs, CGIs |
//   | 0 0 | extended macro eNodeBs (6) | those |
namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kInactive{"inapra", "Inactive presence reporting area"};
const FieldInfo kAction{"action", "Action", &names_gtpv2::kPraAction};
const FieldInfo kAreaId{"area_id", "Presence reporting area identifier", nullptr, Format::hex, 6};
const FieldInfo kTais{"tais", "TAIs"};
const FieldInfo kRais{"rais", "RAIs"};
const FieldInfo kMacroEnodebs{"macro_enodeb_ids", "Macro eNodeB IDs"};
const FieldInfo kHomeEnodebs{"home_enodeb_ids", "Home eNodeB IDs"};
const FieldInfo kEcgis{"ecgis", "ECGIs"};
const FieldInfo kSais{"sais", "SAIs"};
const FieldInfo kCgis{"cgis", "CGIs"};
const FieldInfo kExtendedEnodebs{"ext_macro_enodeb_ids", "Extended macro eNodeB IDs"};
const FieldInfo kElement{"element", "Element"};
const FieldInfo kAreas{"areas", "Presence reporting areas"};
const FieldInfo kArea{"area", "Presence reporting area"};

constexpr FlagBit kPresenceBits[] = {{0, 4, "inapra", "Inactive"},
                                     {0, 3, "apra", "Additional areas follow"},
                                     {0, 2, "opra", "Outside"},
                                     {0, 1, "ipra", "Inside"}};

void emit_list(Cursor& at, FieldSink& out, const FieldInfo& field, unsigned count, void (*emit)(Cursor&, FieldSink&)) {
  if (count == 0) return;
  out.begin_list(field, {at.offset(), at.remaining()});
  for (unsigned i = 0; i < count && !at.empty(); ++i) {
    out.begin_object(kElement, {at.offset(), at.remaining()});
    emit(at, out);
    out.end_object();
    if (i + 1 < count && at.empty()) at.fail();
  }
  out.end_list();
}

}  // namespace

void decode_pra_action(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kInactive, octet, 3, 1);
  emit_bits(value, out, kAction, octet, 0, 3);
  emit_number(value, out, kAreaId, 3);
  if (value.empty()) return;  // "stop" names the area only

  const std::uint8_t areas = value.u8();
  const unsigned macro_enodebs = value.u8() & 0x3f;
  const unsigned home_enodebs = value.u8() & 0x3f;
  const unsigned ecgis = value.u8() & 0x3f;
  const unsigned sais = value.u8() & 0x3f;
  const unsigned cgis = value.u8() & 0x3f;
  if (value.failed()) return;
  emit_list(value, out, kTais, areas >> 4, emit_tai);
  emit_list(value, out, kMacroEnodebs, macro_enodebs, emit_macro_enodeb_id);
  emit_list(value, out, kHomeEnodebs, home_enodebs, emit_home_enodeb_id);
  emit_list(value, out, kEcgis, ecgis, emit_ecgi);
  emit_list(value, out, kRais, areas & 0xf, emit_rai);
  emit_list(value, out, kSais, sais, emit_sai);
  emit_list(value, out, kCgis, cgis, emit_cgi);
  if (value.failed() || value.empty()) return;
  emit_list(value, out, kExtendedEnodebs, value.u8() & 0x3f, emit_extended_macro_enodeb_id);
}

// | area identifier (3) | 0 0 0 0 | INAPRA | APRA | OPRA | IPRA |, once more for every area after APRA = 1
void decode_pra_information(Cursor& value, FieldSink& out) {
  emit_number(value, out, kAreaId, 3);
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kPresenceBits);
  if ((flags & 4) == 0 || value.remaining() < 4) return;
  out.begin_list(kAreas, {value.offset(), value.remaining()});
  while (value.remaining() >= 4) {
    out.begin_object(kArea, {value.offset(), 4});
    emit_number(value, out, kAreaId, 3);
    emit_flags(value, out, kPresenceBits);
    out.end_object();
  }
  out.end_list();
}

}  // namespace gtp::wire::gtpv2
