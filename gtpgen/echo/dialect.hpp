// SPDX-License-Identifier: GPL-2.0-or-later
//
// Dialect: one way of asking "are you there?". The five protocols that know Echo differ in port, header, width of the
// sequence number and in whether the answer's Recovery means anything:
//
//   dialect    port  sequence  request carries            restart counter of the answer
//   gtpv2      2123  24 bits   Recovery (TS 29.274, 7.1)   counts (TS 23.007, 18)
//   gtpv1_c    2123  16 bits   nothing (TS 29.060, 7.2.1)  counts
//   gtpv1_u    2152  16 bits   nothing (TS 29.281, 7.2.1)  sent as 0, to be ignored (TS 29.281, 7.2.2)
//   gtpv0      3386  16 bits   nothing (GSM 09.60, 7.4.1)  counts
//   prime_2,   3386  16 bits   nothing (TS 32.295, 6.2.2)  of the charging node: no GTP-C peer restarted with it
//   prime_1,
//   prime_0
#pragma once

#include <cstdint>
#include <string_view>

#include "libcommon/wire/protocol.hpp"

namespace gtp::gen::echo {

enum class Dialect : std::uint8_t { gtpv2, gtpv1_c, gtpv1_u, gtpv0, prime_2, prime_1, prime_0 };

struct DialectInfo {
  Dialect dialect;
  wire::Protocol protocol;
  std::uint8_t version;  // of the header
  std::uint16_t port;
  std::uint32_t sequence_mask;
  bool restart_counter;    // a change of it is a restart of the peer
  std::string_view key;    // "gtpv1-c": JSON, metrics
  std::string_view title;  // "GTPv1-C"
};

const DialectInfo& info(Dialect dialect) noexcept;

}  // namespace gtp::gen::echo
