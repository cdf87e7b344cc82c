// SPDX-License-Identifier: GPL-2.0-or-later
//
// The protocols that share the name GTP, and PFCP, which programs GTP-U.
#pragma once

#include <cstdint>
#include <string_view>

namespace gtp::wire {

enum class Protocol : std::uint8_t {
  gtpv0,      // TS 29.060 R97 (09.60), control and user plane on port 3386
  gtpv1_c,    // TS 29.060, port 2123
  gtpv1_u,    // TS 29.281, port 2152
  gtpv2_c,    // TS 29.274, port 2123
  gtp_prime,  // TS 32.295, port 3386
  pfcp,       // TS 29.244, port 8805
};
inline constexpr int kProtocolCount = 6;

inline constexpr std::uint16_t kPortGtpC = 2123;
inline constexpr std::uint16_t kPortGtpU = 2152;
inline constexpr std::uint16_t kPortGtpV0AndPrime = 3386;
inline constexpr std::uint16_t kPortPfcp = 8805;

// "gtpv1-u": the gtp-json/1 value.
constexpr std::string_view key(Protocol protocol) noexcept {
  constexpr std::string_view kKeys[kProtocolCount] = {"gtpv0", "gtpv1-c", "gtpv1-u", "gtpv2-c", "gtp_prime", "pfcp"};
  return kKeys[static_cast<int>(protocol)];
}
// "GTPv1-U": the title in text output.
constexpr std::string_view title(Protocol protocol) noexcept {
  constexpr std::string_view kTitles[kProtocolCount] = {"GTPv0", "GTPv1-C", "GTPv1-U", "GTPv2-C", "GTP'", "PFCP"};
  return kTitles[static_cast<int>(protocol)];
}

}  // namespace gtp::wire
