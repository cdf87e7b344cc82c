// SPDX-License-Identifier: GPL-2.0-or-later
//
// The part of pfcp_rules.hpp that says what becomes of a packet: markings, headers added and removed, redirection.
#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"
#include "libcommon/wire/value/pfcp_rules.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kTos{"tos_traffic_class", "ToS or traffic class", nullptr, Format::hex, 2};
constexpr FieldInfo kMask{"mask", "Mask", nullptr, Format::hex, 2};
constexpr FieldInfo kRedirectType{"redirect_address_type", "Redirect address type", &names_pfcp::kRedirectType};
constexpr FieldInfo kRedirectAddress{"redirect_server_address", "Redirect server address"};
constexpr FieldInfo kOtherAddress{"other_redirect_server_address", "Other redirect server address"};
constexpr FieldInfo kRedirectPort{"port", "Port"};
constexpr FieldInfo kForwardingPolicy{"forwarding_policy", "Forwarding policy identifier"};
constexpr FieldInfo kDestinationInterface{"destination_interface", "Destination interface",
                                          &names_pfcp::kDestinationInterface};
constexpr FieldInfo kOuterPort{"port", "Port"};
constexpr FieldInfo kCTag{"c_tag", "C-TAG", nullptr, Format::hex, 6};
constexpr FieldInfo kSTag{"s_tag", "S-TAG", nullptr, Format::hex, 6};
constexpr FieldInfo kRemoval{"outer_header_removal", "Outer header removal description",
                             &names_pfcp::kOuterHeaderRemoval};
constexpr FieldInfo kHeaderType{"header_type", "Header type", &names_pfcp::kHeaderType};
constexpr FieldInfo kHeaderFieldName{"header_field_name", "Header field name"};
constexpr FieldInfo kHeaderFieldValue{"header_field_value", "Header field value"};
constexpr FieldInfo kInterfaceType{"interface_type", "3GPP interface type", &names_pfcp::kInterfaceType};
constexpr FieldInfo kDestinationIpv4{"destination_ipv4", "Destination IPv4 address"};
constexpr FieldInfo kDestinationIpv6{"destination_ipv6", "Destination IPv6 address"};
constexpr FieldInfo kDestinationPort{"destination_port", "Destination port"};
constexpr FieldInfo kSourceIpv4{"source_ipv4", "Source IPv4 address"};
constexpr FieldInfo kSourceIpv6{"source_ipv6", "Source IPv6 address"};
constexpr FieldInfo kSourcePort{"source_port", "Source port"};

constexpr FlagBit kOuterHeaderBits[] = {
    {0, 1, "gtpu_udp_ipv4", "GTP-U/UDP/IPv4"},
    {0, 2, "gtpu_udp_ipv6", "GTP-U/UDP/IPv6"},
    {0, 3, "udp_ipv4", "UDP/IPv4"},
    {0, 4, "udp_ipv6", "UDP/IPv6"},
    {0, 5, "ipv4", "IPv4"},
    {0, 6, "ipv6", "IPv6"},
    {0, 7, "c_tag", "C-TAG"},
    {0, 8, "s_tag", "S-TAG"},
    {1, 1, "n19", "N19 indication"},
    {1, 2, "n6", "N6 indication"},
    {1, 3, "ssm_c_teid", "Low layer source specific multicast and C-TEID"},
};
constexpr FlagBit kExtensionDeletionBits[] = {{0, 1, "pdu_session_container", "PDU Session Container deleted"}};
constexpr FlagBit kReplacementBits[] = {
    {0, 1, "dipv4", "Destination IPv4 address"}, {0, 2, "dipv6", "Destination IPv6 address"},
    {0, 3, "dpn", "Destination port number"},    {0, 4, "sipv4", "Source IPv4 address"},
    {0, 5, "sipv6", "Source IPv6 address"},      {0, 6, "spn", "Source port number"},
};

}  // namespace

//   | ToS or traffic class | mask |
void transport_level_marking(Cursor& value, FieldSink& out) {
  emit_number(value, out, kTos, 1);
  emit_number(value, out, kMask, 1);
}

//   | spare, address type | length (2), address | [length (2), other address] | [port (2)] |
void redirect_information(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  const int type = octet & 0x0f;
  emit_bits(value, out, kRedirectType, octet, 0, 4);
  emit_counted_text(value, out, kRedirectAddress, 2);
  if (type == 4 || type == 8) emit_counted_text(value, out, kOtherAddress, 2);
  if (type >= 5 && type <= 8) emit_number(value, out, kRedirectPort, 2);
}

//   | length (1) | identifier |
void forwarding_policy(Cursor& value, FieldSink& out) { emit_counted_text(value, out, kForwardingPolicy, 1); }

void destination_interface(Cursor& value, FieldSink& out) { decode_bits<kDestinationInterface, 0, 4>(value, out); }

//   | description (2) | [TEID (4)] | [IPv4 (4)] | [IPv6 (16)] | [port (2)] | [C-TAG (3)] | [S-TAG (3)] |
// Which fields follow is what the bits of the description need together.
void outer_header_creation(Cursor& value, FieldSink& out) {
  const std::size_t from = value.offset();
  const Bytes description = value.take(2);
  if (description.size() != 2) return;
  out.flags(kFlags, kOuterHeaderBits, description, since(from, value));
  const std::uint8_t first = load_u8(description.data());
  const bool ssm = has_bit(load_u8(description.data() + 1), 3);
  if ((first & 0x03) != 0 || ssm) emit_number(value, out, kTeid, 4);
  if ((first & 0x15) != 0) emit_ipv4(value, out);
  if ((first & 0x2a) != 0) emit_ipv6(value, out);
  if ((first & 0x0c) != 0) emit_number(value, out, kOuterPort, 2);
  if (has_bit(first, 7)) emit_number(value, out, kCTag, 3);
  if (has_bit(first, 8)) emit_number(value, out, kSTag, 3);
}

//   | description | [GTP-U extension header deletion] |
void outer_header_removal(Cursor& value, FieldSink& out) {
  emit_number(value, out, kRemoval, 1);
  if (!value.failed() && !value.empty()) read_flags(value, out, kExtensionDeletionBits);
}

//   | spare, header type (5 bits) | length (1), field name | length (1), field value |
void header_enrichment(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kHeaderType, octet, 0, 5);
  emit_counted_text(value, out, kHeaderFieldName, 1);
  emit_counted_text(value, out, kHeaderFieldValue, 1);
}

void interface_type_3gpp(Cursor& value, FieldSink& out) { decode_bits<kInterfaceType, 0, 6>(value, out); }

//   | flags | [dst IPv4] | [dst IPv6] | [dst port] | [src IPv4] | [src IPv6] | [src port] |
void ip_address_and_port_number_replacement(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kReplacementBits);
  if (has_bit(flags, 1)) emit_ipv4(value, out, kDestinationIpv4);
  if (has_bit(flags, 2)) emit_ipv6(value, out, kDestinationIpv6);
  if (has_bit(flags, 3)) emit_number(value, out, kDestinationPort, 2);
  if (has_bit(flags, 4)) emit_ipv4(value, out, kSourceIpv4);
  if (has_bit(flags, 5)) emit_ipv6(value, out, kSourceIpv6);
  if (has_bit(flags, 6)) emit_number(value, out, kSourcePort, 2);
}

}  // namespace gtp::wire::pfcp
