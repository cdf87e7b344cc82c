// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/wire/encode/gtpu.hpp"

#include <array>

#include "libcommon/wire/encode/header.hpp"

namespace gtp::wire {
namespace {

constexpr std::uint8_t kEchoRequest = 1;
constexpr std::uint8_t kEchoResponse = 2;
constexpr std::uint8_t kErrorIndication = 26;

constexpr std::uint8_t kIeRecovery = 14;
constexpr std::uint8_t kIeTeidDataI = 16;
constexpr std::uint8_t kIePeerAddress = 133;

constexpr std::uint8_t bit(bool set, int position) noexcept {
  return static_cast<std::uint8_t>(set ? 1U << position : 0U);
}

void write_downlink(ByteWriter& out, const PduSession& s) noexcept {
  out.u8(static_cast<std::uint8_t>(bit(s.dl_sending_time_stamp.has_value(), 3) |
                                   bit(s.dl_qfi_sequence_number.has_value(), 2) |
                                   bit(s.dl_mbs_qfi_sequence_number.has_value(), 1)));
  out.u8(static_cast<std::uint8_t>(bit(s.ppi.has_value(), 7) | bit(s.rqi, 6) | (s.qfi & 0x3f)));
  if (s.ppi) out.u8(static_cast<std::uint8_t>(*s.ppi << 5));
  if (s.dl_sending_time_stamp) out.u64(*s.dl_sending_time_stamp);
  if (s.dl_qfi_sequence_number) out.u24(*s.dl_qfi_sequence_number);
  if (s.dl_mbs_qfi_sequence_number) out.u32(*s.dl_mbs_qfi_sequence_number);
}

void write_uplink(ByteWriter& out, const PduSession& s) noexcept {
  out.u8(static_cast<std::uint8_t>(0x10 | bit(s.time_stamps.has_value(), 3) | bit(s.dl_delay_result.has_value(), 2) |
                                   bit(s.ul_delay_result.has_value(), 1) |
                                   bit(s.ul_qfi_sequence_number.has_value(), 0)));
  out.u8(static_cast<std::uint8_t>(bit(s.n3_n9_delay_result.has_value(), 7) | (s.qfi & 0x3f)));
  if (s.time_stamps) {
    out.u64(s.time_stamps->dl_sending_repeated);
    out.u64(s.time_stamps->dl_received);
    out.u64(s.time_stamps->ul_sending);
  }
  if (s.dl_delay_result) out.u32(*s.dl_delay_result);
  if (s.ul_delay_result) out.u32(*s.ul_delay_result);
  if (s.ul_qfi_sequence_number) out.u24(*s.ul_qfi_sequence_number);
  if (s.n3_n9_delay_result) out.u32(*s.n3_n9_delay_result);
}

void write_container_chain(ByteWriter& out, const std::optional<PduSession>& session) noexcept {
  if (session) write_pdu_session_container(out, *session, 0);
}

}  // namespace

void write_extension(ByteWriter& out, Bytes content, std::uint8_t next_type) noexcept {
  const std::size_t units = (content.size() + 2 + 3) / 4;
  if (units > 0xff) {
    out.fail();
    return;
  }
  out.u8(static_cast<std::uint8_t>(units));
  out.put(content);
  out.zeros(4 * units - 2 - content.size());
  out.u8(next_type);
}

void write_pdu_session_container(ByteWriter& out, const PduSession& session, std::uint8_t next_type) noexcept {
  std::array<std::byte, 64> room{};
  ByteWriter content(room);
  if (session.direction == PduSession::Direction::downlink) {
    write_downlink(content, session);
  } else {
    write_uplink(content, session);
  }
  write_extension(out, content.view(), next_type);
}

void write_g_pdu_header(ByteWriter& out, const GPduOptions& options, std::size_t t_pdu_length) noexcept {
  Header header = gtpv1_u_header(kMessageGPdu, options.teid);
  if (options.sequence_number) {
    header.has_sequence_number = true;
    header.sequence_number = *options.sequence_number;
  }
  if (options.n_pdu_number) {
    header.has_n_pdu_number = true;
    header.n_pdu_number = *options.n_pdu_number;
  }
  if (options.pdu_session) header.next_extension_type = kExtensionPduSessionContainer;
  const std::size_t start = out.size();
  write_header(out, header);
  write_container_chain(out, options.pdu_session);
  const std::size_t length = out.size() - start - 8 + t_pdu_length;
  if (out.overflowed() || length > 0xffff) {
    out.fail();
    return;
  }
  out.patch(start + 2, length, 2);
}

void write_echo_request(ByteWriter& out, std::uint16_t sequence_number) noexcept {
  Header header = gtpv1_u_header(kEchoRequest, 0);
  header.has_sequence_number = true;
  header.sequence_number = sequence_number;
  header.length = 4;
  write_header(out, header);
}

void write_echo_response(ByteWriter& out, std::uint16_t sequence_number) noexcept {
  Header header = gtpv1_u_header(kEchoResponse, 0);
  header.has_sequence_number = true;
  header.sequence_number = sequence_number;
  header.length = 6;
  write_header(out, header);
  out.u8(kIeRecovery);
  out.u8(0);
}

void write_error_indication(ByteWriter& out, std::uint32_t teid, const IpAddress& peer,
                            std::optional<std::uint16_t> udp_port) noexcept {
  Header header = gtpv1_u_header(kErrorIndication, 0);
  // S is set and the sequence number 0 and ignored (TS 29.281, 4.3.1).
  header.has_sequence_number = true;
  if (udp_port) header.next_extension_type = kExtensionUdpPort;
  const std::size_t start = out.size();
  write_header(out, header);
  if (udp_port) {
    const std::array<std::byte, 2> port{static_cast<std::byte>(*udp_port >> 8),
                                        static_cast<std::byte>(*udp_port & 0xff)};
    write_extension(out, port, 0);
  }
  out.u8(kIeTeidDataI);
  out.u32(teid);
  const Bytes address = peer.octets();
  out.u8(kIePeerAddress);
  out.u16(static_cast<std::uint16_t>(address.size()));
  out.put(address);
  patch_length(out, start, header);
}

void write_end_marker(ByteWriter& out, std::uint32_t teid, const std::optional<PduSession>& pdu_session) noexcept {
  Header header = gtpv1_u_header(kMessageEndMarker, teid);
  if (pdu_session) header.next_extension_type = kExtensionPduSessionContainer;
  const std::size_t start = out.size();
  write_header(out, header);
  write_container_chain(out, pdu_session);
  patch_length(out, start, header);
}

}  // namespace gtp::wire
