// SPDX-License-Identifier: GPL-2.0-or-later
//
// DSCP values by name: cs0 to cs7, af11 to af43, ef, va (voice-admit, RFC 5865), le (RFC 8622), be; or a number from 0
// to 63. Case does not matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace gtp::gen::echo {

std::optional<std::uint8_t> parse_dscp(std::string_view text) noexcept;

}  // namespace gtp::gen::echo
