// SPDX-License-Identifier: GPL-2.0-or-later
//
// Writes the headers that wire/header.hpp draws, from the same structure that decoding fills: what has_* says is there
// is written, and the flags octet follows from it. Of Header::flags only the bits that nothing else tells are taken:
// P of GTPv2-C, FO of PFCP, and the length bit of GTP' version 0.
#pragma once

#include <cstdint>

#include "libcommon/util/byte_writer.hpp"
#include "libcommon/wire/header.hpp"

namespace gtp::wire {

inline constexpr std::uint8_t kGtpv2Piggyback = 0x10;
inline constexpr std::uint8_t kPfcpFollowOn = 0x04;
inline constexpr std::uint8_t kGtpPrimeShortHeader = 0x01;

// Headers with the fields that every message of the protocol has. Optional ones are set on the result.
Header gtpv0_header(std::uint8_t type, std::uint16_t sequence_number, std::uint16_t flow_label, std::uint64_t tid);
Header gtpv1_c_header(std::uint8_t type, std::uint32_t teid, std::uint16_t sequence_number);
Header gtpv1_u_header(std::uint8_t type, std::uint32_t teid);
Header gtpv2_header(std::uint8_t type, std::uint32_t teid, std::uint32_t sequence_number);
Header gtpv2_header_without_teid(std::uint8_t type, std::uint32_t sequence_number);
// Version 0, 1 or 2; six octets.
Header gtp_prime_header(std::uint8_t version, std::uint8_t type, std::uint16_t sequence_number);
Header pfcp_node_header(std::uint8_t type, std::uint32_t sequence_number);
Header pfcp_session_header(std::uint8_t type, std::uint64_t seid, std::uint32_t sequence_number);

// Appends the header; the length field is Header::length. A GTPv1 header with next_extension_type is followed by the
// caller's extension headers.
void write_header(ByteWriter& out, const Header& header) noexcept;
// Sets the length field of the message that starts at [start] and ends where [out] does. A message too long for the
// field makes the writer fail.
void patch_length(ByteWriter& out, std::size_t start, const Header& header) noexcept;

}  // namespace gtp::wire
