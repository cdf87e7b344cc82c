// SPDX-License-Identifier: GPL-2.0-or-later
//
// Writes GTP-U messages (TS 29.281): the header with its options and extension headers, and the signalling messages.
//
//   std::array<std::byte, 2048> room;
//   ByteWriter out(room);
//   write_g_pdu_header(out, {.teid = 0x51a0ff17, .pdu_session = PduSession{.qfi = 9}}, t_pdu.size());
//   out.put(t_pdu);
//
// Nothing allocates; the caller owns the room and asks out.overflowed() at the end.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/util/byte_writer.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/wire/extension_header.hpp"

namespace gtp::wire {

// A PDU Session Container (TS 38.415, 5.5.2); see wire/extension_decode.hpp for the drawing.
struct PduSession {
  enum class Direction : std::uint8_t { downlink = 0, uplink = 1 };
  struct UplinkTimeStamps {
    std::uint64_t dl_sending_repeated = 0;
    std::uint64_t dl_received = 0;
    std::uint64_t ul_sending = 0;
  };

  Direction direction = Direction::downlink;
  std::uint8_t qfi = 0;
  // Downlink.
  bool rqi = false;
  std::optional<std::uint8_t> ppi;
  std::optional<std::uint64_t> dl_sending_time_stamp;
  std::optional<std::uint32_t> dl_qfi_sequence_number;
  std::optional<std::uint32_t> dl_mbs_qfi_sequence_number;
  // Uplink.
  std::optional<UplinkTimeStamps> time_stamps;
  std::optional<std::uint32_t> dl_delay_result;
  std::optional<std::uint32_t> ul_delay_result;
  std::optional<std::uint32_t> ul_qfi_sequence_number;
  std::optional<std::uint32_t> n3_n9_delay_result;
};

// One extension header: its length octet, [content] padded with zeros to the 4-octet unit, and the next type. A content
// of more than 1018 octets does not fit.
void write_extension(ByteWriter& out, Bytes content, std::uint8_t next_type) noexcept;
void write_pdu_session_container(ByteWriter& out, const PduSession& session, std::uint8_t next_type) noexcept;

struct GPduOptions {
  std::uint32_t teid = 0;
  std::optional<std::uint16_t> sequence_number;
  std::optional<std::uint8_t> n_pdu_number;
  std::optional<PduSession> pdu_session;
};
// Everything before the T-PDU of [t_pdu_length] octets, which the caller appends.
void write_g_pdu_header(ByteWriter& out, const GPduOptions& options, std::size_t t_pdu_length) noexcept;

void write_echo_request(ByteWriter& out, std::uint16_t sequence_number) noexcept;
// The restart counter has no meaning on the user plane and is sent as 0 (TS 29.281, 7.2.2).
void write_echo_response(ByteWriter& out, std::uint16_t sequence_number) noexcept;
// [teid] and [peer] of the G-PDU nobody wanted; [udp_port] is its source port.
void write_error_indication(ByteWriter& out, std::uint32_t teid, const IpAddress& peer,
                            std::optional<std::uint16_t> udp_port) noexcept;
void write_end_marker(ByteWriter& out, std::uint32_t teid, const std::optional<PduSession>& pdu_session) noexcept;

}  // namespace gtp::wire
