// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_transfer.hpp"

#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kDlGtpu{"dl_gtpu_sequence_number", "Downlink GTP-U sequence number"};
const FieldInfo kUlGtpu{"ul_gtpu_sequence_number", "Uplink GTP-U sequence number"};
const FieldInfo kSendNPdu{"send_n_pdu_number", "Send N-PDU number"};
const FieldInfo kReceiveNPdu{"receive_n_pdu_number", "Receive N-PDU number"};
const FieldInfo kDlPdcp{"dl_pdcp_sequence_number", "Downlink PDCP sequence number"};
const FieldInfo kUlPdcp{"ul_pdcp_sequence_number", "Uplink PDCP sequence number"};
const FieldInfo kMessage{"complete_request_message_type", "Complete request message type",
                         &names_gtpv2::kCompleteRequest};
const FieldInfo kNas{"nas_message", "NAS message"};
const FieldInfo kContainerType{"container_type", "Container type", &names_gtpv2::kContainerType};
const FieldInfo kGreKey{"gre_key", "GRE key", nullptr, Format::hex, 8};
const FieldInfo kAddressType{"address_type", "Address type"};
const FieldInfo kVehicle{"vehicle_ue_authorized", "Vehicle UE", &names_gtpv2::kAuthorization};
const FieldInfo kPedestrian{"pedestrian_ue_authorized", "Pedestrian UE", &names_gtpv2::kAuthorization};
const FieldInfo kPqi{"pqi", "PQI"};
const FieldInfo kGuaranteed{"guaranteed_flow_bit_rate", "Guaranteed flow bit rate", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kMaximum{"maximum_flow_bit_rate", "Maximum flow bit rate", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kRange{"range", "Range"};

// RAB Context says which of its numbers mean anything.
constexpr FlagBit kRabBits[] = {{0, 8, "ulpsi", "Uplink PDCP sequence number indication"},
                                {0, 7, "dlpsi", "Downlink PDCP sequence number indication"},
                                {0, 6, "ulgsi", "Uplink GTP-U sequence number indication"},
                                {0, 5, "dlgsi", "Downlink GTP-U sequence number indication"}};

void emit_lv_digits(Cursor& at, FieldSink& out, const FieldInfo& field) { emit_digits(at, out, field, at.u8()); }

}  // namespace

void decode_pdu_numbers(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kNsapi, octet, 0, 4);
  emit_number(value, out, kDlGtpu, 2);
  emit_number(value, out, kUlGtpu, 2);
  emit_number(value, out, kSendNPdu, 2);
  emit_number(value, out, kReceiveNPdu, 2);
}

void decode_rab_context(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.peek();
  emit_flags(value, out, kRabBits);
  if (value.failed()) return;
  emit_bits(value, out, kNsapi, octet, 0, 4);
  emit_number(value, out, kDlGtpu, 2);
  emit_number(value, out, kUlGtpu, 2);
  emit_number(value, out, kDlPdcp, 2);
  emit_number(value, out, kUlPdcp, 2);
}

void decode_complete_request(Cursor& value, FieldSink& out) {
  emit_number(value, out, kMessage, 1);
  emit_rest(value, out, kNas);
}

void decode_f_container(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kContainerType, octet, 0, 4);
  emit_rest(value, out, kContainer);
}

// | 0 0 0 0 0 0 | IMEIF | MSISDNF | length, IMSI | length, MSISDN, if its bit is set | length, IMEI, if its bit is set
// |
void decode_remote_user_id(Cursor& value, FieldSink& out) {
  std::uint8_t flags = 0;
  if (!take_octet(value, flags)) return;
  emit_lv_digits(value, out, kImsi);
  if ((flags & 1) != 0) emit_lv_digits(value, out, kMsisdn);
  if ((flags & 2) != 0) emit_lv_digits(value, out, kMei);
}

// The value of one remote UE context of TS 24.301, 9.9.4.20: | address type | address |
void decode_remote_ue_ip(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kAddressType, octet, 0, 3);
  const unsigned type = octet & 7;
  if (type == 1) emit_ipv4(value, out);
  if (type == 2 && value.remaining() >= 16) emit_ipv6(value, out);
  emit_rest(value, out, kSpareOctets);
}

void decode_services_authorized(Cursor& value, FieldSink& out) {
  emit_number(value, out, kVehicle, 1);
  emit_number(value, out, kPedestrian, 1);
}

// | 0 ... | R | PQI | guaranteed (4) | maximum (4) | range, if R |
void decode_pc5_qos_flow(Cursor& value, FieldSink& out) {
  std::uint8_t flags = 0;
  if (!take_octet(value, flags)) return;
  emit_number(value, out, kPqi, 1);
  emit_number(value, out, kGuaranteed, 4);
  emit_number(value, out, kMaximum, 4);
  if ((flags & 1) != 0) emit_number(value, out, kRange, 1);
}

// | length, PDN identity | length, PDN GW address | GRE key (4) |
void decode_pmip_gre_tunnel(Cursor& value, FieldSink& out) {
  emit_name(value, out, kApn, value.u8());
  if (!emit_address_by_size(value, out, value.u8())) return;
  emit_number(value, out, kGreKey, 4);
}

// | length, PDN identity | GRE key (4) |
void decode_s103_gre_tunnel(Cursor& value, FieldSink& out) {
  emit_name(value, out, kApn, value.u8());
  emit_number(value, out, kGreKey, 4);
}

}  // namespace gtp::wire::gtpv2
