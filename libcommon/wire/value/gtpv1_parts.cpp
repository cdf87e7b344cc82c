// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv1_parts.hpp"

#include "libcommon/wire/table/names_gtpv1.hpp"

namespace gtp::wire::gtpv1 {
namespace {

constexpr FieldInfo kPdpTypeOrganization{"pdp_type_organization", "PDP type organization",
                                         &names_gtpv1::kPdpTypeOrganization};
constexpr FieldInfo kPdpTypeNumber{"pdp_type_number", "PDP type number", &names_gtpv1::kPdpTypeNumber};
constexpr FieldInfo kTiFlag{"ti_flag", "TI flag"};
constexpr FieldInfo kTransactionIdentifier{"transaction_identifier", "Transaction identifier"};

constexpr std::uint8_t kPdpTypeIpv4 = 0x21;
constexpr std::uint8_t kPdpTypeIpv6 = 0x57;
constexpr std::uint8_t kPdpTypeIpv4v6 = 0x8d;

}  // namespace

void emit_nsapi(Cursor& at, FieldSink& out) {
  const std::uint8_t octet = at.u8();
  if (!at.failed()) emit_bits(at, out, kNsapi, octet, 0, 4);
}

void emit_address(Cursor& at, FieldSink& out, const FieldInfo& field, std::size_t octets) {
  if (octets == 4) {
    emit_ipv4(at, out, field);
  } else if (octets == 16) {
    emit_ipv6(at, out, field);
  } else if (octets != 0) {
    emit_octets(at, out, field, octets);
    out.note("address of neither 4 nor 16 octets");
  }
}

void emit_ip(Cursor& at, FieldSink& out, std::size_t octets) {
  if (octets == 4) {
    emit_ipv4(at, out);
  } else if (octets == 16) {
    emit_ipv6(at, out);
  } else {
    emit_octets(at, out, kSpareOctets, octets);
    out.note("address of neither 4 nor 16 octets");
  }
}

void emit_sized_address(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t length = at.u8();
  emit_address(at, out, field, length);
}

void emit_sized_octets(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t length = at.u8();
  emit_octets(at, out, field, length);
}

void emit_sized_apn(Cursor& at, FieldSink& out) {
  const std::size_t length = at.u8();
  emit_name(at, out, kApn, length);
}

void emit_pdp_address(Cursor at, FieldSink& out, std::uint8_t type_number) {
  const std::size_t length = at.remaining();
  if (length == 0) return;
  const bool v4 = type_number == kPdpTypeIpv4 || type_number == kPdpTypeIpv4v6;
  const bool v6 = type_number == kPdpTypeIpv6 || type_number == kPdpTypeIpv4v6;
  if (v4 && length == 4) {
    emit_ipv4(at, out);
  } else if (v6 && length == 16) {
    emit_ipv6(at, out);
  } else if (v4 && v6 && length == 20) {
    emit_ipv4(at, out);
    emit_ipv6(at, out);
  } else {
    emit_rest(at, out, kSpareOctets);
    if (v4 || v6) out.note("address length does not fit the PDP type");
  }
}

std::uint8_t emit_pdp_type(Cursor& at, FieldSink& out) {
  const std::uint8_t organization = at.u8();
  if (!at.failed()) emit_bits(at, out, kPdpTypeOrganization, organization, 0, 4);
  const std::uint8_t number = at.u8();
  if (!at.failed()) emit_bits(at, out, kPdpTypeNumber, number, 0, 8);
  return number;
}

void emit_short_transaction_identifier(Cursor& at, FieldSink& out) {
  const std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_bits(at, out, kTiFlag, octet, 3, 1);
  emit_bits(at, out, kTransactionIdentifier, octet, 0, 3);
}

void emit_transaction_identifier(Cursor& at, FieldSink& out) {
  const std::size_t from = at.offset();
  const std::uint8_t first = at.u8();
  const std::uint8_t second = at.u8();
  if (at.failed()) return;
  // As in TS 24.007, 11.2.3.1.3: a flag (who allocated it) and three bits, of which 7 says that the second octet has
  // the value behind its extension bit.
  const unsigned low = first & 7U;
  out.number(kTiFlag, first >> 3 & 1U, {from, 1});
  out.number(kTransactionIdentifier, low == 7 ? second & 0x7fU : low, since(from, at));
}

}  // namespace gtp::wire::gtpv1
