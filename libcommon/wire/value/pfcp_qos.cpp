// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_qos.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kUlGate{"ul_gate", "UL gate", &names_pfcp::kGate};
constexpr FieldInfo kDlGate{"dl_gate", "DL gate", &names_pfcp::kGate};
constexpr FieldInfo kUplinkRate{"uplink", "Uplink", nullptr, Format::dec, 0, "kbit/s"};
constexpr FieldInfo kDownlinkRate{"downlink", "Downlink", nullptr, Format::dec, 0, "kbit/s"};
constexpr FieldInfo kPpi{"ppi", "Paging policy indication"};
constexpr FieldInfo kQfi{"qfi", "QFI"};
constexpr FieldInfo kDelay{"delay_value", "Delay in units of 50 ms"};
constexpr FieldInfo kPacketCount{"packet_count", "Packet count"};
constexpr FieldInfo kUlTimeUnit{"ul_time_unit", "Uplink time unit", &names_pfcp::kTimeUnit};
constexpr FieldInfo kUlRate{"max_uplink_packet_rate", "Maximum uplink packet rate"};
constexpr FieldInfo kDlTimeUnit{"dl_time_unit", "Downlink time unit", &names_pfcp::kTimeUnit};
constexpr FieldInfo kDlRate{"max_downlink_packet_rate", "Maximum downlink packet rate"};
constexpr FieldInfo kMoreUlTimeUnit{"additional_ul_time_unit", "Additional uplink time unit", &names_pfcp::kTimeUnit};
constexpr FieldInfo kMoreUlRate{"additional_max_uplink_packet_rate", "Additional maximum uplink packet rate"};
constexpr FieldInfo kMoreDlTimeUnit{"additional_dl_time_unit", "Additional downlink time unit", &names_pfcp::kTimeUnit};
constexpr FieldInfo kMoreDlRate{"additional_max_downlink_packet_rate", "Additional maximum downlink packet rate"};
constexpr FieldInfo kTos{"tos_traffic_class", "ToS or traffic class, and mask", nullptr, Format::hex, 4};
constexpr FieldInfo kSci{"service_class_indicator", "Service class indicator", nullptr, Format::hex, 4};
constexpr FieldInfo kAveragingWindow{"averaging_window", "Averaging window", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kUlLeft{"remaining_uplink_packets", "Remaining uplink packets allowed"};
constexpr FieldInfo kMoreUlLeft{"remaining_additional_uplink_packets", "Remaining additional uplink packets allowed"};
constexpr FieldInfo kDlLeft{"remaining_downlink_packets", "Remaining downlink packets allowed"};
constexpr FieldInfo kMoreDlLeft{"remaining_additional_downlink_packets",
                                "Remaining additional downlink packets allowed"};
constexpr FieldInfo kStatusValidity{"rate_control_status_validity_time", "Rate control status validity time"};
constexpr FieldInfo kPacketDelay{"delay_value", "Delay", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kDlDelay{"downlink_packet_delay", "Downlink packet delay", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kUlDelay{"uplink_packet_delay", "Uplink packet delay", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kRtDelay{"round_trip_packet_delay", "Round trip packet delay", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kPacketsSize{"dl_data_packets_size", "DL data packets size", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kDscps{"dscps", "DSCPs"};
constexpr FieldInfo kDscp{"dscp", "DSCP"};

constexpr FlagBit kServiceFlags[] = {{0, 1, "ppi", "Paging policy indication"}, {0, 2, "qfii", "QFI"}};
constexpr FlagBit kRateFlags[] = {{0, 1, "ulpr", "Uplink packet rate"},
                                  {0, 2, "dlpr", "Downlink packet rate"},
                                  {0, 3, "aprc", "Additional packet rate control"}};
constexpr FlagBit kMarkingFlags[] = {{0, 1, "ttc", "ToS or traffic class"}, {0, 2, "sci", "Service class indicator"}};
constexpr FlagBit kStatusFlags[] = {
    {0, 1, "ul", "Uplink"}, {0, 2, "dl", "Downlink"}, {0, 3, "apr", "Additional packet rate"}};
constexpr FlagBit kReportTriggerFlags[] = {
    {0, 1, "per", "Periodic"}, {0, 2, "thr", "At a threshold"}, {0, 3, "ire", "Immediate"}};
constexpr FlagBit kPathFlags[] = {{0, 1, "n9", "N9"}, {0, 2, "n3", "N3"}};
constexpr FlagBit kMonitoringFlags[] = {{0, 1, "dl", "Downlink packet delay"},
                                        {0, 2, "ul", "Uplink packet delay"},
                                        {0, 3, "rp", "Round trip packet delay"},
                                        {0, 4, "gtpupm", "GTP-U path monitoring"}};
constexpr FlagBit kFrequencyFlags[] = {
    {0, 1, "evett", "Event triggered"}, {0, 2, "perio", "Periodic"}, {0, 3, "sesrl", "At session release"}};
constexpr FlagBit kDelayFlags[] = {{0, 1, "dl", "Downlink packet delay"},
                                   {0, 2, "ul", "Uplink packet delay"},
                                   {0, 3, "rp", "Round trip packet delay"},
                                   {0, 4, "plmf", "Packet delay measurement failure"}};
constexpr FlagBit kMtEdt[] = {{0, 1, "rdsi", "Report the DL data packets size"}};
constexpr FlagBit kQerControl[] = {{0, 1, "rcsr", "Rate control status reporting"},
                                   {0, 2, "moed", "Mobile originated exception data"},
                                   {0, 3, "nord", "Normal data"}};

}  // namespace

//   | spare (4), UL gate (2 bits), DL gate (2 bits) |
void gate_status(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kUlGate, octet, 2, 2);
  emit_bits(value, out, kDlGate, octet, 0, 2);
}

//   | uplink (5) | downlink (5) |     kbit/s
void bit_rate(Cursor& value, FieldSink& out) {
  emit_number(value, out, kUplinkRate, 5);
  emit_number(value, out, kDownlinkRate, 5);
}

namespace {

void emit_six_bits(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::uint8_t octet = at.u8();
  if (!at.failed()) emit_bits(at, out, field, octet, 0, 6);
}

}  // namespace

//   | spare, QFII, PPI | [spare, paging policy indication (6 bits)] | [spare, QFI (6 bits)] |
void downlink_data_service_information(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kServiceFlags);
  if (has_bit(flags, 1)) emit_six_bits(value, out, kPpi);
  if (has_bit(flags, 2)) emit_six_bits(value, out, kQfi);
}

void downlink_data_notification_delay(Cursor& value, FieldSink& out) { emit_number(value, out, kDelay, 1); }

// One octet, or two for counts above 255.
void dl_buffering_suggested_packet_count(Cursor& value, FieldSink& out) {
  emit_number(value, out, kPacketCount, value.remaining() >= 2 ? 2 : 1);
}

namespace {

// | spare, time unit (3 bits) | packet rate (2) |
void emit_rate(Cursor& at, FieldSink& out, const FieldInfo& unit, const FieldInfo& rate) {
  const std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, unit, octet, 0, 3);
  emit_number(at, out, rate, 2);
}

}  // namespace

//   | APRC, DLPR, ULPR | [uplink: unit, rate] | [downlink] | [additional uplink] | [additional downlink] |
void packet_rate(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kRateFlags);
  const bool uplink = has_bit(flags, 1);
  const bool downlink = has_bit(flags, 2);
  if (uplink) emit_rate(value, out, kUlTimeUnit, kUlRate);
  if (downlink) emit_rate(value, out, kDlTimeUnit, kDlRate);
  if (!has_bit(flags, 3)) return;
  if (uplink) emit_rate(value, out, kMoreUlTimeUnit, kMoreUlRate);
  if (downlink) emit_rate(value, out, kMoreDlTimeUnit, kMoreDlRate);
}

//   | spare, SCI, TTC | [ToS and mask (2)] | [service class indicator (2)] |
void dl_flow_level_marking(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kMarkingFlags);
  if (has_bit(flags, 1)) emit_number(value, out, kTos, 2);
  if (has_bit(flags, 2)) emit_number(value, out, kSci, 2);
}

void qfi(Cursor& value, FieldSink& out) { emit_six_bits(value, out, kQfi); }
void suggested_buffering_packets_count(Cursor& value, FieldSink& out) { emit_number(value, out, kPacketCount, 1); }
void averaging_window(Cursor& value, FieldSink& out) { emit_number(value, out, kAveragingWindow, 4); }
void paging_policy_indicator(Cursor& value, FieldSink& out) { decode_bits<kPpi, 0, 3>(value, out); }

//   | APR, DL, UL | [uplink (2)] | [additional uplink (2)] | [downlink (2)] | [additional downlink (2)] | time (8) |
// The time is NTP's 64 bits: seconds and their fraction.
void packet_rate_status(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kStatusFlags);
  const bool additional = has_bit(flags, 3);
  if (has_bit(flags, 1)) {
    emit_number(value, out, kUlLeft, 2);
    if (additional) emit_number(value, out, kMoreUlLeft, 2);
  }
  if (has_bit(flags, 2)) {
    emit_number(value, out, kDlLeft, 2);
    if (additional) emit_number(value, out, kMoreDlLeft, 2);
  }
  if (value.failed() || value.empty()) return;
  emit_ntp_seconds(value, out, kStatusValidity, kUtc);
  value.skip(4);
}

void packet_delay(Cursor& value, FieldSink& out) { emit_number(value, out, kPacketDelay, 4); }
void qos_report_trigger(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kReportTriggerFlags); }
void gtp_u_path_interface_type(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kPathFlags); }
void requested_qos_monitoring(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMonitoringFlags); }
void reporting_frequency(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kFrequencyFlags); }

namespace {

//   | PLMF, RP, UL, DL | [downlink (4)] | [uplink (4)] | [round trip (4)] |
void emit_delays(Cursor& at, FieldSink& out, std::span<const FlagBit> table) {
  const std::uint8_t flags = read_flags(at, out, table);
  if (has_bit(flags, 1)) emit_number(at, out, kDlDelay, 4);
  if (has_bit(flags, 2)) emit_number(at, out, kUlDelay, 4);
  if (has_bit(flags, 3)) emit_number(at, out, kRtDelay, 4);
}

}  // namespace

void packet_delay_thresholds(Cursor& value, FieldSink& out) {
  emit_delays(value, out, std::span<const FlagBit>(kDelayFlags).first(3));
}
void qos_monitoring_measurement(Cursor& value, FieldSink& out) { emit_delays(value, out, kDelayFlags); }

void mt_edt_control_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMtEdt); }
void dl_data_packets_size(Cursor& value, FieldSink& out) { emit_number(value, out, kPacketsSize, 2); }
void qer_control_indications(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kQerControl); }

//   | spare, PPI (3 bits) | spare, DSCP (6 bits) | ... |
void dscp_to_ppi_mapping_information(Cursor& value, FieldSink& out) {
  decode_bits<kPpi, 0, 3>(value, out);
  if (value.failed()) return;
  out.begin_list(kDscps, next_octets(value, value.remaining()));
  while (!value.empty()) emit_six_bits(value, out, kDscp);
  out.end_list();
}

}  // namespace gtp::wire::pfcp
