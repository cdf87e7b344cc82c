// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_session.hpp"

#include "libcommon/wire/table/names_gtpv2.hpp"
#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kCause{"cause", "Cause", &names_gtpv2::kCause};
const FieldInfo kPce{"pce", "PDN connection IE error"};
const FieldInfo kBce{"bce", "Bearer context IE error"};
const FieldInfo kCs{"cs", "Cause source, 1 is the remote node"};
const FieldInfo kOffendingType{"offending_ie_type", "Offending IE type"};
const FieldInfo kOffendingLength{"offending_ie_length", "Offending IE length"};
const FieldInfo kOffendingInstance{"offending_ie_instance", "Offending IE instance"};
const FieldInfo kPrefixLength{"ipv6_prefix_length", "IPv6 prefix length"};
const FieldInfo kInterfaceType{"interface_type", "Interface type", &names_gtpv2::kFTeidInterface};
const FieldInfo kGreKey{"gre_key", "GRE key", nullptr, Format::hex, 8};
const FieldInfo kEbis{"ebis", "EPS bearer IDs"};
const FieldInfo kPacketFlowId{"packet_flow_id", "Packet flow ID"};
const FieldInfo kSubnetPrefixLength{"subnet_prefix_length", "Subnet prefix length"};
const FieldInfo kDefaultRouter{"default_router", "IPv4 default router"};
const FieldInfo kTiFlag{"ti_flag", "TI flag"};
const FieldInfo kTransactionIdentifier{"transaction_identifier", "Transaction identifier"};

}  // namespace

// | cause | 0 0 0 0 0 | PCE | BCE | CS | offending IE: type | length (2), zero | 0 0 0 0 | instance (4) |
void decode_cause(Cursor& value, FieldSink& out) {
  emit_number(value, out, kCause, 1);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kPce, octet, 2, 1);
  emit_bits(value, out, kBce, octet, 1, 1);
  emit_bits(value, out, kCs, octet, 0, 1);
  if (value.remaining() < 4) return;
  emit_number(value, out, kOffendingType, 1);
  emit_number(value, out, kOffendingLength, 2);
  octet = value.u8();
  emit_bits(value, out, kOffendingInstance, octet, 0, 4);
}

void decode_ambr(Cursor& value, FieldSink& out) {
  emit_number(value, out, kUplink, 4);
  emit_number(value, out, kDownlink, 4);
}

void decode_ip_address(Cursor& value, FieldSink& out) {
  if (value.empty()) value.fail();
  emit_address_by_size(value, out, value.remaining());
}

void decode_paa(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kPdnType, octet, 0, 3);
  const unsigned type = octet & 7;
  const std::size_t needed = type == 1 ? 4 : type == 2 ? 17 : type == 3 ? 21 : 0;
  // Seen from real peers that have nothing to allocate: no address at all. Worth a remark, and the type stays of use.
  if (value.remaining() < needed) return out.note("no room for the address of this PDN type");
  if (type == 1) emit_ipv4(value, out);
  if (type != 2 && type != 3) return;
  emit_number(value, out, kPrefixLength, 1);
  emit_ipv6(value, out);
  if (type == 3) emit_ipv4(value, out);
}

void decode_f_teid(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kInterfaceType, octet, 0, 6);
  emit_number(value, out, kTeid, 4);
  if ((octet & 0x80) != 0) emit_ipv4(value, out);
  if ((octet & 0x40) != 0) emit_ipv6(value, out);
  if ((octet & 0xc0) == 0) out.note("neither V4 nor V6 is set: an endpoint without an address");
}

void decode_s103_forwarding(Cursor& value, FieldSink& out) {
  if (!emit_address_by_size(value, out, value.u8())) return;
  emit_number(value, out, kGreKey, 4);
  const std::uint8_t count = value.u8();
  out.begin_list(kEbis, {value.offset(), value.remaining()});
  for (unsigned i = 0; i < count && !value.failed(); ++i) emit_ebi(value, out);
  out.end_list();
}

void decode_s1u_forwarding(Cursor& value, FieldSink& out) {
  emit_ebi(value, out);
  if (!emit_address_by_size(value, out, value.u8())) return;
  emit_number(value, out, kTeid, 4);
}

void decode_packet_flow_id(Cursor& value, FieldSink& out) {
  emit_ebi(value, out);
  emit_rest(value, out, kPacketFlowId);
}

void decode_ip4cp(Cursor& value, FieldSink& out) {
  emit_number(value, out, kSubnetPrefixLength, 1);
  emit_ipv4(value, out, kDefaultRouter);
}

// The value part of TS 24.008's Linked TI (10.5.6.7): the transaction identifier of TS 24.007, 11.2.3.1.3, in the high
// half of its octet.
void decode_ti(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kTiFlag, octet, 7, 1);
  constexpr unsigned kExtended = 7;
  if ((octet >> 4 & 7U) != kExtended) return emit_bits(value, out, kTransactionIdentifier, octet, 4, 3);
  if (take_octet(value, octet)) emit_bits(value, out, kTransactionIdentifier, octet, 0, 7);
}

}  // namespace gtp::wire::gtpv2
