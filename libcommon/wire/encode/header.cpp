// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/encode/header.hpp"

namespace gtp::wire {
namespace {

Header plain(Protocol protocol, std::uint8_t version, std::uint8_t type) noexcept {
  Header header;
  header.protocol = protocol;
  header.version = version;
  header.message_type = type;
  header.has_type = true;
  header.has_length = true;
  return header;
}

Header with_sequence(Header header, std::uint32_t sequence_number) noexcept {
  header.has_sequence_number = true;
  header.sequence_number = sequence_number;
  return header;
}

constexpr std::uint8_t flag(bool set, std::uint8_t bit) noexcept { return set ? bit : std::uint8_t{0}; }

std::uint8_t flags_octet(const Header& header) noexcept {
  const auto version = static_cast<unsigned>(header.version) << 5;
  unsigned flags = 0;
  switch (header.protocol) {
    case Protocol::gtpv0:
      flags = 0x1eU | flag(header.has_n_pdu_number, 0x01);
      break;
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      flags = 0x10U | flag(header.next_extension_type != 0, 0x04) | flag(header.has_sequence_number, 0x02) |
              flag(header.has_n_pdu_number, 0x01);
      break;
    case Protocol::gtpv2_c:
      flags = (header.flags & kGtpv2Piggyback) | flag(header.has_teid, 0x08) | flag(header.has_message_priority, 0x04);
      break;
    case Protocol::gtp_prime:
      flags = 0x0eU | (header.flags & kGtpPrimeShortHeader);
      break;
    case Protocol::pfcp:
      flags = (header.flags & kPfcpFollowOn) | flag(header.has_message_priority, 0x02) | flag(header.has_seid, 0x01);
      break;
  }
  return static_cast<std::uint8_t>(version | flags);
}

void write_sequence_and_priority(ByteWriter& out, const Header& header) noexcept {
  out.u24(header.sequence_number);
  out.u8(static_cast<std::uint8_t>(header.has_message_priority ? header.message_priority << 4 : 0));
}

// How many octets of the message the length field does not count.
std::size_t uncounted(const Header& header) noexcept {
  switch (header.protocol) {
    case Protocol::gtpv0:
      return 20;
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return 8;
    case Protocol::gtpv2_c:
    case Protocol::pfcp:
      return 4;
    case Protocol::gtp_prime:
      return header.version == 0 && (header.flags & kGtpPrimeShortHeader) == 0 ? 20 : 6;
  }
  return 0;
}

}  // namespace

Header gtpv0_header(std::uint8_t type, std::uint16_t sequence_number, std::uint16_t flow_label, std::uint64_t tid) {
  Header header = with_sequence(plain(Protocol::gtpv0, 0, type), sequence_number);
  header.has_flow_label = true;
  header.flow_label = flow_label;
  header.has_tid = true;
  header.tid = tid;
  return header;
}

Header gtpv1_c_header(std::uint8_t type, std::uint32_t teid, std::uint16_t sequence_number) {
  Header header = with_sequence(plain(Protocol::gtpv1_c, 1, type), sequence_number);
  header.has_teid = true;
  header.teid = teid;
  return header;
}

Header gtpv1_u_header(std::uint8_t type, std::uint32_t teid) {
  Header header = plain(Protocol::gtpv1_u, 1, type);
  header.has_teid = true;
  header.teid = teid;
  return header;
}

Header gtpv2_header(std::uint8_t type, std::uint32_t teid, std::uint32_t sequence_number) {
  Header header = gtpv2_header_without_teid(type, sequence_number);
  header.has_teid = true;
  header.teid = teid;
  return header;
}

Header gtpv2_header_without_teid(std::uint8_t type, std::uint32_t sequence_number) {
  return with_sequence(plain(Protocol::gtpv2_c, 2, type), sequence_number);
}

Header gtp_prime_header(std::uint8_t version, std::uint8_t type, std::uint16_t sequence_number) {
  Header header = with_sequence(plain(Protocol::gtp_prime, version, type), sequence_number);
  header.flags = version == 0 ? kGtpPrimeShortHeader : std::uint8_t{0};
  return header;
}

Header pfcp_node_header(std::uint8_t type, std::uint32_t sequence_number) {
  return with_sequence(plain(Protocol::pfcp, 1, type), sequence_number);
}

Header pfcp_session_header(std::uint8_t type, std::uint64_t seid, std::uint32_t sequence_number) {
  Header header = pfcp_node_header(type, sequence_number);
  header.has_seid = true;
  header.seid = seid;
  return header;
}

void write_header(ByteWriter& out, const Header& header) noexcept {
  out.u8(flags_octet(header));
  out.u8(header.message_type);
  out.u16(header.length);
  const auto sequence_number = static_cast<std::uint16_t>(header.sequence_number);
  switch (header.protocol) {
    case Protocol::gtpv0:
      out.u16(sequence_number);
      out.u16(header.flow_label);
      out.u8(header.has_n_pdu_number ? header.n_pdu_number : std::uint8_t{0xff});
      out.number(0xffffff, 3);
      out.u64(header.tid);
      break;
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      out.u32(header.teid);
      if (header.has_sequence_number || header.has_n_pdu_number || header.next_extension_type != 0) {
        out.u16(header.has_sequence_number ? sequence_number : std::uint16_t{0});
        out.u8(header.has_n_pdu_number ? header.n_pdu_number : std::uint8_t{0});
        out.u8(header.next_extension_type);
      }
      break;
    case Protocol::gtpv2_c:
      if (header.has_teid) out.u32(header.teid);
      write_sequence_and_priority(out, header);
      break;
    case Protocol::gtp_prime:
      out.u16(sequence_number);
      if (uncounted(header) == 20) out.zeros(14);
      break;
    case Protocol::pfcp:
      if (header.has_seid) out.u64(header.seid);
      write_sequence_and_priority(out, header);
      break;
  }
}

void patch_length(ByteWriter& out, std::size_t start, const Header& header) noexcept {
  const std::size_t length = out.size() - start - uncounted(header);
  if (out.overflowed() || length > 0xffff) {
    out.fail();
    return;
  }
  out.patch(start + 2, length, 2);
}

}  // namespace gtp::wire
