// SPDX-License-Identifier: GPL-2.0-or-later
//
// The headers of all protocols, decoded into one plain structure.
//
//   GTPv1 (TS 29.281, 5.1; TS 29.060, 6)      GTPv2-C (TS 29.274, 5.1)          PFCP (TS 29.244, 7.2.2)
//   | Ver 001 |PT|*|E|S|PN|                   | Ver 010 |P|T|MP|*|*|            | Ver 001 |*|*|FO|MP|S|
//   | message type        |                   | message type       |            | message type         |
//   | length (2)          |  after octet 8    | length (2)         |  after 4   | length (2)           |  after 4
//   | TEID (4)            |                   | TEID (4)    if T   |            | SEID (8)    if S     |
//   | sequence (2) |  these four, when any    | sequence (3)       |            | sequence (3)         |
//   | N-PDU number |  of E, S, PN is set      | priority 4b | spare|            | priority 4b | spare  |
//   | next ext type|
//
//   GTPv0 (TS 09.60, 6): flags, type, length, sequence (2), flow label (2), SNDCP N-PDU (1), spare (3), TID (8); the
//   length counts what follows these 20 octets. GTP' (TS 32.295, 6.1): flags, type, length, sequence: 6 octets, or 20
//   in version 0 with bit 1 of the flags zero.
//
// decode_* read no octet outside [datagram] and never fail outright: what is missing is a Fault, what was there is in
// the structure. Always body_offset <= body_end <= datagram.size(). Octets that only the capture lacks are
// Fault::captured_short and no more: the sender did nothing wrong. A length field that promises more than the datagram
// has is not malformed by itself (Fault::length_beyond_packet); the element or T-PDU that it cuts may be.
//
// No state and nothing that points into the datagram: any thread may call.
#pragma once

#include <cstdint>

#include "libcommon/util/bytes.hpp"
#include "libcommon/wire/fault.hpp"
#include "libcommon/wire/protocol.hpp"

namespace gtp::wire {

struct Header {
  Protocol protocol = Protocol::gtpv1_u;
  std::uint8_t version = 0;
  std::uint8_t flags = 0;  // the first octet
  std::uint8_t message_type = 0;

  // Which of the fields below were in the packet.
  bool has_type = false;
  bool has_length = false;
  bool has_teid = false;
  bool has_sequence_number = false;
  bool has_n_pdu_number = false;  // GTPv1 N-PDU number, GTPv0 SNDCP N-PDU number
  bool has_seid = false;
  bool has_flow_label = false;
  bool has_tid = false;
  bool has_message_priority = false;

  std::uint8_t n_pdu_number = 0;
  std::uint8_t message_priority = 0;
  std::uint8_t next_extension_type = 0;  // GTPv1: type of the first extension header, 0 when there is none
  std::uint16_t length = 0;              // the length field as sent
  std::uint16_t flow_label = 0;
  std::uint32_t teid = 0;
  std::uint32_t sequence_number = 0;
  std::uint64_t seid = 0;
  std::uint64_t tid = 0;  // GTPv0: eight octets, TBCD (IMSI and NSAPI), as sent

  std::uint32_t header_length = 0;  // octets before extension headers, elements or T-PDU; those read, when cut
  std::uint32_t body_offset = 0;    // where elements or the T-PDU start (behind the extension headers)
  std::uint32_t body_end = 0;       // end of the message within the datagram, by length field and captured octets

  FaultSet faults;
};

// Each decodes a message at the start of [datagram] and walks GTPv1's extension headers to find the body.
// [wire_length] is the datagram's length on the wire; more than datagram.size() when the capture cut it.
Header decode_gtpv0(Bytes datagram, std::size_t wire_length) noexcept;
Header decode_gtpv1(Bytes datagram, std::size_t wire_length, bool user_plane_port) noexcept;
Header decode_gtpv2(Bytes datagram, std::size_t wire_length) noexcept;
Header decode_gtp_prime(Bytes datagram, std::size_t wire_length) noexcept;
Header decode_pfcp(Bytes datagram, std::size_t wire_length) noexcept;

// The plane of a GTPv1 message, which the header does not say: Error Indication, Tunnel Status, End Marker and G-PDU
// exist on the user plane only, Echo and Supported Extension Headers Notification on both, so the port decides.
Protocol gtpv1_plane(std::uint8_t message_type, bool user_plane_port) noexcept;

inline constexpr std::uint8_t kMessageEndMarker = 254;
inline constexpr std::uint8_t kMessageGPdu = 255;  // GTPv0 and GTPv1-U T-PDU

// Is what follows the header a T-PDU and not information elements?
constexpr bool carries_t_pdu(const Header& header) noexcept {
  return header.has_type && header.message_type == kMessageGPdu &&
         (header.protocol == Protocol::gtpv1_u || header.protocol == Protocol::gtpv0);
}

}  // namespace gtp::wire
