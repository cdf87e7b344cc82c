// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_identity.hpp"

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kImeiSv{"imei_sv", "IMEI(SV)"};
constexpr FieldInfo kSgsnNumber{"sgsn_number", "SGSN number"};
constexpr FieldInfo kStnSr{"stn_sr", "STN-SR"};
constexpr FieldInfo kNatureOfNumber{"nature_of_number", "Nature of number", &names_gtpv1::kNatureOfNumber};
constexpr FieldInfo kNumberingPlan{"numbering_plan", "Numbering plan", &names_gtpv1::kNumberingPlan};
constexpr FieldInfo kNodeName{"node_name", "Node name"};
constexpr FieldInfo kNodeRealm{"node_realm", "Node realm"};
constexpr FieldInfo kLhnId{"lhn_id", "Local home network ID"};
constexpr FieldInfo kScefId{"scef_id", "SCEF ID"};

void emit_address_string(Cursor& at, FieldSink& out, const FieldInfo& digits) {
  const std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kNatureOfNumber, octet, 4, 3);
  emit_bits(at, out, kNumberingPlan, octet, 0, 4);
  if (!at.empty()) emit_digits(at, out, digits, at.remaining());
}

}  // namespace

void decode_imsi(Cursor& value, FieldSink& out) { emit_digits(value, out, kImsi, 8); }

void decode_imei_sv(Cursor& value, FieldSink& out) { emit_digits(value, out, kImeiSv, 8); }

void decode_msisdn(Cursor& value, FieldSink& out) { emit_address_string(value, out, kMsisdn); }

void decode_c_msisdn(Cursor& value, FieldSink& out) { emit_digits(value, out, kMsisdn, value.remaining()); }

void decode_sgsn_number(Cursor& value, FieldSink& out) { emit_address_string(value, out, kSgsnNumber); }

void decode_stn_sr(Cursor& value, FieldSink& out) { emit_address_string(value, out, kStnSr); }

void decode_ip_address(Cursor& value, FieldSink& out) {
  if (value.empty()) value.fail();
  emit_ip(value, out, value.remaining());
}

void decode_end_user_address(Cursor& value, FieldSink& out) {
  const std::uint8_t type = emit_pdp_type(value, out);
  emit_pdp_address(value.sub(value.remaining()), out, type);
}

void decode_apn(Cursor& value, FieldSink& out) { emit_name(value, out, kApn, value.remaining()); }

void decode_fqdn(Cursor& value, FieldSink& out) { emit_name(value, out, kFqdn, value.remaining()); }

// TS 29.060, 7.7.119: | length (1) | Diameter host | length (1) | Diameter realm |
void decode_node_identifier(Cursor& value, FieldSink& out) {
  const std::size_t name = value.u8();
  emit_text(value, out, kNodeName, name);
  const std::size_t realm = value.u8();
  emit_text(value, out, kNodeRealm, realm);
}

// TS 29.060, 7.7.115; the identity is coded like an FQDN (TS 23.003, 19.4.2).
void decode_lhn_id_with_nsapi(Cursor& value, FieldSink& out) {
  emit_nsapi(value, out);
  emit_name(value, out, kLhnId, value.remaining());
}

// TS 29.060, 7.7.121: | length (1) | APN | spare (4) | NSAPI (4) | length (2) | SCEF identity |
void decode_scef_pdn_connection(Cursor& value, FieldSink& out) {
  emit_sized_apn(value, out);
  emit_nsapi(value, out);
  const std::size_t length = value.u16();
  emit_text(value, out, kScefId, length);
}

}  // namespace gtp::wire::gtpv1
