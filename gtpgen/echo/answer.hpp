// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reads what comes back on an echo socket. It trusts nothing: whatever is no well-formed Echo Response is told apart
// with the reason, in words.
//
// Pure; any octets may be given. Text in the results is static.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gtpgen/echo/dialect.hpp"
#include "libcommon/util/bytes.hpp"

namespace gtp::gen::echo {

struct Answer {
  enum class Kind : std::uint8_t {
    echo_response,
    version_not_supported,  // `version` is the highest that the peer speaks
    echo_request,           // the peer asks, too
    other,                  // a well-formed message that answers no echo; `message` names it
    malformed,              // `reason`
    not_gtp,
  };
  Kind kind = Kind::not_gtp;
  std::uint8_t version = 0;  // of the answer's header
  std::uint8_t message_type = 0;
  bool has_sequence_number = false;
  std::uint32_t sequence_number = 0;
  std::optional<std::uint8_t> restart_counter;
  std::optional<std::uint8_t> node_features;   // GTPv2: bits of TS 29.274, 8.83
  std::optional<std::uint32_t> recovery_time;  // GTP-U's Recovery Time Stamp, seconds since 1970 (TS 29.281, 8.8)
  std::string_view reason;                     // malformed: "no Recovery"
  std::string_view message;                    // other: "Error Indication"
};

// [datagram] came from the port that [dialect] asks.
Answer read_answer(Dialect dialect, Bytes datagram) noexcept;

// The sequence number of a request of ours that an ICMP error quotes, as far as the quotation goes.
std::optional<std::uint32_t> quoted_sequence_number(Dialect dialect, Bytes quoted) noexcept;

// "mabr" for bit 1 of GTPv2's node features (0 to 7); empty for bits that are spare.
std::string_view node_feature(int bit) noexcept;

}  // namespace gtp::gen::echo
