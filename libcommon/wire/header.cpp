// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/header.hpp"

#include <algorithm>

#include "libcommon/wire/extension_header.hpp"

namespace gtp::wire {
namespace {

constexpr std::uint8_t kTypeEchoRequest = 1;
constexpr std::uint8_t kTypeEchoResponse = 2;
constexpr std::uint8_t kTypeErrorIndication = 26;
constexpr std::uint8_t kTypeSupportedExtensionHeaders = 31;
constexpr std::uint8_t kTypeTunnelStatus = 253;

// An octet that should be there is not: the sender's fault, or only the capture's.
void add_missing(Header& header, const Cursor& at, std::size_t wire_length, Fault fault) noexcept {
  const std::size_t captured = at.consumed() + at.remaining();
  header.faults.add(captured < wire_length ? Fault::captured_short : fault);
}

// The first four octets, which all protocols share. False when they are not all there.
bool read_common(Cursor& at, Header& header) noexcept {
  header.flags = at.u8();
  header.version = static_cast<std::uint8_t>(header.flags >> 5);
  if (at.failed()) return false;
  header.message_type = at.u8();
  header.has_type = !at.failed();
  header.length = at.u16();
  header.has_length = !at.failed();
  return header.has_length;
}

// Sets body_offset and body_end from [declared_end], which the length field names, and says how it disagrees with the
// datagram. header_length is set.
void set_bounds(Header& header, std::size_t declared_end, std::size_t captured, std::size_t wire_length,
                bool another_message_follows) noexcept {
  if (declared_end > wire_length) header.faults.add(Fault::length_beyond_packet);
  if (captured < std::min(declared_end, wire_length)) header.faults.add(Fault::captured_short);
  if (declared_end < wire_length && !another_message_follows) header.faults.add(Fault::trailing_octets);
  const std::size_t start = std::min<std::size_t>(header.header_length, captured);
  header.body_offset = static_cast<std::uint32_t>(start);
  header.body_end = static_cast<std::uint32_t>(std::max(start, std::min(declared_end, captured)));
}

// The header ends early: there is no body.
Header& without_body(Header& header, const Cursor& at) noexcept {
  header.header_length = header.body_offset = header.body_end = static_cast<std::uint32_t>(at.consumed());
  return header;
}

// Steps over the extension headers. A chain that cannot be followed hides where the body starts, so there is none.
void skip_extension_headers(Header& header, Bytes datagram, std::size_t wire_length) noexcept {
  ExtensionWalker walker(datagram.first(header.body_end), header.header_length, header.next_extension_type);
  ExtensionHeader extension;
  while (walker.next(extension)) continue;
  if (walker.faults().empty()) {
    header.body_offset = static_cast<std::uint32_t>(walker.offset());
    return;
  }
  header.body_offset = header.body_end;
  const bool cut_by_capture = datagram.size() < wire_length && header.body_end == datagram.size();
  if (cut_by_capture && !walker.faults().has(Fault::extension_zero_length)) {
    header.faults.add(Fault::captured_short);
  } else {
    header.faults.merge(walker.faults());
  }
}

// GTPv2-C and PFCP: the three-octet sequence number and the octet behind it, which carries a priority when [flag].
bool read_sequence_and_priority(Cursor& at, Header& header, bool flag) noexcept {
  header.sequence_number = at.u24();
  header.has_sequence_number = !at.failed();
  const std::uint8_t last = at.u8();
  if (at.failed()) return false;
  header.has_message_priority = flag;
  if (flag) header.message_priority = static_cast<std::uint8_t>(last >> 4);
  return true;
}

}  // namespace

Header decode_gtpv0(Bytes datagram, std::size_t wire_length) noexcept {
  Header header;
  header.protocol = Protocol::gtpv0;
  Cursor at(datagram);
  if (read_common(at, header)) {
    // Bits 4 to 2 are spare and sent as ones (GSM 09.60, 6); bit 5 is PT.
    if ((header.flags & 0x0e) != 0x0e) header.faults.add(Fault::reserved_bit);
    header.sequence_number = at.u16();
    header.has_sequence_number = !at.failed();
    header.flow_label = at.u16();
    header.has_flow_label = !at.failed();
    const std::uint8_t n_pdu_number = at.u8();
    header.has_n_pdu_number = (header.flags & 0x01) != 0 && !at.failed();
    if (header.has_n_pdu_number) header.n_pdu_number = n_pdu_number;
    at.skip(3);
    header.tid = at.u64();
    header.has_tid = !at.failed();
  }
  if (at.failed()) {
    add_missing(header, at, wire_length, Fault::header_cut);
    return without_body(header, at);
  }
  header.header_length = 20;
  set_bounds(header, std::size_t{20} + header.length, datagram.size(), wire_length, false);
  return header;
}

Header decode_gtpv1(Bytes datagram, std::size_t wire_length, bool user_plane_port) noexcept {
  constexpr std::uint8_t kPn = 0x01;
  constexpr std::uint8_t kS = 0x02;
  constexpr std::uint8_t kE = 0x04;
  constexpr std::uint8_t kReserved = 0x08;

  Header header;
  Cursor at(datagram);
  bool whole = read_common(at, header);
  header.protocol = gtpv1_plane(header.message_type, user_plane_port);
  if (whole) {
    header.teid = at.u32();
    header.has_teid = whole = !at.failed();
  }
  if (!whole) {
    add_missing(header, at, wire_length, Fault::header_cut);
    return without_body(header, at);
  }
  if ((header.flags & kReserved) != 0) header.faults.add(Fault::reserved_bit);
  header.header_length = 8;
  const std::size_t declared_end = std::size_t{8} + header.length;
  if ((header.flags & (kE | kS | kPn)) != 0) {
    // The four octets count in the length; when it leaves them out, nothing says that they are what they should be.
    if (header.length < 4) {
      header.faults.add(Fault::optional_header_cut);
      return without_body(header, at);
    }
    const std::uint16_t sequence_number = at.u16();
    const bool has_sequence_number = !at.failed();
    const std::uint8_t n_pdu_number = at.u8();
    const bool has_n_pdu_number = !at.failed();
    const std::uint8_t next_type = at.u8();
    if ((header.flags & kS) != 0 && has_sequence_number) {
      header.has_sequence_number = true;
      header.sequence_number = sequence_number;
    }
    if ((header.flags & kPn) != 0 && has_n_pdu_number) {
      header.has_n_pdu_number = true;
      header.n_pdu_number = n_pdu_number;
    }
    if (at.failed()) {
      add_missing(header, at, wire_length, Fault::optional_header_cut);
      return without_body(header, at);
    }
    if ((header.flags & kE) != 0) header.next_extension_type = next_type;
    header.header_length = 12;
  }
  set_bounds(header, declared_end, datagram.size(), wire_length, false);
  if (header.next_extension_type != 0) skip_extension_headers(header, datagram, wire_length);
  return header;
}

Header decode_gtpv2(Bytes datagram, std::size_t wire_length) noexcept {
  constexpr std::uint8_t kMp = 0x04;
  constexpr std::uint8_t kT = 0x08;
  constexpr std::uint8_t kP = 0x10;

  Header header;
  header.protocol = Protocol::gtpv2_c;
  Cursor at(datagram);
  bool whole = read_common(at, header);
  if (whole && (header.flags & kT) != 0) {
    header.teid = at.u32();
    header.has_teid = whole = !at.failed();
  }
  if (!whole || !read_sequence_and_priority(at, header, (header.flags & kMp) != 0)) {
    add_missing(header, at, wire_length, Fault::header_cut);
    return without_body(header, at);
  }
  header.header_length = static_cast<std::uint32_t>(at.consumed());
  const std::size_t declared_end = std::size_t{4} + header.length;
  if (declared_end < header.header_length) header.faults.add(Fault::header_cut);
  const bool piggyback = (header.flags & kP) != 0;
  set_bounds(header, declared_end, datagram.size(), wire_length, piggyback);
  if (piggyback && declared_end >= wire_length) header.faults.add(Fault::piggyback_missing);
  return header;
}

Header decode_gtp_prime(Bytes datagram, std::size_t wire_length) noexcept {
  Header header;
  header.protocol = Protocol::gtp_prime;
  Cursor at(datagram);
  if (read_common(at, header)) {
    header.sequence_number = at.u16();
    header.has_sequence_number = !at.failed();
    // The long header of version 0 repeats GTPv0's 20 octets, those behind the sequence number unused.
    if (header.version == 0 && (header.flags & 0x01) == 0) at.skip(14);
    if ((header.flags & 0x0e) != 0x0e) header.faults.add(Fault::reserved_bit);
  }
  if (at.failed()) {
    add_missing(header, at, wire_length, Fault::header_cut);
    return without_body(header, at);
  }
  header.header_length = static_cast<std::uint32_t>(at.consumed());
  set_bounds(header, at.consumed() + header.length, datagram.size(), wire_length, false);
  return header;
}

Header decode_pfcp(Bytes datagram, std::size_t wire_length) noexcept {
  constexpr std::uint8_t kS = 0x01;
  constexpr std::uint8_t kMp = 0x02;
  constexpr std::uint8_t kFo = 0x04;
  constexpr std::uint8_t kSpare = 0x18;

  Header header;
  header.protocol = Protocol::pfcp;
  Cursor at(datagram);
  bool whole = read_common(at, header);
  if (whole && (header.flags & kS) != 0) {
    header.seid = at.u64();
    header.has_seid = whole = !at.failed();
  }
  if (!whole || !read_sequence_and_priority(at, header, (header.flags & kMp) != 0)) {
    add_missing(header, at, wire_length, Fault::header_cut);
    return without_body(header, at);
  }
  if ((header.flags & kSpare) != 0) header.faults.add(Fault::reserved_bit);
  header.header_length = static_cast<std::uint32_t>(at.consumed());
  const std::size_t declared_end = std::size_t{4} + header.length;
  if (declared_end < header.header_length) header.faults.add(Fault::header_cut);
  const bool follow_on = (header.flags & kFo) != 0;
  set_bounds(header, declared_end, datagram.size(), wire_length, follow_on);
  if (follow_on && declared_end >= wire_length) header.faults.add(Fault::follow_on_missing);
  return header;
}

Protocol gtpv1_plane(std::uint8_t message_type, bool user_plane_port) noexcept {
  switch (message_type) {
    case kTypeErrorIndication:
    case kTypeTunnelStatus:
    case kMessageEndMarker:
    case kMessageGPdu:
      return Protocol::gtpv1_u;
    case kTypeEchoRequest:
    case kTypeEchoResponse:
    case kTypeSupportedExtensionHeaders:
      return user_plane_port ? Protocol::gtpv1_u : Protocol::gtpv1_c;
    default:
      return Protocol::gtpv1_c;
  }
}

}  // namespace gtp::wire
