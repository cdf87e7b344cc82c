// SPDX-License-Identifier: GPL-2.0-or-later
//
// A datagram of port 2152, read no further than a receiver needs: what it is, whose tunnel, and where the user packet
// is. G-PDUs without or with the usual PDU Session Container are read in a few comparisons; anything else goes through
// the decoder of libcommon/wire.
//
// Reads nothing outside the datagram, allocates nothing, keeps nothing; any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/util/bytes.hpp"

namespace gtp::gen {

struct Datagram {
  enum class Kind : std::uint8_t {
    g_pdu,
    echo_request,
    echo_response,
    error_indication,
    supported_extension_headers,
    version_not_supported,
    end_marker,
    other,      // GTPv1-U of another type
    malformed,  // no GTPv1-U, or its lengths do not fit
  };
  Kind kind = Kind::malformed;
  std::uint32_t teid = 0;
  std::optional<std::uint16_t> sequence_number;
  std::optional<std::uint8_t> qfi;
  // The PDU Session Container's content, from the start of the datagram; 0: there is none.
  std::size_t pdu_session_at = 0;
  std::size_t pdu_session_length = 0;
  std::size_t t_pdu_at = 0;  // g_pdu only
  Bytes t_pdu;
};

Datagram read_datagram(Bytes octets) noexcept;

}  // namespace gtp::gen
