// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_address.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kChooseId{"choose_id", "CHOOSE ID"};
constexpr FieldInfo kDelegationBits{"ipv6_prefix_delegation_bits", "IPv6 prefix delegation bits"};
constexpr FieldInfo kIpv6PrefixLength{"ipv6_prefix_length", "IPv6 prefix length"};
constexpr FieldInfo kDestinationInterface{"destination_interface", "Destination interface",
                                          &names_pfcp::kDestinationInterface};
constexpr FieldInfo kNetworkInstance{"network_instance", "Network instance"};
constexpr FieldInfo kRecoveryTimeStamp{"recovery_time_stamp", "Recovery time stamp"};
constexpr FieldInfo kTeidRangeBits{"teid_range_indication", "TEID range indication (bits)"};
constexpr FieldInfo kTeidRange{"teid_range", "TEID range", nullptr, Format::hex, 2};
constexpr FieldInfo kSourceInterface{"source_interface", "Source interface", &names_pfcp::kSourceInterface};
constexpr FieldInfo kPoolIdentity{"ue_ip_address_pool_identity", "UE IP address pool identity"};
constexpr FieldInfo kStartIpv4{"start_ipv4", "First IPv4 address"};
constexpr FieldInfo kStartIpv6{"start_ipv6", "First IPv6 address"};
constexpr FieldInfo kEndIpv4{"end_ipv4", "Last IPv4 address"};
constexpr FieldInfo kEndIpv6{"end_ipv6", "Last IPv6 address"};
constexpr FieldInfo kPrefixLength{"prefix_length", "Mask or prefix length"};
constexpr FieldInfo kIpv4Addresses{"ipv4_addresses", "Number of UE IPv4 addresses"};
constexpr FieldInfo kIpv6Addresses{"ipv6_addresses", "Number of UE IPv6 addresses"};

constexpr FlagBit kFTeidFlags[] = {{0, 1, "v4", "IPv4 address"},
                                   {0, 2, "v6", "IPv6 address"},
                                   {0, 3, "ch", "CHOOSE: the UP function assigns the F-TEID"},
                                   {0, 4, "chid", "CHOOSE ID"}};
constexpr FlagBit kUeIpFlags[] = {
    {0, 1, "v6", "IPv6 address"},
    {0, 2, "v4", "IPv4 address"},
    {0, 3, "sd", "Destination (1) or source (0) address"},
    {0, 4, "ipv6d", "IPv6 prefix delegation bits"},
    {0, 5, "chv4", "The UP function assigns the IPv4 address"},
    {0, 6, "chv6", "The UP function assigns the IPv6 address"},
    {0, 7, "ip6pl", "IPv6 prefix length"},
};
constexpr FlagBit kPeerFlags[] = {{0, 1, "v6", "IPv6 address"},
                                  {0, 2, "v4", "IPv4 address"},
                                  {0, 3, "di", "Destination interface"},
                                  {0, 4, "ni", "Network instance"},
                                  {0, 5, "rts", "Recovery time stamp"}};
constexpr FlagBit kResourceFlags[] = {{0, 1, "v4", "IPv4 address"},
                                      {0, 2, "v6", "IPv6 address"},
                                      {0, 6, "assoni", "Associated network instance"},
                                      {0, 7, "assosi", "Associated source interface"}};
constexpr FlagBit kSmfFlags[] = {
    {0, 1, "v6", "IPv6 address"}, {0, 2, "v4", "IPv4 address"}, {0, 3, "ppe", "Preferred PFCP entity"}};
constexpr FlagBit kEntityFlags[] = {{0, 1, "v6", "IPv6 address"}, {0, 2, "v4", "IPv4 address"}};
constexpr FlagBit kMulticastFlags[] = {{0, 1, "v6", "IPv6 address"},
                                       {0, 2, "v4", "IPv4 address"},
                                       {0, 3, "range", "First and last address"},
                                       {0, 4, "any", "Any multicast address"}};
constexpr FlagBit kSourceFlags[] = {
    {0, 1, "v6", "IPv6 address"}, {0, 2, "v4", "IPv4 address"}, {0, 3, "mpl", "Mask or prefix length"}};
constexpr FlagBit kCountFlags[] = {{0, 1, "ipv4", "IPv4 addresses"}, {0, 2, "ipv6", "IPv6 addresses"}};

}  // namespace

//   | spare, CHID, CH, V6, V4 | CH=0: TEID (4) | [IPv4 (4)] | [IPv6 (16)] | CHID=1: CHOOSE ID (1) |
void f_teid(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kFTeidFlags);
  if (value.failed()) return;
  const bool choose = has_bit(flags, 3);
  if (!choose) {
    emit_number(value, out, kTeid, 4);
    if (has_bit(flags, 1)) emit_ipv4(value, out);
    if (has_bit(flags, 2)) emit_ipv6(value, out);
    if ((flags & 3) == 0 && !value.failed()) out.note("V4 and V6 are both 0: the F-TEID has no address");
    if (has_bit(flags, 4)) out.note("CHID is 1 although CH is 0");
    return;
  }
  if (has_bit(flags, 4)) emit_number(value, out, kChooseId, 1);
}

//   | flags | [IPv4 (4)] | [IPv6 (16)] | [prefix delegation bits (1)] | [prefix length (1)] |
void ue_ip_address(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kUeIpFlags);
  if (has_bit(flags, 2)) emit_ipv4(value, out);
  if (has_bit(flags, 1)) emit_ipv6(value, out);
  if (has_bit(flags, 4)) emit_number(value, out, kDelegationBits, 1);
  if (has_bit(flags, 7)) emit_number(value, out, kIpv6PrefixLength, 1);
}

//   | flags | [IPv4] | [IPv6] | [length (2), destination interface] | [length (2), network instance] | [time (4)] |
void remote_gtp_u_peer(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kPeerFlags);
  if (has_bit(flags, 2)) emit_ipv4(value, out);
  if (has_bit(flags, 1)) emit_ipv6(value, out);
  if (has_bit(flags, 3)) {
    Cursor part = value.sub(value.u16());
    const std::uint8_t octet = part.u8();
    if (!part.failed()) emit_bits(part, out, kDestinationInterface, octet, 0, 4);
  }
  if (has_bit(flags, 4)) {
    const std::size_t length = value.u16();
    emit_name_or_text(value, out, kNetworkInstance, length);
  }
  if (has_bit(flags, 5)) emit_ntp_seconds(value, out, kRecoveryTimeStamp, kUtc);
}

//   | spare, ASSOSI, ASSONI, TEIDRI (3 bits), V6, V4 | [TEID range (1)] | [IPv4] | [IPv6] | [network instance] | [SI] |
// Releases 14 and 15 only. The network instance has no length: it ends where the value (or the source interface) does.
void user_plane_ip_resource_information(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kResourceFlags);
  if (value.failed()) return;
  emit_bits(value, out, kTeidRangeBits, flags, 2, 3);
  if ((flags & 0x1c) != 0) emit_number(value, out, kTeidRange, 1);
  if (has_bit(flags, 1)) emit_ipv4(value, out);
  if (has_bit(flags, 2)) emit_ipv6(value, out);
  const std::size_t interface = has_bit(flags, 7) ? 1 : 0;
  if (has_bit(flags, 6) && value.remaining() >= interface) {
    emit_name_or_text(value, out, kNetworkInstance, value.remaining() - interface);
  }
  if (interface != 0) decode_bits<kSourceInterface, 0, 4>(value, out);
}

//   | length (2) | pool identity |
void ue_ip_address_pool_identity(Cursor& value, FieldSink& out) { emit_counted_text(value, out, kPoolIdentity, 2); }

namespace {

std::uint8_t emit_v6_v4(Cursor& value, FieldSink& out, std::span<const FlagBit> table) {
  const std::uint8_t flags = read_flags(value, out, table);
  if (has_bit(flags, 2)) emit_ipv4(value, out);
  if (has_bit(flags, 1)) emit_ipv6(value, out);
  return flags;
}

}  // namespace

//   | flags | [IPv4] | [IPv6] |
void alternative_smf_ip_address(Cursor& value, FieldSink& out) { emit_v6_v4(value, out, kSmfFlags); }
void cp_pfcp_entity_ip_address(Cursor& value, FieldSink& out) { emit_v6_v4(value, out, kEntityFlags); }
void cp_ip_address(Cursor& value, FieldSink& out) { emit_v6_v4(value, out, kEntityFlags); }

//   | spare, ANY, RANGE, V4, V6 | [first IPv4] | [first IPv6] | [last IPv4] | [last IPv6] |
void ip_multicast_address(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kMulticastFlags);
  if (has_bit(flags, 4)) return;
  const bool range = has_bit(flags, 3);
  if (has_bit(flags, 2)) emit_ipv4(value, out, range ? kStartIpv4 : kIpv4);
  if (has_bit(flags, 1)) emit_ipv6(value, out, range ? kStartIpv6 : kIpv6);
  if (!range) return;
  if (has_bit(flags, 2)) emit_ipv4(value, out, kEndIpv4);
  if (has_bit(flags, 1)) emit_ipv6(value, out, kEndIpv6);
}

//   | spare, MPL, V4, V6 | [IPv4] | [IPv6] | [mask or prefix length (1)] |
void source_ip_address(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = emit_v6_v4(value, out, kSourceFlags);
  if (has_bit(flags, 3)) emit_number(value, out, kPrefixLength, 1);
}

//   | spare, IPv6, IPv4 | [number of IPv4 addresses (4)] | [number of IPv6 addresses (4)] |
void number_of_ue_ip_addresses(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kCountFlags);
  if (has_bit(flags, 1)) emit_number(value, out, kIpv4Addresses, 4);
  if (has_bit(flags, 2)) emit_number(value, out, kIpv6Addresses, 4);
}

void plain_address(Cursor& value, FieldSink& out) {
  if (value.remaining() >= 16) {
    emit_ipv6(value, out);
  } else {
    emit_ipv4(value, out);
  }
}

}  // namespace gtp::wire::pfcp
