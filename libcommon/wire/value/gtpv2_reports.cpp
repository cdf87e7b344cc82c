// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_node.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

// Usage reports, rate control and monitoring events.
namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kScefReference{"scef_reference_id", "SCEF reference ID"};
const FieldInfo kScefId{"scef_id", "SCEF ID"};
const FieldInfo kRemainingReports{"remaining_reports", "Remaining number of reports"};
const FieldInfo kRemainingTime{
    "remaining_reporting_time", "Remaining minimum periodic location reporting time", nullptr, Format::dec, 0, "s"};
const FieldInfo kUplinkLimit{"uplink_rate_limit", "Uplink rate limit"};
const FieldInfo kDownlinkLimit{"downlink_rate_limit", "Downlink rate limit"};
const FieldInfo kCounter{"counter", "Counter"};
const FieldInfo kSecondaryRat{"secondary_rat_type", "Secondary RAT type", &names_gtpv2::kSecondaryRatType};
const FieldInfo kStart{"start_timestamp", "Start, seconds since 1900"};
const FieldInfo kStartTime{"start_time", "Start"};
const FieldInfo kEnd{"end_timestamp", "End, seconds since 1900"};
const FieldInfo kEndTime{"end_time", "End"};
const FieldInfo kUsageDownlink{"usage_downlink", "Usage data downlink", nullptr, Format::dec, 0, "octets"};
const FieldInfo kUsageUplink{"usage_uplink", "Usage data uplink", nullptr, Format::dec, 0, "octets"};
const FieldInfo kReportTransfer{"report_transfer", "Secondary RAT data usage report transfer"};
const FieldInfo kUplinkPackets{"uplink_packets_allowed", "Uplink packets allowed"};
const FieldInfo kExceptionReports{"additional_exception_reports", "Additional exception reports"};
const FieldInfo kDownlinkPackets{"downlink_packets_allowed", "Downlink packets allowed"};
const FieldInfo kValidity{"validity_timestamp", "Validity, seconds since 1900"};
const FieldInfo kValidityTime{"validity_time", "Valid until"};
const FieldInfo kFraction{"validity_fraction", "Validity, fraction of a second", nullptr, Format::hex, 8};

constexpr FlagBit kReceivers[] = {{0, 3, "srudn", "Secondary RAT Usage Report from NG-RAN"},
                                  {0, 2, "irsgw", "Intended Receiver SGW"},
                                  {0, 1, "irpgw", "Intended Receiver PGW"}};
constexpr FlagBit kExtensionBits[] = {{0, 1, "lrtp", "Remaining minimum periodic location reporting time present"}};

void emit_scef(Cursor& value, FieldSink& out) {
  emit_number(value, out, kScefReference, 4);
  emit_lv_text(value, out, kScefId);
}

}  // namespace

void decode_monitoring_event(Cursor& value, FieldSink& out) {
  emit_scef(value, out);
  emit_number(value, out, kRemainingReports, 2);
}

void decode_monitoring_extension(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kExtensionBits);
  emit_scef(value, out);
  if ((flags & 1) != 0) emit_number(value, out, kRemainingTime, 4);
}

void decode_plmn_rate_control(Cursor& value, FieldSink& out) {
  emit_number(value, out, kUplinkLimit, 2);
  emit_number(value, out, kDownlinkLimit, 2);
}

void decode_counter(Cursor& value, FieldSink& out) {
  emit_ntp_seconds(value, out, kTimestamp, kTime);
  emit_number(value, out, kCounter, 1);
}

// | 0 0 0 0 0 | SRUDN | IRSGW | IRPGW | RAT type | 0 0 0 0 | EBI | start (4) | end (4) | downlink (8) | uplink (8) |
// | length | NG-RAN's own report |, the last two with SRUDN
void decode_secondary_rat_usage(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = value.peek();
  emit_flags(value, out, kReceivers);
  emit_number(value, out, kSecondaryRat, 1);
  emit_ebi(value, out);
  emit_ntp_seconds(value, out, kStart, kStartTime);
  emit_ntp_seconds(value, out, kEnd, kEndTime);
  emit_number(value, out, kUsageDownlink, 8);
  emit_number(value, out, kUsageUplink, 8);
  if ((flags & 4) != 0) emit_lv(value, out, kReportTransfer);
}

void decode_apn_rate_control_status(Cursor& value, FieldSink& out) {
  emit_number(value, out, kUplinkPackets, 4);
  emit_number(value, out, kExceptionReports, 4);
  emit_number(value, out, kDownlinkPackets, 4);
  emit_ntp_seconds(value, out, kValidity, kValidityTime);
  emit_number(value, out, kFraction, 4);
}

}  // namespace gtp::wire::gtpv2
