// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_pdp_context.hpp"

#include <span>

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_fields.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"
#include "libcommon/wire/value/gtpv1_qos.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kSapi{"sapi", "SAPI"};
constexpr FieldInfo kQosSubscribed{"qos_subscribed", "QoS subscribed"};
constexpr FieldInfo kQosRequested{"qos_requested", "QoS requested"};
constexpr FieldInfo kQosNegotiated{"qos_negotiated", "QoS negotiated"};
constexpr FieldInfo kSequenceNumberDown{"sequence_number_down", "Sequence number down"};
constexpr FieldInfo kSequenceNumberUp{"sequence_number_up", "Sequence number up"};
constexpr FieldInfo kSendNPdu{"send_n_pdu_number", "Send N-PDU number"};
constexpr FieldInfo kReceiveNPdu{"receive_n_pdu_number", "Receive N-PDU number"};
constexpr FieldInfo kUplinkTeidControl{"uplink_teid_control_plane", "Uplink TEID control plane", nullptr, Format::hex,
                                       8};
constexpr FieldInfo kUplinkTeidData{"uplink_teid_data_i", "Uplink TEID data I", nullptr, Format::hex, 8};
constexpr FieldInfo kUplinkFlowLabel{"uplink_flow_label_signalling", "Uplink flow label signalling", nullptr,
                                     Format::hex, 4};
constexpr FieldInfo kPdpContextIdentifier{"pdp_context_identifier", "PDP context identifier"};
constexpr FieldInfo kGgsnControl{"ggsn_address_control_plane", "GGSN address for control plane"};
constexpr FieldInfo kGgsnUser{"ggsn_address_user_traffic", "GGSN address for user traffic"};
constexpr FieldInfo kGgsn{"ggsn_address", "GGSN address"};
constexpr FieldInfo kSecondAddress{"second_address", "Second PDP address"};
constexpr FieldInfo kPdpTypeNumber{"pdp_type_number", "PDP type number", &names_gtpv1::kPdpTypeNumber};

constexpr FlagBit kContextFlags[] = {
    {0, 8, "ea", "Extended end user address"},
    {0, 7, "vaa", "VPLMN address allowed"},
    {0, 6, "asi", "Activity status indicator"},
    {0, 5, "order", "Reordering required"},
};
constexpr FlagBit kContextFlagsV0[] = {
    {0, 7, "vaa", "VPLMN address allowed"},
    {0, 5, "order", "Reordering required"},
};

// The first two octets; returns the first.
std::uint8_t emit_head(Cursor& at, FieldSink& out, std::span<const FlagBit> flags) {
  const std::size_t from = at.offset();
  const Bytes bits = at.take(1);
  if (at.failed()) return 0;
  out.flags(kFlags, flags, bits, {from, 1});
  const std::uint8_t octet = load_u8(bits.data());
  emit_bits(at, out, kNsapi, octet, 0, 4);
  const std::uint8_t sapi = at.u8();
  if (!at.failed()) emit_bits(at, out, kSapi, sapi, 0, 4);
  return octet;
}

void emit_qos(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t length = at.u8();
  if (length == 0) return;
  Cursor profile = at.sub(length);
  out.begin_object(field, {profile.offset(), profile.remaining()});
  decode_qos_profile(profile, out);
  out.end_object();
  if (profile.failed() && !at.failed()) out.note("QoS profile shorter than its fixed part");
}

void emit_qos_v0(Cursor& at, FieldSink& out, const FieldInfo& field) {
  Cursor profile = at.sub(3);
  out.begin_object(field, {profile.offset(), profile.remaining()});
  decode_qos_profile_v0(profile, out);
  out.end_object();
}

void emit_sequence_numbers(Cursor& at, FieldSink& out) {
  emit_number(at, out, kSequenceNumberDown, 2);
  emit_number(at, out, kSequenceNumberUp, 2);
  emit_number(at, out, kSendNPdu, 1);
  emit_number(at, out, kReceiveNPdu, 1);
}

void emit_sized_pdp_address(Cursor& at, FieldSink& out, std::uint8_t type_number) {
  const std::size_t length = at.u8();
  emit_pdp_address(at.sub(length), out, type_number);
}

}  // namespace

void decode_pdp_context_v0(Cursor& value, FieldSink& out) {
  emit_head(value, out, kContextFlagsV0);
  emit_qos_v0(value, out, kQosSubscribed);
  emit_qos_v0(value, out, kQosRequested);
  emit_qos_v0(value, out, kQosNegotiated);
  emit_sequence_numbers(value, out);
  emit_number(value, out, kUplinkFlowLabel, 2);
  const std::uint8_t type_number = emit_pdp_type(value, out);
  emit_sized_pdp_address(value, out, type_number);
  emit_sized_address(value, out, kGgsn);
  emit_sized_apn(value, out);
  if (value.failed() || value.empty()) return;
  emit_short_transaction_identifier(value, out);
}

void decode_pdp_context(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = emit_head(value, out, kContextFlags);
  emit_qos(value, out, kQosSubscribed);
  emit_qos(value, out, kQosRequested);
  emit_qos(value, out, kQosNegotiated);
  emit_sequence_numbers(value, out);
  emit_number(value, out, kUplinkTeidControl, 4);
  emit_number(value, out, kUplinkTeidData, 4);
  emit_number(value, out, kPdpContextIdentifier, 1);
  const std::uint8_t type_number = emit_pdp_type(value, out);
  emit_sized_pdp_address(value, out, type_number);
  emit_sized_address(value, out, kGgsnControl);
  emit_sized_address(value, out, kGgsnUser);
  emit_sized_apn(value, out);
  emit_transaction_identifier(value, out);
  if ((flags & 0x80) == 0 || value.failed()) return;
  out.begin_object(kSecondAddress, {value.offset(), value.remaining()});
  const std::uint8_t second_type = value.u8();
  if (!value.failed()) emit_bits(value, out, kPdpTypeNumber, second_type, 0, 8);
  emit_sized_pdp_address(value, out, second_type);
  out.end_object();
}

}  // namespace gtp::wire::gtpv1
