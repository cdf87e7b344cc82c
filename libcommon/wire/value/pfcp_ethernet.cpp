// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/pfcp_ethernet.hpp"

#include "libcommon/wire/value/pfcp_common.hpp"

namespace gtp::wire::pfcp {
namespace {

constexpr FieldInfo kSource{"source", "Source MAC address"};
constexpr FieldInfo kDestination{"destination", "Destination MAC address"};
constexpr FieldInfo kUpperSource{"upper_source", "Upper source MAC address"};
constexpr FieldInfo kUpperDestination{"upper_destination", "Upper destination MAC address"};
constexpr FieldInfo kPcp{"pcp", "Priority code point"};
constexpr FieldInfo kDei{"dei", "Drop eligible indicator"};
constexpr FieldInfo kVid{"vid", "VLAN identifier"};
constexpr FieldInfo kEthertype{"ethertype", "Ethertype", nullptr, Format::hex, 4};
constexpr FieldInfo kFilterId{"ethernet_filter_id", "Ethernet filter ID"};
constexpr FieldInfo kMacAddresses{"mac_addresses", "MAC addresses"};
constexpr FieldInfo kMac{"mac_address", "MAC address"};
constexpr FieldInfo kCTag{"c_tag", "C-TAG"};
constexpr FieldInfo kSTag{"s_tag", "S-TAG"};
constexpr FieldInfo kPort{"port_number", "Port number"};
constexpr FieldInfo kNode{"user_plane_node_id", "5GS user plane node ID"};
constexpr FieldInfo kContainer{"container", "Container"};
constexpr FieldInfo kDomain{"time_domain_number", "Time domain number"};
constexpr FieldInfo kOffsetThreshold{"time_offset_threshold", "Time offset threshold", nullptr, Format::dec, 0, "ns"};
constexpr FieldInfo kRatioThreshold{"cumulative_rate_ratio_threshold", "Cumulative rateRatio threshold"};
constexpr FieldInfo kOffset{
    "time_offset_measurement", "Time offset (two's complement)", nullptr, Format::hex, 16, "ns"};
constexpr FieldInfo kRatio{"cumulative_rate_ratio_measurement", "Cumulative rateRatio", nullptr, Format::hex, 8};

constexpr FlagBit kMacFlags[] = {{0, 1, "sour", "Source MAC address"},
                                 {0, 2, "dest", "Destination MAC address"},
                                 {0, 3, "usou", "Upper source MAC address"},
                                 {0, 4, "udes", "Upper destination MAC address"}};
constexpr FlagBit kTagFlags[] = {{0, 1, "pcp", "PCP"}, {0, 2, "dei", "DEI"}, {0, 3, "vid", "VID"}};
constexpr FlagBit kProxying[] = {{0, 1, "arp", "ARP proxying"}, {0, 2, "ins", "IPv6 neighbour solicitation proxying"}};
constexpr FlagBit kFilterProperties[] = {{0, 1, "bide", "Bidirectional"}};
constexpr FlagBit kSessionInformation[] = {{0, 1, "ethi", "Ethernet indication"}};
constexpr FlagBit kBridgeInfo[] = {{0, 1, "bii", "Bridge information requested"}};
constexpr FlagBit kNodeFlags[] = {{0, 1, "bid", "Bridge or node ID"}};
constexpr FlagBit kClockDrift[] = {{0, 1, "rrto", "Report the time offset"},
                                   {0, 2, "rrcr", "Report the cumulative rateRatio"}};

// The three octets of a tag, as 8.2.94 and 8.2.95 draw them:
//   | spare, VID, DEI, PCP | VID bits 12-9, DEI, PCP (3 bits) | VID bits 8-1 |
void emit_tag(Cursor& at, FieldSink& out) {
  const std::uint8_t flags = read_flags(at, out, kTagFlags);
  const std::uint8_t first = at.u8();
  const std::size_t from = at.offset();
  const std::uint8_t second = at.u8();
  if (at.failed()) return;
  if (has_bit(flags, 1)) out.number(kPcp, first & 7U, {from - 1, 1});
  if (has_bit(flags, 2)) out.number(kDei, first >> 3 & 1U, {from - 1, 1});
  if (has_bit(flags, 3)) out.number(kVid, (first >> 4 & 15U) << 8 | second, {from - 1, 2});
}

// | length (1) | tag |, the tag empty when there is none.
void emit_counted_tag(Cursor& at, FieldSink& out, const FieldInfo& field) {
  const std::size_t length = at.u8();
  if (at.failed() || length == 0) return;
  const std::size_t from = at.offset();
  Cursor part = at.sub(length);
  out.begin_object(field, since(from, at));
  emit_tag(part, out);
  out.end_object();
}

}  // namespace

//   | UDES, USOU, DEST, SOUR | [source (6)] | [destination (6)] | [upper source (6)] | [upper destination (6)] |
void mac_address(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kMacFlags);
  if (has_bit(flags, 1)) emit_mac(value, out, kSource);
  if (has_bit(flags, 2)) emit_mac(value, out, kDestination);
  if (has_bit(flags, 3)) emit_mac(value, out, kUpperSource);
  if (has_bit(flags, 4)) emit_mac(value, out, kUpperDestination);
}

void c_tag(Cursor& value, FieldSink& out) { emit_tag(value, out); }
void s_tag(Cursor& value, FieldSink& out) { emit_tag(value, out); }
void ethertype(Cursor& value, FieldSink& out) { emit_number(value, out, kEthertype, 2); }
void proxying(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kProxying); }
void ethernet_filter_id(Cursor& value, FieldSink& out) { emit_number(value, out, kFilterId, 4); }
void ethernet_filter_properties(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kFilterProperties); }
void ethernet_pdu_session_information(Cursor& value, FieldSink& out) {
  emit_all_flags(value, out, kSessionInformation);
}

//   | number of addresses | MAC address (6) ... | length (1), C-TAG | length (1), S-TAG |
void mac_addresses(Cursor& value, FieldSink& out) {
  const std::size_t count = value.u8();
  if (value.failed()) return;
  out.begin_list(kMacAddresses, next_octets(value, count * 6));
  for (std::size_t i = 0; i < count && !value.failed(); ++i) emit_mac(value, out, kMac);
  out.end_list();
  // The tags came with release 15.2; older senders leave them out.
  if (value.failed() || value.empty()) return;
  emit_counted_tag(value, out, kCTag);
  if (!value.failed() && !value.empty()) emit_counted_tag(value, out, kSTag);
}

void create_bridge_info_for_tsc(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kBridgeInfo); }
void port_number(Cursor& value, FieldSink& out) { emit_number(value, out, kPort, 4); }

//   | spare, BID | [node ID (8)] |     (some send other lengths)
void user_plane_node_5gs(Cursor& value, FieldSink& out) {
  const std::uint8_t flags = read_flags(value, out, kNodeFlags);
  if (has_bit(flags, 1)) emit_rest(value, out, kNode);
}

// Opaque here: TS 24.539 defines the content.
void management_container(Cursor& value, FieldSink& out) { emit_rest(value, out, kContainer); }

void requested_clock_drift_information(Cursor& value, FieldSink& out) { emit_all_flags(value, out, kClockDrift); }
void time_domain_number(Cursor& value, FieldSink& out) { emit_number(value, out, kDomain, 1); }
void time_offset_threshold(Cursor& value, FieldSink& out) { emit_number(value, out, kOffsetThreshold, 8); }
void cumulative_rate_ratio_threshold(Cursor& value, FieldSink& out) { emit_number(value, out, kRatioThreshold, 4); }
void time_offset_measurement(Cursor& value, FieldSink& out) { emit_number(value, out, kOffset, 8); }
void cumulative_rate_ratio_measurement(Cursor& value, FieldSink& out) { emit_number(value, out, kRatio, 4); }

}  // namespace gtp::wire::pfcp
