// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_access.hpp"

#include <algorithm>

#include "libcommon/wire/table/names_gtpv2.hpp"
#include "libcommon/wire/value/gtpv2_common.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kJobType{"job_type", "Job type"};
const FieldInfo kMeasurements{"list_of_measurements", "List of measurements", nullptr, Format::hex, 8};
const FieldInfo kTrigger{"reporting_trigger", "Reporting trigger", nullptr, Format::hex, 2};
const FieldInfo kInterval{"report_interval", "Report interval"};
const FieldInfo kAmount{"report_amount", "Report amount"};
const FieldInfo kRsrp{"event_threshold_rsrp", "Event threshold for RSRP"};
const FieldInfo kRsrq{"event_threshold_rsrq", "Event threshold for RSRQ"};
const FieldInfo kAreaScope{"area_scope", "Area scope"};
const FieldInfo kCollection{"collection_period_rrm", "Collection period for RRM measurements"};
const FieldInfo kPeriod{"measurement_period", "Measurement period"};
const FieldInfo kPositioning{"positioning_method", "Positioning method", nullptr, Format::hex, 2};
const FieldInfo kPlmns{"mdt_plmns", "MDT PLMNs"};
const FieldInfo kPlmn{"plmn", "PLMN"};

const FieldInfo kSsid{"ssid", "SSID"};
const FieldInfo kBssid{"bssid", "BSSID"};
const FieldInfo kCivicAddress{"civic_address", "Civic address information"};
const FieldInfo kTwanPlmn{"plmn_id", "TWAN PLMN-ID"};
const FieldInfo kOperator{"operator_name", "TWAN operator name"};
const FieldInfo kRelayType{"relay_identity_type", "Relay identity type", &names_gtpv2::kRelayIdentityType};
const FieldInfo kCircuitId{"circuit_id", "Circuit-ID"};

constexpr FlagBit kMdtBits[] = {{0, 4, "pli", "MDT PLMN list indication"},
                                {0, 3, "pmi", "Positioning method indication"},
                                {0, 2, "mpi", "Measurement period indication"},
                                {0, 1, "crrmi", "Collection period for RRM measurements indication"}};
constexpr FlagBit kTwanBits[] = {{0, 5, "laii", "Logical access ID information"},
                                 {0, 4, "opnai", "TWAN operator name indication"},
                                 {0, 3, "plmni", "TWAN PLMN-ID indication"},
                                 {0, 2, "civai", "Civic address information indication"},
                                 {0, 1, "bssidi", "BSSID indication"}};

void emit_plmn_object(Cursor& at, FieldSink& out, const FieldInfo& field) {
  out.begin_object(field, {at.offset(), std::min<std::size_t>(3, at.remaining())});
  emit_plmn(at, out);
  out.end_object();
}

void emit_mdt_plmns(Cursor& at, FieldSink& out) {
  const std::uint8_t count = at.u8();
  out.begin_list(kPlmns, {at.offset(), at.remaining()});
  for (unsigned i = 0; i < count && !at.failed(); ++i) emit_plmn_object(at, out, kPlmn);
  out.end_list();
}

// | relay identity type | length, relay identity | length, circuit ID |
void emit_logical_access_id(Cursor& at, FieldSink& out) {
  const std::uint8_t type = at.peek();
  emit_number(at, out, kRelayType, 1);
  const std::uint8_t length = at.u8();
  if (type == 0) {
    if (!emit_address_by_size(at, out, length)) return;
  } else if (type == 1) {
    emit_fqdn(at, out, kFqdn, length);
  } else {
    emit_octets(at, out, kSpareOctets, length);
  }
  emit_lv(at, out, kCircuitId);
}

}  // namespace

void decode_mdt_configuration(Cursor& value, FieldSink& out) {
  emit_number(value, out, kJobType, 1);
  emit_number(value, out, kMeasurements, 4);
  emit_number(value, out, kTrigger, 1);
  emit_number(value, out, kInterval, 1);
  emit_number(value, out, kAmount, 1);
  emit_number(value, out, kRsrp, 1);
  emit_number(value, out, kRsrq, 1);
  emit_lv(value, out, kAreaScope);
  if (value.empty()) return;  // the flags came with release 11
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kMdtBits);
  if ((flags & 1) != 0) emit_number(value, out, kCollection, 1);
  if ((flags & 2) != 0) emit_number(value, out, kPeriod, 1);
  if ((flags & 4) != 0) emit_number(value, out, kPositioning, 1);
  if ((flags & 8) != 0) emit_mdt_plmns(value, out);
}

void decode_twan_identifier(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kTwanBits);
  emit_lv_text(value, out, kSsid);
  if ((flags & 0x01) != 0) emit_octets(value, out, kBssid, 6);
  if ((flags & 0x02) != 0) emit_lv(value, out, kCivicAddress);
  if ((flags & 0x04) != 0) emit_plmn_object(value, out, kTwanPlmn);
  if ((flags & 0x08) != 0) emit_lv_text(value, out, kOperator);
  if ((flags & 0x10) != 0) emit_logical_access_id(value, out);
}

}  // namespace gtp::wire::gtpv2
