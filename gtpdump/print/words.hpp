// SPDX-License-Identifier: GPL-2.0-or-later
//
// Small words that several printers share.
#pragma once

#include <cstdint>
#include <string_view>

#include "libcommon/packet/layer.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::dump {

// " seq " 7
inline void word(TextBuffer& out, std::string_view name, std::uint64_t value) {
  out.put(name);
  out.put_dec(value);
}

// Eight octets of TBCD (GTPv0 TID), low nibble first, fillers left out.
void put_tbcd(TextBuffer& out, std::uint64_t octets);
// "UDP", "TCP", "ICMP", … or "proto 99".
void put_ip_protocol(TextBuffer& out, std::uint8_t protocol);
// As in tcpdump: S F R P . U E W; "none" for no flag.
void put_tcp_flags(TextBuffer& out, std::uint8_t flags);
// " echo request", " unreachable", " type 9".
void put_icmp(TextBuffer& out, const packet::Inner& inner);

}  // namespace gtp::dump
