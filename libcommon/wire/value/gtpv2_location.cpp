// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_location.hpp"

#include <algorithm>

#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

namespace gtp::wire::gtpv2 {
namespace {

using EmitPart = void (*)(Cursor&, FieldSink&);

struct UliPart {
  FieldInfo field;
  std::size_t size;
  EmitPart emit;
};

// From the last bit of the flags to the first.
const UliPart kUliParts[] = {
    {{"cgi", "Cell global identifier"}, 7, emit_cgi},
    {{"sai", "Service area identifier"}, 7, emit_sai},
    {{"rai", "Routing area identity"}, 7, emit_rai},
    {{"tai", "Tracking area identity"}, 5, emit_tai},
    {{"ecgi", "E-UTRAN cell global identifier"}, 7, emit_ecgi},
    {{"lai", "Location area identifier"}, 5, emit_lai},
    {{"macro_enodeb_id", "Macro eNodeB ID"}, 6, emit_macro_enodeb_id},
    {{"ext_macro_enodeb_id", "Extended macro eNodeB ID"}, 6, emit_extended_macro_enodeb_id},
};

constexpr FlagBit kUliBits[] = {
    {0, 8, "ext_macro_enodeb_id", "Extended macro eNodeB ID present"},
    {0, 7, "macro_enodeb_id", "Macro eNodeB ID present"},
    {0, 6, "lai", "LAI present"},
    {0, 5, "ecgi", "ECGI present"},
    {0, 4, "tai", "TAI present"},
    {0, 3, "rai", "RAI present"},
    {0, 2, "sai", "SAI present"},
    {0, 1, "cgi", "CGI present"},
};

const FieldInfo kCnId{"cn_id", "CN-Id"};
const FieldInfo kMmeGroupId{"mme_group_id", "MME group ID", nullptr, Format::hex, 4};
const FieldInfo kMmeCode{"mme_code", "MME code", nullptr, Format::hex, 2};
const FieldInfo kMTmsi{"m_tmsi", "M-TMSI", nullptr, Format::hex, 8};
const FieldInfo kCsgId{"csg_id", "CSG ID", nullptr, Format::hex, 7};
const FieldInfo kAccessMode{"access_mode", "Access mode", &names_gtpv2::kAccessMode};
const FieldInfo kLeaveCsg{"lcsg", "Leave CSG"};
const FieldInfo kCount{"ecgi_count", "Number of ECGIs"};
const FieldInfo kEcgis{"ecgis", "ECGIs"};
const FieldInfo kEcgi{"ecgi", "ECGI"};
const FieldInfo kNrCellId{"nr_cell_id", "NR cell identity", nullptr, Format::hex, 9};

}  // namespace

void decode_plmn(Cursor& value, FieldSink& out) { emit_plmn(value, out); }

void decode_uli(Cursor& value, FieldSink& out) {
  if (value.empty()) return value.fail();
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kUliBits);
  unsigned bit = 1;
  for (const UliPart& part : kUliParts) {
    if ((flags & bit) != 0) {
      // An object is opened even when it is cut: what the flags promise is seen, what is missing is not made up.
      Cursor octets = value.sub(part.size);
      out.begin_object(part.field, {octets.offset(), octets.remaining()});
      part.emit(octets, out);
      out.end_object();
    }
    bit <<= 1;
  }
}

void decode_global_cn_id(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  if (value.remaining() == 2) return emit_number(value, out, kCnId, 2);
  emit_rest(value, out, kSpareOctets);
}

void decode_guti(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  emit_number(value, out, kMmeGroupId, 2);
  emit_number(value, out, kMmeCode, 1);
  emit_number(value, out, kMTmsi, 4);
}

// | MCC, MNC (3) | 0 0 0 0 0 | CSG ID (27) | access mode (2) | 0 0 0 0 | LCSG | CMI |
void decode_uci(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  decode_csg_id(value, out);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kAccessMode, octet, 6, 2);
  emit_bits(value, out, kLeaveCsg, octet, 1, 1);
  emit_bits(value, out, kCmi, octet, 0, 1);
}

void decode_csg_id(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint32_t id = value.u32() & 0x07ffffff;
  if (!value.failed()) out.number(kCsgId, id, {from, 4});
}

void decode_ecgi_list(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint16_t count = value.u16();
  if (value.failed()) return;
  out.number(kCount, count, {from, 2});
  out.begin_list(kEcgis, {value.offset(), value.remaining()});
  for (unsigned i = 0; i < count && !value.failed(); ++i) {
    out.begin_object(kEcgi, {value.offset(), std::min<std::size_t>(7, value.remaining())});
    emit_ecgi(value, out);
    out.end_object();
  }
  out.end_list();
}

// | MCC, MNC (3) | 0 0 0 0 | NR cell identity (36) |
void decode_pscell_id(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  const std::size_t from = value.offset();
  const std::uint64_t id = value.u40() & 0xfffffffffULL;
  if (!value.failed()) out.number(kNrCellId, id, {from, 5});
}

void decode_service_area_id(Cursor& value, FieldSink& out) { emit_sai(value, out); }

}  // namespace gtp::wire::gtpv2
