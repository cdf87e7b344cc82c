// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_mbms.hpp"

#include "libcommon/wire/table/names_gtpv1.hpp"
#include "libcommon/wire/value/gtpv1_fields.hpp"
#include "libcommon/wire/value/gtpv1_parts.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kLinkedNsapi{"linked_nsapi", "Linked NSAPI"};
constexpr FieldInfo kUplinkTeid{"uplink_teid_control_plane", "Uplink TEID control plane", nullptr, Format::hex, 8};
constexpr FieldInfo kGgsnControl{"ggsn_address_control_plane", "GGSN address for control plane"};
constexpr FieldInfo kServiceId{"mbms_service_id", "MBMS service ID", nullptr, Format::hex, 6};
constexpr FieldInfo kServiceAreaCodes{"mbms_service_area_codes", "MBMS service area codes"};
constexpr FieldInfo kServiceAreaCode{"mbms_service_area_code", "MBMS service area code"};
constexpr FieldInfo kDays{"days", "Days", nullptr, Format::dec, 0, "d"};
constexpr FieldInfo kSeconds{"seconds", "Seconds", nullptr, Format::dec, 0, "s"};
constexpr FieldInfo kBearerCapabilities{"required_mbms_bearer_capabilities", "Required MBMS bearer capabilities"};
constexpr FieldInfo kFlowIdentifier{"mbms_flow_identifier", "MBMS flow identifier"};
constexpr FieldInfo kDistributionAddress{"distribution_address", "IP multicast distribution address"};
constexpr FieldInfo kSourceAddress{"source_address", "IP multicast source address"};
constexpr FieldInfo kHeaderCompression{"header_compression", "MBMS HC indicator"};

// | type (2) | length (6) | address | (TS 23.003, 5.1); the length says the same as the type.
void emit_gsn_address(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t head = at.u8();
  emit_address(at, out, field, head & 0x3f);
}

}  // namespace

// TS 29.060, 7.7.55:
//   | linked NSAPI (4) | spare (4) | uplink TEID control plane (4) | enhanced NSAPI |
//   | spare (4) | PDP type organization (4) | PDP type number | length (1) | PDP address |
//   | length (1) | GGSN address for control plane | length (1) | APN | spare (4) | transaction identifier (2 octets) |
void decode_mbms_ue_context(Cursor& value, FieldSink& out) {
  const std::uint8_t linked = value.u8();
  if (!value.failed()) emit_bits(value, out, kLinkedNsapi, linked, 4, 4);
  emit_number(value, out, kUplinkTeid, 4);
  emit_number(value, out, kEnhancedNsapi, 1);
  const std::uint8_t type = emit_pdp_type(value, out);
  const std::size_t length = value.u8();
  emit_pdp_address(value.sub(length), out, type);
  emit_sized_address(value, out, kGgsnControl);
  emit_sized_apn(value, out);
  emit_transaction_identifier(value, out);
}

// TS 29.061, 20.5.2 (TMGI): | MBMS service ID (3) | PLMN (3) |
void decode_tmgi(Cursor& value, FieldSink& out) {
  emit_number(value, out, kServiceId, 3);
  emit_plmn(value, out);
}

// TS 29.061, 20.5.4: | number of codes minus one | code (2) ...
void decode_mbms_service_area(Cursor& value, FieldSink& out) {
  const std::size_t count = std::size_t{value.u8()} + 1;
  if (value.failed()) return;
  Cursor codes = value.sub(2 * count);
  out.begin_list(kServiceAreaCodes, {codes.offset(), codes.remaining()});
  while (codes.remaining() >= 2) emit_number(codes, out, kServiceAreaCode, 2);
  out.end_list();
}

// TS 29.061, 20.5.5: | seconds (17 bits) | days (7 bits) |
void decode_mbms_session_duration(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const std::uint32_t duration = value.u24();
  if (value.failed()) return;
  out.number(kSeconds, duration >> 7, {from, 3});
  out.number(kDays, duration & 0x7f, {from + 2, 1});
}

// TS 29.061, 20.5.15: the time is one second more than the octet.
void decode_mbms_time_to_data_transfer(Cursor& value, FieldSink& out) {
  const unsigned octet = value.u8();
  if (!value.failed()) out.number(kSeconds, octet + 1, {value.offset() - 1, 1});
}

// TS 29.061, 20.5.3: text.
void decode_required_mbms_bearer_capabilities(Cursor& value, FieldSink& out) {
  emit_text(value, out, kBearerCapabilities, value.remaining());
}

void decode_mbms_flow_identifier(Cursor& value, FieldSink& out) { emit_rest(value, out, kFlowIdentifier); }

// TS 29.060, 7.7.85: | common TEID (4) | distribution address | source address | HC indicator |
void decode_mbms_ip_multicast_distribution(Cursor& value, FieldSink& out) {
  emit_number(value, out, kTeid, 4);
  emit_gsn_address(value, out, kDistributionAddress);
  emit_gsn_address(value, out, kSourceAddress);
  emit_number(value, out, kHeaderCompression, 1);
}

}  // namespace gtp::wire::gtpv1
