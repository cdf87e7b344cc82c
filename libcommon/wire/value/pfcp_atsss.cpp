// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_atsss.hpp"

#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kSteeringFunctionality{"steering_functionality", "Steering functionality",
                                           &names_pfcp::kSteeringFunctionality};
constexpr FieldInfo kSteeringMode{"steering_mode", "Steering mode", &names_pfcp::kSteeringMode};
constexpr FieldInfo kWeight{"weight", "Weight", nullptr, Format::dec, 0, "%"};
constexpr FieldInfo kPriority{"priority", "Priority", &names_pfcp::kPriority};
constexpr FieldInfo kAccessType{"access_type", "Access type", &names_pfcp::kAccessType};
constexpr FieldInfo kAvailability{"availability_status", "Availability status", &names_pfcp::kAvailability};
constexpr FieldInfo kQfis{"qfis", "QFIs"};
constexpr FieldInfo kQfi{"qfi", "QFI"};
constexpr FieldInfo kProxyType{"mptcp_proxy_type", "MPTCP proxy type", &names_pfcp::kMptcpProxy};
constexpr FieldInfo kProxyPort{"mptcp_proxy_port", "MPTCP proxy port"};
constexpr FieldInfo kUe3gppIpv4{"ipv4_3gpp", "UE link-specific IPv4 address for 3GPP access"};
constexpr FieldInfo kUe3gppIpv6{"ipv6_3gpp", "UE link-specific IPv6 address for 3GPP access"};
constexpr FieldInfo kUeNon3gppIpv4{"ipv4_non_3gpp", "UE link-specific IPv4 address for non-3GPP access"};
constexpr FieldInfo kUeNon3gppIpv6{"ipv6_non_3gpp", "UE link-specific IPv6 address for non-3GPP access"};
constexpr FieldInfo kPort3gpp{"port_3gpp", "PMF port for 3GPP access"};
constexpr FieldInfo kPortNon3gpp{"port_non_3gpp", "PMF port for non-3GPP access"};
constexpr FieldInfo kMac3gpp{"mac_3gpp", "PMF MAC address for 3GPP access"};
constexpr FieldInfo kMacNon3gpp{"mac_non_3gpp", "PMF MAC address for non-3GPP access"};
constexpr FieldInfo kRtt{"rtt", "Round trip time", nullptr, Format::dec, 0, "ms"};
constexpr FieldInfo kPlr{"packet_loss_rate", "Packet loss rate", nullptr, Format::dec, 0, "%"};

constexpr FlagBit kRequested[] = {{0, 1, "rrca", "Report changes of access availability"}};
constexpr FlagBit kMptcpControl[] = {{0, 1, "tci", "Transport converter"}};
constexpr FlagBit kLowLayer[] = {{0, 1, "lli", "ATSSS-LL steering functionality"}};
constexpr FlagBit kPmfControl[] = {{0, 1, "pmfi", "PMF functionality required"},
                                   {0, 2, "drtti", "PMF RTT measurement disallowed"},
                                   {0, 3, "pqpm", "Performance measurement per QoS flow"}};
constexpr FlagBit kMptcpAddress[] = {{0, 1, "v4", "IPv4 address"}, {0, 2, "v6", "IPv6 address"}};
constexpr FlagBit kUeLink[] = {{0, 1, "v4", "IPv4 address for 3GPP access"},
                               {0, 2, "v6", "IPv6 address for 3GPP access"},
                               {0, 3, "nv4", "IPv4 address for non-3GPP access"},
                               {0, 4, "nv6", "IPv6 address for non-3GPP access"}};
constexpr FlagBit kPmfAddress[] = {
    {0, 1, "v4", "IPv4 address"}, {0, 2, "v6", "IPv6 address"}, {0, 3, "mac", "MAC addresses"}};
constexpr FlagBit kMptcpApplicable[] = {{0, 1, "mai", "MPTCP is applicable"}};
constexpr FlagBit kThresholds[] = {{0, 1, "rtt", "Round trip time"}, {0, 2, "plr", "Packet loss rate"}};
constexpr FlagBit kModeIndicator[] = {{0, 1, "albi", "Autonomous load balancing"}, {0, 2, "ueai", "UE assistance"}};

}  // namespace

void steering_functionality(Cursor& value, FieldSink& out) { decode_bits<kSteeringFunctionality, 0, 4>(value, out); }
void steering_mode(Cursor& value, FieldSink& out) { decode_bits<kSteeringMode, 0, 4>(value, out); }
void weight(Cursor& value, FieldSink& out) { emit_number(value, out, kWeight, 1); }
void priority(Cursor& value, FieldSink& out) { decode_bits<kPriority, 0, 4>(value, out); }

void requested_access_availability_information(Cursor& value, FieldSink& out) {
  emit_all_flags(value, out, kRequested);
}

//   | spare, availability status (2 bits), access type (2 bits) |
void access_availability_information(Cursor& value, FieldSink& out) {
  const std::uint8_t octet = value.u8();
  if (value.failed()) return;
  emit_bits(value, out, kAvailability, octet, 2, 2);
  emit_bits(value, out, kAccessType, octet, 0, 2);
}

void mptcp_control_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMptcpControl); }
void atsss_ll_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kLowLayer); }

//   | spare, PQPM, DRTTI, PMFI | [number of QFIs | QFI ...] |
void pmf_control_information(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kPmfControl);
  if (!has_bit(flags, 3)) return;
  const std::size_t count = value.u8();
  if (value.failed()) return;
  out.begin_list(kQfis, next_octets(value, count));
  for (std::size_t i = 0; i < count && !value.failed(); ++i) emit_number(value, out, kQfi, 1);
  out.end_list();
}

//   | spare, V6, V4 | proxy type | proxy port (2) | [IPv4] | [IPv6] |
void mptcp_address_information(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kMptcpAddress);
  emit_number(value, out, kProxyType, 1);
  emit_number(value, out, kProxyPort, 2);
  if (has_bit(flags, 1)) emit_ipv4(value, out);
  if (has_bit(flags, 2)) emit_ipv6(value, out);
}

//   | spare, NV6, NV4, V6, V4 | [IPv4] | [IPv6] | [non-3GPP IPv4] | [non-3GPP IPv6] |
void ue_link_specific_ip_address(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kUeLink);
  if (has_bit(flags, 1)) emit_ipv4(value, out, kUe3gppIpv4);
  if (has_bit(flags, 2)) emit_ipv6(value, out, kUe3gppIpv6);
  if (has_bit(flags, 3)) emit_ipv4(value, out, kUeNon3gppIpv4);
  if (has_bit(flags, 4)) emit_ipv6(value, out, kUeNon3gppIpv6);
}

//   | spare, MAC, V6, V4 | [IPv4] | [IPv6] | [V4 or V6: port (2), non-3GPP port (2)] | [MAC (6), non-3GPP MAC (6)] |
void pmf_address_information(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kPmfAddress);
  if (has_bit(flags, 1)) emit_ipv4(value, out);
  if (has_bit(flags, 2)) emit_ipv6(value, out);
  if ((flags & 3) != 0) {
    emit_number(value, out, kPort3gpp, 2);
    emit_number(value, out, kPortNon3gpp, 2);
  }
  if (has_bit(flags, 3)) {
    emit_mac(value, out, kMac3gpp);
    emit_mac(value, out, kMacNon3gpp);
  }
}

void mptcp_applicable_indication(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kMptcpApplicable); }

//   | spare, PLR, RTT | [RTT (2)] | [packet loss rate (1)] |
void thresholds(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kThresholds);
  if (has_bit(flags, 1)) emit_number(value, out, kRtt, 2);
  if (has_bit(flags, 2)) emit_number(value, out, kPlr, 1);
}

void steering_mode_indicator(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kModeIndicator); }

}  // namespace gtp::wire::pfcp
