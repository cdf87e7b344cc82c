// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_node.hpp"

#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kNodeIdType{"node_id_type", "Node ID type", &names_gtpv2::kFqCsidNodeIdType};
const FieldInfo kCsidCount{"csid_count", "Number of CSIDs"};
const FieldInfo kNodeId{"node_id", "Node ID", nullptr, Format::hex, 3};
const FieldInfo kCsids{"csids", "CSIDs"};
const FieldInfo kCsid{"csid", "CSID", nullptr, Format::hex, 4};
const FieldInfo kTimerUnit{"timer_unit", "Timer unit", &names_gtpv2::kTimerUnit};
const FieldInfo kTimerValue{"timer_value", "Timer value"};
const FieldInfo kDelayUnit{"delay_unit", "Throttling delay unit", &names_gtpv2::kTimerUnit};
const FieldInfo kThrottlingDelay{"delay_value", "Throttling delay value"};
const FieldInfo kThrottlingFactor{"factor", "Throttling factor", nullptr, Format::dec, 0, "%"};
const FieldInfo kNature{"nature_of_address", "Nature of address"};
const FieldInfo kPlan{"numbering_plan", "Numbering plan"};
const FieldInfo kNumber{"number", "Number"};
const FieldInfo kNodeName{"node_name", "Node name"};
const FieldInfo kNodeRealm{"node_realm", "Node realm"};
const FieldInfo kRelativeCapacity{"relative_capacity", "Relative capacity", nullptr, Format::dec, 0, "%"};
const FieldInfo kExtendedType{"extended_type", "Extended IE type"};
const FieldInfo kContents{"contents", "Contents"};
const FieldInfo kNfInstanceId{"nf_instance_id", "NF instance ID"};
const FieldInfo kSeconds{"timer", "Timer", nullptr, Format::dec, 0, "s"};
const FieldInfo kInteger{"value", "Value"};

// An ISDN address (TS 29.002): | 1 | nature (3) | plan (4) | BCD digits |
void emit_isdn_address(Cursor& at, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(at, octet)) return;
  emit_bits(at, out, kNature, octet, 4, 3);
  emit_bits(at, out, kPlan, octet, 0, 4);
  emit_digits(at, out, kNumber, at.remaining());
}

// MCC * 1000 + MNC in 20 bits, then 12 bits that the operator assigns.
void emit_operator_node_id(Cursor& at, FieldSink& out) {
  const std::size_t from = at.offset();
  const std::uint32_t bits = at.u32();
  if (at.failed()) return;
  const std::uint32_t plmn = bits >> 12;
  const auto digits = [](std::uint32_t n) {
    return std::array<char, 3>{static_cast<char>('0' + n / 100 % 10), static_cast<char>('0' + n / 10 % 10),
                               static_cast<char>('0' + n % 10)};
  };
  const auto mcc = digits(plmn / 1000);
  const auto mnc = digits(plmn % 1000);
  out.text(kMcc, {mcc.data(), 3}, {from, 3});
  out.text(kMnc, {mnc.data(), 3}, {from, 3});
  out.number(kNodeId, bits & 0xfff, {from + 2, 2});
}

// A number of as many octets as the value has, one to eight; more stay octets.
void emit_whole_number(Cursor& value, FieldSink& out, const FieldInfo& field) {
  const std::size_t size = value.remaining();
  if (size == 0) return value.fail();
  if (size > 8) return emit_rest(value, out, kSpareOctets);
  emit_number(value, out, field, static_cast<int>(size));
}

}  // namespace

void decode_ebi(Cursor& value, FieldSink& out) { emit_ebi(value, out); }

void decode_fq_csid(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  const unsigned type = octet >> 4;
  const unsigned count = octet & 0xf;
  emit_bits(value, out, kNodeIdType, octet, 4, 4);
  emit_bits(value, out, kCsidCount, octet, 0, 4);
  if (type == 0) {
    emit_ipv4(value, out);
  } else if (type == 1) {
    emit_ipv6(value, out);
  } else if (type == 2) {
    emit_operator_node_id(value, out);
  } else {
    return out.note("unknown node ID type, its size is not known");
  }
  if (count * 2 > value.remaining()) out.note("fewer CSIDs than announced");
  out.begin_list(kCsids, {value.offset(), value.remaining()});
  for (unsigned i = 0; i < count && !value.failed(); ++i) emit_number(value, out, kCsid, 2);
  out.end_list();
}

void decode_epc_timer(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kTimerUnit, octet, 5, 3);
  emit_bits(value, out, kTimerValue, octet, 0, 5);
}

void decode_throttling(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kDelayUnit, octet, 5, 3);
  emit_bits(value, out, kThrottlingDelay, octet, 0, 5);
  emit_number(value, out, kThrottlingFactor, 1);
}

void decode_node_number(Cursor& value, FieldSink& out) {
  Cursor number = value.sub(value.u8());
  emit_isdn_address(number, out);
  if (number.failed()) value.fail();
}

void decode_stn_sr(Cursor& value, FieldSink& out) { emit_isdn_address(value, out); }

void decode_node_identifier(Cursor& value, FieldSink& out) {
  emit_lv_text(value, out, kNodeName);
  emit_lv_text(value, out, kNodeRealm);
}

void decode_apn_and_capacity(Cursor& value, FieldSink& out) {
  emit_number(value, out, kRelativeCapacity, 1);
  emit_name(value, out, kApn, value.u8());
}

void decode_pgw_set_fqdn(Cursor& value, FieldSink& out) {
  // Releases differ on a spare octet in front; a name cannot begin with an empty label.
  if (value.remaining() > 1 && value.peek() == 0) value.skip(1);
  decode_fqdn<kFqdn>(value, out);
}

void decode_integer_number(Cursor& value, FieldSink& out) { emit_whole_number(value, out, kInteger); }

void decode_timer_in_seconds(Cursor& value, FieldSink& out) { emit_whole_number(value, out, kSeconds); }

void decode_timestamp(Cursor& value, FieldSink& out) { emit_ntp_seconds(value, out, kTimestamp, kTime); }

void decode_nf_instance_id(Cursor& value, FieldSink& out) { emit_rest(value, out, kNfInstanceId); }

void decode_private_extension(Cursor& value, FieldSink& out) {
  emit_number(value, out, kEnterpriseId, 2);
  emit_rest(value, out, kContents);
}

void decode_type_extension(Cursor& value, FieldSink& out) {
  if (value.remaining() < 2) return out.note("no room for the extended type");
  emit_number(value, out, kExtendedType, 2);
  emit_rest(value, out, kContents);
}

}  // namespace gtp::wire::gtpv2
