// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_bearer.hpp"

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_fields.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kDlGtpuSequence{"dl_gtpu_sequence_number", "Downlink GTP-U sequence number"};
constexpr FieldInfo kUlGtpuSequence{"ul_gtpu_sequence_number", "Uplink GTP-U sequence number"};
constexpr FieldInfo kDlPdcpSequence{"dl_pdcp_sequence_number", "Downlink PDCP sequence number"};
constexpr FieldInfo kUlPdcpSequence{"ul_pdcp_sequence_number", "Uplink PDCP sequence number"};
constexpr FieldInfo kSendNPdu{"send_n_pdu_number", "Send N-PDU number"};
constexpr FieldInfo kReceiveNPdu{"receive_n_pdu_number", "Receive N-PDU number"};
constexpr FieldInfo kRadioPriority{"radio_priority", "Radio priority"};
constexpr FieldInfo kPacketFlowId{"packet_flow_id", "Packet flow ID"};
constexpr FieldInfo kPfcCount{"pfc_count", "Number of packet flow contexts"};
constexpr FieldInfo kPacketFlowIds{"packet_flow_ids", "Packet flow IDs"};
constexpr FieldInfo kTypes{"types", "Extension header types"};
constexpr FieldInfo kType{"type", "Extension header type", &names_gtpv1::kExtensionHeaderType, Format::hex, 2};
constexpr FieldInfo kSapi{"sapi", "SAPI"};
constexpr FieldInfo kXid{"xid_parameters", "XID parameters"};
constexpr FieldInfo kTimerUnit{"timer_unit", "Timer unit", &names_gtpv1::kBackOffTimeUnit};
constexpr FieldInfo kTimerValue{"timer_value", "Timer value"};
constexpr FieldInfo kExtendedType{"extended_type", "Extended IE type"};

}  // namespace

void decode_nsapi(Cursor& value, FieldSink& out) { emit_nsapi(value, out); }

void decode_teid_data_ii(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_number(value, out, kTeid, 4);
}

void decode_flow_label_data_ii(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_number(value, out, kFlowLabel, 2);
}

void decode_rab_context(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_number(value, out, kDlGtpuSequence, 2);
  emit_number(value, out, kUlGtpuSequence, 2);
  emit_number(value, out, kDlPdcpSequence, 2);
  emit_number(value, out, kUlPdcpSequence, 2);
}

// | NSAPI (4) | spare | radio priority (3) |
void decode_radio_priority(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kNsapi, octet, 4, 4);
  emit_bits(value, out, kRadioPriority, octet, 0, 3);
}

void decode_packet_flow_id(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_number(value, out, kPacketFlowId, 1);
}

// TS 29.060, 7.7.39: TEID and RNC address are left out when the RAB was not set up.
void decode_rab_setup_information(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  if (value.failed() || value.empty()) return;
  emit_number(value, out, kTeid, 4);
  if (value.empty()) {
    value.fail();
  } else if (!value.failed()) {
    emit_ip(value, out, value.remaining());
  }
}

void decode_extension_header_type_list(Cursor& value, FieldSink& out) {
  out.begin_list(kTypes, {value.offset(), value.remaining()});
  while (!value.empty()) emit_number(value, out, kType, 1);
  out.end_list();
}

void decode_pdu_numbers(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_number(value, out, kDlGtpuSequence, 2);
  emit_number(value, out, kUlGtpuSequence, 2);
  emit_number(value, out, kSendNPdu, 2);
  emit_number(value, out, kReceiveNPdu, 2);
}

// TS 48.018, 11.3.83: a count, then one PFI (seven bits) each.
void decode_list_of_set_up_pfcs(Cursor& value, FieldSink& out) {
  const std::size_t count = value.u8();
  if (value.failed()) return;
  out.number(kPfcCount, count, {value.offset() - 1, 1});
  Cursor flows = value.sub(count);
  out.begin_list(kPacketFlowIds, {flows.offset(), flows.remaining()});
  while (!flows.empty()) {
    const std::uint8_t octet = flows.u8();
    emit_bits(flows, out, kPacketFlowId, octet, 0, 7);
  }
  out.end_list();
}

void decode_xid_parameters(Cursor& value, FieldSink& out) {
  const std::uint8_t sapi = value.u8();
  if (!value.failed()) emit_bits(value, out, kSapi, sapi, 0, 4);
  emit_sized_octets(value, out, kXid);
}

// TS 29.060, 7.7.88: index 1 to 256 as TS 48.018, 11.3.105 codes it, from 0 on.
void decode_rfsp_index(Cursor& value, FieldSink& out) {
  const unsigned index = value.u16();
  if (!value.failed()) out.number(kRfspIndex, index + 1, {value.offset() - 2, 2});
}

// TS 29.060, 7.7.102: | unit (3) | value (5) |
void decode_back_off_time(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kTimerUnit, octet, 5, 3);
  emit_bits(value, out, kTimerValue, octet, 0, 5);
}

void decode_signalling_priority_with_nsapi(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  const std::uint8_t octet = value.u8();
  if (!value.failed()) emit_bits(value, out, kLapi, octet, 0, 1);
}

void decode_selection_mode_with_nsapi(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  const std::uint8_t octet = value.u8();
  if (!value.failed()) emit_bits(value, out, kSelectionMode, octet, 0, 2);
}

// TS 29.060, 7.7.111: RANAP's Cause (TS 25.413, 9.2.1.4) in aligned PER. A bit says whether an extension follows; then
// three bits choose the group, and the value counts from the first cause of its group in as many bits as it needs.
void decode_extended_ranap_cause(Cursor& value, FieldSink& out) {
  struct Group {
    std::uint16_t first;
    std::uint8_t bits;
  };
  // Radio network, transmission network, NAS, protocol, miscellaneous, non-standard.
  constexpr Group kGroups[] = {{1, 6}, {65, 4}, {81, 4}, {97, 4}, {113, 4}, {129, 7}};
  const std::size_t from = value.offset();
  const std::uint8_t head = value.u8();
  if (value.failed()) return;
  const std::size_t choice = head >> 4 & 7U;
  if ((head & 0x80) != 0) {
    // The one extension: radio network causes from 257 on, as an open type (length, octet).
    const std::uint8_t length = value.u8();
    const std::uint8_t cause = value.u8();
    if (value.failed()) return;
    if ((head & 0x7f) == 0 && length == 1) {
      out.number(kRanapCause, 257U + cause, since(from, value));
    } else {
      out.note("unknown extension of the RANAP cause");
    }
    return;
  }
  if (choice >= std::size(kGroups)) {
    out.note("unknown group of RANAP causes");
    return;
  }
  const Group group = kGroups[choice];
  unsigned cause = head & 0xfU;
  if (group.bits > 4) cause = cause << (group.bits - 4U) | unsigned{value.u8()} >> (12U - group.bits);
  if (!value.failed()) out.number(kRanapCause, group.first + cause, since(from, value));
}

// TS 29.060, 7.7.0: the element's real type is in its first two octets.
void decode_ie_type_extension(Cursor& value, FieldSink& out) {
  emit_number(value, out, kExtendedType, 2);
  emit_rest(value, out, kSpareOctets);
}

}  // namespace gtp::wire::gtpv1
