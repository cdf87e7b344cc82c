// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_trace.hpp"

#include "libcommon/wire/value/gtpv2_common.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kTraceId{"trace_id", "Trace ID", nullptr, Format::hex, 6};
const FieldInfo kEvents{"triggering_events", "Triggering events"};
const FieldInfo kNeTypes{"ne_types", "List of NE types"};
constexpr NameRow kDepthRows[] = {{0, "minimum"},
                                  {1, "medium"},
                                  {2, "maximum"},
                                  {3, "minimum without vendor specific extension"},
                                  {4, "medium without vendor specific extension"},
                                  {5, "maximum without vendor specific extension"}};
constexpr NameTable kDepthNames{"trace_depth", "TS 32.422, 5.3", kDepthRows};
const FieldInfo kDepth{"session_trace_depth", "Session trace depth", &kDepthNames};
const FieldInfo kInterfaces{"interfaces", "List of interfaces"};

// TS 32.422, 5.4.
constexpr FlagBit kNeTypeBits[] = {
    {0, 8, "sgw", "Serving gateway"},
    {0, 7, "mme", "MME"},
    {0, 6, "bm_sc", "BM-SC"},
    {0, 5, "rnc", "RNC"},
    {0, 4, "ggsn", "GGSN"},
    {0, 3, "sgsn", "SGSN"},
    {0, 2, "mgw", "MGW"},
    {0, 1, "msc_s", "MSC server"},
    {1, 7, "ng_ran_node", "NG-RAN node"},
    {1, 6, "upf", "UPF"},
    {1, 5, "pcf", "PCF"},
    {1, 4, "smf", "SMF"},
    {1, 3, "amf", "AMF"},
    {1, 2, "enb", "eNodeB"},
    {1, 1, "pdn_gw", "PDN gateway"},
};

// TS 32.422, 5.5, octets 1 to 12: MSC server (2), MGW, SGSN, GGSN, RNC, BM-SC, MME, SGW, PDN GW, eNodeB, spare.
constexpr FlagBit kInterfaceBits[] = {
    {0, 8, "msc_cap", "MSC server: CAP"},
    {0, 7, "msc_map_f", "MSC server: MAP-F"},
    {0, 6, "msc_map_e", "MSC server: MAP-E"},
    {0, 5, "msc_map_b", "MSC server: MAP-B"},
    {0, 4, "msc_map_g", "MSC server: MAP-G"},
    {0, 3, "msc_mc", "MSC server: Mc"},
    {0, 2, "msc_iu", "MSC server: Iu"},
    {0, 1, "msc_a", "MSC server: A"},
    {1, 2, "msc_map_c", "MSC server: MAP-C"},
    {1, 1, "msc_map_d", "MSC server: MAP-D"},
    {2, 3, "mgw_iu_up", "MGW: Iu-UP"},
    {2, 2, "mgw_nb_up", "MGW: Nb-UP"},
    {2, 1, "mgw_mc", "MGW: Mc"},
    {3, 8, "sgsn_ge", "SGSN: Ge"},
    {3, 7, "sgsn_gs", "SGSN: Gs"},
    {3, 6, "sgsn_map_gf", "SGSN: MAP-Gf"},
    {3, 5, "sgsn_map_gd", "SGSN: MAP-Gd"},
    {3, 4, "sgsn_map_gr", "SGSN: MAP-Gr"},
    {3, 3, "sgsn_gn", "SGSN: Gn"},
    {3, 2, "sgsn_iu", "SGSN: Iu"},
    {3, 1, "sgsn_gb", "SGSN: Gb"},
    {4, 3, "ggsn_gmb", "GGSN: Gmb"},
    {4, 2, "ggsn_gi", "GGSN: Gi"},
    {4, 1, "ggsn_gn", "GGSN: Gn"},
    {5, 4, "rnc_uu", "RNC: Uu"},
    {5, 3, "rnc_iub", "RNC: Iub"},
    {5, 2, "rnc_iur", "RNC: Iur"},
    {5, 1, "rnc_iu", "RNC: Iu"},
    {6, 1, "bm_sc_gmb", "BM-SC: Gmb"},
    {7, 5, "mme_s11", "MME: S11"},
    {7, 4, "mme_s10", "MME: S10"},
    {7, 3, "mme_s6a", "MME: S6a"},
    {7, 2, "mme_s3", "MME: S3"},
    {7, 1, "mme_s1_mme", "MME: S1-MME"},
    {8, 4, "sgw_s11", "Serving gateway: S11"},
    {8, 3, "sgw_s8b", "Serving gateway: S8b"},
    {8, 2, "sgw_s5", "Serving gateway: S5"},
    {8, 1, "sgw_s4", "Serving gateway: S4"},
    {9, 8, "pdn_gw_sgi", "PDN gateway: SGi"},
    {9, 7, "pdn_gw_s8b", "PDN gateway: S8b"},
    {9, 6, "pdn_gw_gx", "PDN gateway: Gx"},
    {9, 5, "pdn_gw_s6b", "PDN gateway: S6b"},
    {9, 4, "pdn_gw_s5", "PDN gateway: S5"},
    {9, 3, "pdn_gw_s2c", "PDN gateway: S2c"},
    {9, 2, "pdn_gw_s2b", "PDN gateway: S2b"},
    {9, 1, "pdn_gw_s2a", "PDN gateway: S2a"},
    {10, 3, "enb_uu", "eNodeB: Uu"},
    {10, 2, "enb_x2", "eNodeB: X2"},
    {10, 1, "enb_s1_mme", "eNodeB: S1-MME"},
};

void emit_bits_of(Cursor& at, FieldSink& out, const FieldInfo& field, std::span<const FlagBit> table,
                  std::size_t octets) {
  const std::size_t from = at.offset();
  const Bytes bits = at.take(octets);
  if (!bits.empty()) out.flags(field, table, bits, {from, bits.size()});
}

}  // namespace

void decode_trace_reference(Cursor& value, FieldSink& out) {
  emit_plmn(value, out);
  emit_number(value, out, kTraceId, 3);
}

void decode_trace_information(Cursor& value, FieldSink& out) {
  decode_trace_reference(value, out);
  emit_octets(value, out, kEvents, 9);
  emit_bits_of(value, out, kNeTypes, kNeTypeBits, 2);
  emit_number(value, out, kDepth, 1);
  emit_bits_of(value, out, kInterfaces, kInterfaceBits, 12);
  if (value.empty()) value.fail();
  emit_address_by_size(value, out, value.remaining());
}

void decode_extended_trace_information(Cursor& value, FieldSink& out) {
  decode_trace_reference(value, out);
  emit_lv(value, out, kEvents);
  emit_bits_of(value, out, kNeTypes, kNeTypeBits, value.u8());
  emit_number(value, out, kDepth, 1);
  emit_lv(value, out, kInterfaces);
  emit_address_by_size(value, out, value.u8());
}

}  // namespace gtp::wire::gtpv2
