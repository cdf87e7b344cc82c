// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_usage.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo seconds(std::string_view key, std::string_view label) {
  return {key, label, nullptr, Format::dec, 0, "s"};
}

constexpr FieldInfo kTotal{"total_volume", "Total volume", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kUplinkVolume{"uplink_volume", "Uplink volume", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kDownlinkVolume{"downlink_volume", "Downlink volume", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kTotalPackets{"total_packets", "Total number of packets"};
constexpr FieldInfo kUplinkPackets{"uplink_packets", "Uplink number of packets"};
constexpr FieldInfo kDownlinkPackets{"downlink_packets", "Downlink number of packets"};
constexpr FieldInfo kUrSeqn{"ur_seqn", "UR-SEQN"};
constexpr FieldInfo kBaseTimeIntervalType{"base_time_interval_type", "Base time interval type",
                                          &names_pfcp::kBaseTimeInterval};
constexpr FieldInfo kBaseTimeInterval = seconds("base_time_interval", "Base time interval");
constexpr FieldInfo kValueDigits{"value_digits", "Value digits"};
constexpr FieldInfo kExponent{"exponent", "Exponent (two's complement)", nullptr, Format::hex, 8};
constexpr FieldInfo kQueryUrrReference{"query_urr_reference", "Query URR reference"};
constexpr FieldInfo kAuri{"auri", "Additional usage reports follow"};
constexpr FieldInfo kAdditionalReports{"additional_usage_reports", "Number of additional usage reports"};
constexpr FieldInfo kEvents{"events", "Number of events"};
constexpr FieldInfo kReports{"number_of_reports", "Number of reports"};
constexpr FieldInfo kTimeThreshold = seconds("time_threshold", "Time threshold");
constexpr FieldInfo kSubsequentTimeThreshold = seconds("subsequent_time_threshold", "Subsequent time threshold");
constexpr FieldInfo kInactivityDetectionTime = seconds("inactivity_detection_time", "Inactivity detection time");
constexpr FieldInfo kMeasurementPeriod = seconds("measurement_period", "Measurement period");
constexpr FieldInfo kDuration = seconds("duration_measurement", "Duration");
constexpr FieldInfo kQuotaHoldingTime = seconds("quota_holding_time", "Quota holding time");
constexpr FieldInfo kTimeQuota = seconds("time_quota", "Time quota");
constexpr FieldInfo kInactivityTimer = seconds("user_plane_inactivity_timer", "User plane inactivity timer");
constexpr FieldInfo kSubsequentTimeQuota = seconds("subsequent_time_quota", "Subsequent time quota");
constexpr FieldInfo kEthernetInactivity = seconds("ethernet_inactivity_timer", "Ethernet inactivity timer");
constexpr FieldInfo kQuotaValidityTime = seconds("quota_validity_time", "Quota validity time");
constexpr FieldInfo kMinimumWaitTime = seconds("minimum_wait_time", "Minimum wait time");
constexpr FieldInfo kValidityTimer = seconds("validity_timer", "Validity timer");
constexpr FieldInfo kTimerUnit{"timer_unit", "Timer unit", &names_pfcp::kTimerUnit};
constexpr FieldInfo kTimerValue{"timer_value", "Timer value"};
constexpr FieldInfo kMonitoringTime{"monitoring_time", "Monitoring time"};
constexpr FieldInfo kTimeOfFirstPacket{"time_of_first_packet", "Time of first packet"};
constexpr FieldInfo kTimeOfLastPacket{"time_of_last_packet", "Time of last packet"};
constexpr FieldInfo kStartTime{"start_time", "Start time"};
constexpr FieldInfo kEndTime{"end_time", "End time"};
constexpr FieldInfo kRecoveryTimeStamp{"recovery_time_stamp", "Recovery time stamp"};
constexpr FieldInfo kTimeStamp{"time_stamp", "Time stamp"};
constexpr FieldInfo kActivationTime{"activation_time", "Activation time"};
constexpr FieldInfo kDeactivationTime{"deactivation_time", "Deactivation time"};

constexpr FlagBit kVolumeFlags[] = {
    {0, 1, "tovol", "Total volume"}, {0, 2, "ulvol", "Uplink volume"}, {0, 3, "dlvol", "Downlink volume"}};
constexpr FlagBit kMeasurementFlags[] = {
    {0, 1, "tovol", "Total volume"},
    {0, 2, "ulvol", "Uplink volume"},
    {0, 3, "dlvol", "Downlink volume"},
    {0, 4, "tonop", "Total number of packets"},
    {0, 5, "ulnop", "Uplink number of packets"},
    {0, 6, "dlnop", "Downlink number of packets"},
};
constexpr FlagBit kDroppedFlags[] = {{0, 1, "dlpa", "Downlink packets"}, {0, 2, "dlby", "Octets of downlink data"}};

}  // namespace

//   | spare, DLVOL, ULVOL, TOVOL | [total (8)] | [uplink (8)] | [downlink (8)] |
void volume(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kVolumeFlags);
  if (has_bit(flags, 1)) emit_number(value, out, kTotal, 8);
  if (has_bit(flags, 2)) emit_number(value, out, kUplinkVolume, 8);
  if (has_bit(flags, 3)) emit_number(value, out, kDownlinkVolume, 8);
}

//   as volume(), then | [total packets (8)] | [uplink packets (8)] | [downlink packets (8)] |
void volume_measurement(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kMeasurementFlags);
  const FieldInfo* const fields[] = {&kTotal,        &kUplinkVolume,  &kDownlinkVolume,
                                     &kTotalPackets, &kUplinkPackets, &kDownlinkPackets};
  int bit = 1;
  for (const FieldInfo* field : fields) {
    if (has_bit(flags, bit++)) emit_number(value, out, *field, 8);
  }
}

//   | spare, DLBY, DLPA | [packets (8)] | [octets (8)] |
void dropped_dl_traffic_threshold(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kDroppedFlags);
  if (has_bit(flags, 1)) emit_number(value, out, kDownlinkPackets, 8);
  if (has_bit(flags, 2)) emit_number(value, out, kDownlinkVolume, 8);
}

void ur_seqn(Cursor& value, FieldSink& out) { emit_number(value, out, kUrSeqn, 4); }

//   | spare, type (2 bits) | base time interval (4) |
void time_quota_mechanism(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kBaseTimeIntervalType, octet, 0, 2);
  emit_number(value, out, kBaseTimeInterval, 4);
}

//   | value digits (8) | exponent (4) |     (RFC 8506, 8.51: value * 10^exponent)
void multiplier(Cursor& value, FieldSink& out) {
  emit_number(value, out, kValueDigits, 8);
  emit_number(value, out, kExponent, 4);
}

void query_urr_reference(Cursor& value, FieldSink& out) { emit_number(value, out, kQueryUrrReference, 4); }

//   | AURI (1 bit), number of additional usage reports (15 bits) |
void additional_usage_reports_information(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint16_t word = value.u16();
  if (value.failed()) return;
  out.number(kAuri, word >> 15, since(from, value));
  out.number(kAdditionalReports, word & 0x7fff, since(from, value));
}

void event_count(Cursor& value, FieldSink& out) { emit_number(value, out, kEvents, 4); }
void number_of_reports(Cursor& value, FieldSink& out) { emit_number(value, out, kReports, 2); }

void time_threshold(Cursor& value, FieldSink& out) { emit_number(value, out, kTimeThreshold, 4); }
void subsequent_time_threshold(Cursor& value, FieldSink& out) { emit_number(value, out, kSubsequentTimeThreshold, 4); }
void inactivity_detection_time(Cursor& value, FieldSink& out) { emit_number(value, out, kInactivityDetectionTime, 4); }
void measurement_period(Cursor& value, FieldSink& out) { emit_number(value, out, kMeasurementPeriod, 4); }
void duration_measurement(Cursor& value, FieldSink& out) { emit_number(value, out, kDuration, 4); }
void quota_holding_time(Cursor& value, FieldSink& out) { emit_number(value, out, kQuotaHoldingTime, 4); }
void time_quota(Cursor& value, FieldSink& out) { emit_number(value, out, kTimeQuota, 4); }
void user_plane_inactivity_timer(Cursor& value, FieldSink& out) { emit_number(value, out, kInactivityTimer, 4); }
void subsequent_time_quota(Cursor& value, FieldSink& out) { emit_number(value, out, kSubsequentTimeQuota, 4); }
void ethernet_inactivity_timer(Cursor& value, FieldSink& out) { emit_number(value, out, kEthernetInactivity, 4); }
void quota_validity_time(Cursor& value, FieldSink& out) { emit_number(value, out, kQuotaValidityTime, 4); }
void minimum_wait_time(Cursor& value, FieldSink& out) { emit_number(value, out, kMinimumWaitTime, 4); }
void validity_timer(Cursor& value, FieldSink& out) { emit_number(value, out, kValidityTimer, 2); }

//   | unit (3 bits), value (5 bits) |
void timer(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kTimerUnit, octet, 5, 3);
  emit_bits(value, out, kTimerValue, octet, 0, 5);
}

void monitoring_time(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kMonitoringTime, kUtc); }
void time_of_first_packet(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kTimeOfFirstPacket, kUtc); }
void time_of_last_packet(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kTimeOfLastPacket, kUtc); }
void start_time(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kStartTime, kUtc); }
void end_time(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kEndTime, kUtc); }
void recovery_time_stamp(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kRecoveryTimeStamp, kUtc); }
void time_stamp(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kTimeStamp, kUtc); }
void activation_time(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kActivationTime, kUtc); }
void deactivation_time(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kDeactivationTime, kUtc); }

}  // namespace gtp::wire::pfcp
