// SPDX-License-Identifier: GPL-2.0-or-later
//
// What an ICMP (RFC 792, RFC 1812) or ICMPv6 (RFC 4443) error says, in words: "port unreachable". Any thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace gtp::gen {

// Empty for what is no error, or one that has no name here.
std::string_view icmp_error_name(bool ipv6, std::uint8_t type, std::uint8_t code) noexcept;

}  // namespace gtp::gen
