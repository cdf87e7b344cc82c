// SPDX-License-Identifier: GPL-2.0-or-later
//
// The part of pfcp_atsss.hpp that release 17 added for L2TP and for multicast/broadcast services (MBS).
#include "libcommon/wire/table/names_pfcp.hpp"
#include "libcommon/wire/value/pfcp_atsss.hpp"
#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kAuthenType{"proxy_authen_type", "Proxy authen type", &names_pfcp::kProxyAuthen};
constexpr FieldInfo kAuthenName{"proxy_authen_name", "Proxy authen name"};
constexpr FieldInfo kAuthenChallenge{"proxy_authen_challenge", "Proxy authen challenge"};
constexpr FieldInfo kAuthenResponse{"proxy_authen_response", "Proxy authen response"};
constexpr FieldInfo kAuthenId{"proxy_authen_id", "Proxy authen ID"};
constexpr FieldInfo kTunnelPreference{"tunnel_preference", "Tunnel preference"};
constexpr FieldInfo kCallingNumber{"calling_number", "Calling number"};
constexpr FieldInfo kCalledNumber{"called_number", "Called number"};
constexpr FieldInfo kMru{"maximum_receive_unit", "Maximum receive unit", nullptr, Format::dec, 0, "octets"};
constexpr FieldInfo kTunnelPassword{"tunnel_password", "Tunnel password"};
constexpr FieldInfo kTmgi{"tmgi", "TMGI"};
constexpr FieldInfo kSource{"source_address", "Source address"};
constexpr FieldInfo kDistribution{"distribution_address", "Distribution address"};
constexpr FieldInfo kNid{"nid", "NID"};
constexpr FieldInfo kCTeid{"c_teid", "Common TEID", nullptr, Format::hex, 8};
constexpr FieldInfo kUdpPort{"udp_port", "UDP port"};
constexpr FieldInfo kUnicastId{"mbs_unicast_parameters_id", "MBS unicast parameters ID"};
constexpr FieldInfo kAreaSessionId{"area_session_id", "Area session ID"};

constexpr FlagBit kAuthentication[] = {{0, 1, "pan", "Proxy authen name"},
                                       {0, 2, "pac", "Proxy authen challenge"},
                                       {0, 3, "par", "Proxy authen response"},
                                       {0, 4, "pai", "Proxy authen ID"}};
constexpr FlagBit kSessionFlags[] = {
    {0, 1, "tmgi", "TMGI"}, {0, 2, "ssmi", "Source specific multicast"}, {0, 3, "nidi", "NID"}};
constexpr FlagBit kIngressFlags[] = {
    {0, 1, "v4", "IPv4 address"}, {0, 2, "v6", "IPv6 address"}, {0, 3, "ch", "CHOOSE: the UP function assigns it"}};

// An address as TS 23.003 codes it for MBMS: | type (2 bits: 0 IPv4, 1 IPv6), length (6 bits) | address |
void emit_typed_address(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::uint8_t octet = at.u8();
  if (at.failed()) return;
  emit_address(at, out, field, octet & 0x3f);
}

}  // namespace

//   | type (2) | PAI, PAR, PAC, PAN | [length (1), name] | [length, challenge] | [length, response] | [ID (1)] |
void l2tp_user_authentication(Cursor& value, FieldSink& out) {
  emit_number(value, out, kAuthenType, 2);
  const std::uint8_t flags = read_flags(value, out, kAuthentication);
  if (has_bit(flags, 1)) emit_counted_text(value, out, kAuthenName, 1);
  if (has_bit(flags, 2)) emit_counted_octets(value, out, kAuthenChallenge, 1);
  if (has_bit(flags, 3)) emit_counted_octets(value, out, kAuthenResponse, 1);
  if (has_bit(flags, 4)) emit_number(value, out, kAuthenId, 1);
}

void tunnel_preference(Cursor& value, FieldSink& out) { emit_number(value, out, kTunnelPreference, 3); }
void calling_number(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kCallingNumber); }
void called_number(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kCalledNumber); }
void maximum_receive_unit(Cursor& value, FieldSink& out) { emit_number(value, out, kMru, 2); }
void tunnel_password(Cursor& value, FieldSink& out) { emit_rest_text(value, out, kTunnelPassword); }

//   | NIDI, SSMI, TMGI | [TMGI (6)] | [distribution address, source address] | [NID (6)] |
void mbs_session_identifier(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kSessionFlags);
  if (has_bit(flags, 1)) emit_octets(value, out, kTmgi, 6);
  if (has_bit(flags, 2)) {
    emit_typed_address(value, out, kDistribution);
    emit_typed_address(value, out, kSource);
  }
  if (has_bit(flags, 3)) emit_octets(value, out, kNid, 6);
}

//   | spare | C-TEID (4) | distribution address | source address |
void multicast_transport_information(Cursor& value, FieldSink& out) {
  value.skip(1);
  emit_number(value, out, kCTeid, 4);
  emit_typed_address(value, out, kDistribution);
  emit_typed_address(value, out, kSource);
}

//   | spare, CH, V6, V4 | CH=0: UDP port (2) | [IPv4] | [IPv6] |
void local_ingress_tunnel(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kIngressFlags);
  if (value.failed() || has_bit(flags, 3)) return;
  emit_number(value, out, kUdpPort, 2);
  if (has_bit(flags, 1)) emit_ipv4(value, out);
  if (has_bit(flags, 2)) emit_ipv6(value, out);
}

void mbs_unicast_parameters_id(Cursor& value, FieldSink& out) { emit_number(value, out, kUnicastId, 2); }
void area_session_id(Cursor& value, FieldSink& out) { emit_number(value, out, kAreaSessionId, 2); }

}  // namespace gtp::wire::pfcp
