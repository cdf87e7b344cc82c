// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/value/gtpv2_common.hpp"
#include "libcommon/wire/value/gtpv2_numbers.hpp"
#include "libcommon/wire/value/gtpv2_session.hpp"

namespace gtp::wire::gtpv2 {
namespace {

const FieldInfo kPci{"pci", "Pre-emption capability, 0 is may"};
const FieldInfo kPl{"pl", "Priority level"};
const FieldInfo kPvi{"pvi", "Pre-emption vulnerability, 0 is yes"};
const FieldInfo kQci{"qci", "QCI"};
const FieldInfo kMbrUplink{"mbr_uplink", "Maximum bit rate uplink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kMbrDownlink{"mbr_downlink", "Maximum bit rate downlink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kGbrUplink{"gbr_uplink", "Guaranteed bit rate uplink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kGbrDownlink{"gbr_downlink", "Guaranteed bit rate downlink", nullptr, Format::dec, 0, "kbit/s"};
const FieldInfo kLossUplink{"max_packet_loss_uplink", "Maximum packet loss rate uplink", nullptr, Format::dec, 0,
                            "tenths of a percent"};
const FieldInfo kLossDownlink{"max_packet_loss_downlink", "Maximum packet loss rate downlink", nullptr, Format::dec, 0,
                              "tenths of a percent"};
const FieldInfo kPpi{"ppi", "Paging policy indication, a DSCP"};
const FieldInfo kMaxCid{"max_cid", "MAX_CID"};
const FieldInfo kChannel1{"channel_1", "Channel 1"};
const FieldInfo kChannel2{"channel_2", "Channel 2"};

// RoHC profiles of a UE (TS 24.301, 9.9.4.22).
constexpr FlagBit kRohcProfiles[] = {
    {0, 7, "0x0104", "IP, RFC 5225"},     {0, 6, "0x0103", "ESP/IP, RFC 5225"}, {0, 5, "0x0102", "UDP/IP, RFC 5225"},
    {0, 4, "0x0006", "TCP/IP, RFC 6846"}, {0, 3, "0x0004", "IP, RFC 3843"},     {0, 2, "0x0003", "ESP/IP, RFC 3095"},
    {0, 1, "0x0002", "UDP/IP, RFC 3095"},
};

}  // namespace

void decode_arp(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kPci, octet, 6, 1);
  emit_bits(value, out, kPl, octet, 2, 4);
  emit_bits(value, out, kPvi, octet, 0, 1);
}

void decode_flow_qos(Cursor& value, FieldSink& out) {
  emit_number(value, out, kQci, 1);
  emit_number(value, out, kMbrUplink, 5);
  emit_number(value, out, kMbrDownlink, 5);
  emit_number(value, out, kGbrUplink, 5);
  emit_number(value, out, kGbrDownlink, 5);
}

void decode_bearer_qos(Cursor& value, FieldSink& out) {
  decode_arp(value, out);
  decode_flow_qos(value, out);
}

// | 0 ... | DL | UL | rate up (2) if UL | rate down (2) if DL |
void decode_max_packet_loss(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  if ((octet & 1) != 0) emit_number(value, out, kLossUplink, 2);
  if ((octet & 2) != 0) emit_number(value, out, kLossDownlink, 2);
}

// | 0 0 0 0 | EBI (4) | 0 ... | PPI flag | 0 0 | PPI value (6), if the flag is set |
void decode_paging_service(Cursor& value, FieldSink& out) {
  emit_ebi(value, out);
  std::uint8_t octet = 0;
  if (!take_octet(value, octet) || (octet & 1) == 0) return;
  if (take_octet(value, octet)) emit_bits(value, out, kPpi, octet, 0, 6);
}

void decode_header_compression(Cursor& value, FieldSink& out) {
  emit_flags(value, out, kRohcProfiles, 2);
  emit_number(value, out, kMaxCid, 2);
}

// The value part of TS 44.018, 10.5.2.8: | IEI (4) | channel 2 (2) | channel 1 (2) |
void decode_channel_needed(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  emit_bits(value, out, kChannel1, octet, 0, 2);
  emit_bits(value, out, kChannel2, octet, 2, 2);
}

// | 0 0 0 0 0 | P | V6 | V4 | IPv4 (4) | IPv6 (16) | port (2) |, each if its bit is set
void decode_sgi_ptp_address(Cursor& value, FieldSink& out) {
  std::uint8_t octet = 0;
  if (!take_octet(value, octet)) return;
  if ((octet & 1) != 0) emit_ipv4(value, out);
  if ((octet & 2) != 0) emit_ipv6(value, out);
  if ((octet & 4) != 0) emit_number(value, out, kPort, 2);
}

}  // namespace gtp::wire::gtpv2
