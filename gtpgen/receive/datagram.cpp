// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/datagram.hpp"

#include "libcommon/wire/extension_header.hpp"
#include "libcommon/wire/header.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kMandatory = 8;
constexpr std::uint8_t kPlainGPdu = 0x30;  // version 1, GTP, none of E, S, PN

// A G-PDU with a PDU Session Container of the usual length and nothing else:
//
//   | 34 | ff | length (2) | TEID (4) | 00 00 | 00 | 85 | 01 | PDU type | QFI | 00 |
constexpr std::size_t kTagged = 16;
bool is_tagged_g_pdu(Bytes octets) noexcept {
  const std::byte* at = octets.data();
  return octets.size() >= kTagged && load_u8(at) == 0x34 && load_u8(at + 1) == wire::kMessageGPdu &&
         load_u8(at + 11) == wire::kExtensionPduSessionContainer && load_u8(at + 12) == 1 && load_u8(at + 15) == 0;
}

Datagram::Kind kind_of(std::uint8_t message_type) noexcept {
  switch (message_type) {
    case 1:
      return Datagram::Kind::echo_request;
    case 2:
      return Datagram::Kind::echo_response;
    case 3:
      return Datagram::Kind::version_not_supported;
    case 26:
      return Datagram::Kind::error_indication;
    case 31:
      return Datagram::Kind::supported_extension_headers;
    case wire::kMessageEndMarker:
      return Datagram::Kind::end_marker;
    case wire::kMessageGPdu:
      return Datagram::Kind::g_pdu;
    default:
      return Datagram::Kind::other;
  }
}

void find_pdu_session(Bytes octets, const wire::Header& header, Datagram& out) noexcept {
  wire::ExtensionWalker walker(octets.first(header.body_end), header.header_length, header.next_extension_type);
  wire::ExtensionHeader extension;
  while (walker.next(extension)) {
    wire::PduSessionTag tag;
    if (extension.type != wire::kExtensionPduSessionContainer || !wire::read_pdu_session_tag(extension.content, tag)) {
      continue;
    }
    out.qfi = tag.qfi;
    out.pdu_session_at = extension.offset + 1;
    out.pdu_session_length = extension.content.size();
    return;
  }
}

}  // namespace

Datagram read_datagram(Bytes octets) noexcept {
  Datagram out;
  if (octets.size() < kMandatory) return out;
  const std::byte* at = octets.data();
  if (load_u8(at) == kPlainGPdu && load_u8(at + 1) == wire::kMessageGPdu) {
    const std::size_t length = load_u16(at + 2);
    if (length > octets.size() - kMandatory) return out;
    out.kind = Datagram::Kind::g_pdu;
    out.teid = load_u32(at + 4);
    out.t_pdu_at = kMandatory;
    out.t_pdu = octets.subspan(kMandatory, length);
    return out;
  }
  if (is_tagged_g_pdu(octets)) {
    const std::size_t length = load_u16(at + 2);
    if (length < kTagged - kMandatory || length > octets.size() - kMandatory) return out;
    out.kind = Datagram::Kind::g_pdu;
    out.teid = load_u32(at + 4);
    out.pdu_session_at = 13;
    out.pdu_session_length = 2;
    out.qfi = static_cast<std::uint8_t>(load_u8(at + 14) & 0x3f);
    out.t_pdu_at = kTagged;
    out.t_pdu = octets.subspan(kTagged, length - (kTagged - kMandatory));
    return out;
  }
  // GTP' shares the version; the PT bit tells.
  if ((load_u8(at) & 0xf0) != 0x30) {
    // A node that speaks another version answers so in its own (TS 29.281, 7.1.3).
    if (load_u8(at + 1) == 3) out.kind = Datagram::Kind::version_not_supported;
    return out;
  }
  const wire::Header header = wire::decode_gtpv1(octets, octets.size(), true);
  if (!header.has_teid || header.length > octets.size() - kMandatory || header.body_offset > header.body_end ||
      header.body_end > octets.size() || header.faults.malformed()) {
    return out;
  }
  out.kind = kind_of(header.message_type);
  out.teid = header.teid;
  if (header.has_sequence_number) out.sequence_number = static_cast<std::uint16_t>(header.sequence_number);
  if (header.next_extension_type != 0) find_pdu_session(octets, header, out);
  if (out.kind == Datagram::Kind::g_pdu) {
    out.t_pdu_at = header.body_offset;
    out.t_pdu = octets.subspan(header.body_offset, header.body_end - header.body_offset);
  }
  return out;
}

}  // namespace gtp::gen
