// SPDX-License-Identifier: GPL-2.0-or-later
//
// The catalogues of the wire layer: one function per table, each defined in the file of its name
// (table/gtpv1_ies.cpp, table/messages_gtpv2.cpp, ...). Rows are constexpr, sorted by type and unique;
// tests/unit/wire/tables_test.cpp checks that. Everybody else asks through ie_table(), find_ie(), message_table() and
// find_message() of libcommon/wire/ie.hpp.
//
// The spans point to constants: no ownership, any thread.
#pragma once

#include <span>

#include "libcommon/wire/ie.hpp"

namespace gtp::wire {

std::span<const IeInfo> gtpv0_ies() noexcept;      // TS 29.060 (R97: GSM 09.60), 7.9
std::span<const IeInfo> gtpv1_ies() noexcept;      // TS 29.060, 7.7; GTPv1-U's are among them
std::span<const IeInfo> gtpv2_ies() noexcept;      // TS 29.274, 8
std::span<const IeInfo> gtp_prime_ies() noexcept;  // TS 32.295, 6.2
std::span<const IeInfo> pfcp_ies() noexcept;       // TS 29.244, 8

std::span<const MessageInfo> gtpv0_messages() noexcept;
std::span<const MessageInfo> gtpv1_c_messages() noexcept;
std::span<const MessageInfo> gtpv1_u_messages() noexcept;
std::span<const MessageInfo> gtpv2_messages() noexcept;
std::span<const MessageInfo> gtp_prime_messages() noexcept;
std::span<const MessageInfo> pfcp_messages() noexcept;

}  // namespace gtp::wire
