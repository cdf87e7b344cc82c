// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers with units, as people type and read them. SI prefixes (k = 1000); Ki Mi Gi Ti for powers of 1024.
//
// Parsing is exact: "1.5k" is 1500, "1.2345k" is no number, and neither is anything that does not fit 64 bits.
// Printing keeps three significant digits, so that a column of a fixed width never clips: put_count() takes at most
// 5 cells, put_duration() at most 7. Neither allocates; all functions may be called from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp {

// "17", "0x1f", "10M", "1.5k", "64Ki".
std::optional<std::uint64_t> parse_count(std::string_view text) noexcept;
// "10M", "2.5Gbit/s", "100kbps": bits per second.
std::optional<std::uint64_t> parse_bit_rate(std::string_view text) noexcept;
// "250ns", "10us", "100ms", "1.5s", "2m", "1h", "7d"; a bare number is seconds. In nanoseconds.
std::optional<std::uint64_t> parse_duration(std::string_view text) noexcept;

// "0", "999", "1.00k", "12.3M", "18.4E".
void put_count(TextBuffer& out, std::uint64_t value);
// The same with a space and a unit: "12.3 Mbit/s", "999 B".
void put_quantity(TextBuffer& out, std::uint64_t value, std::string_view unit);
// "999 ns", "1.23 us", "12.3 ms", "45.6 s", "12m34s", "3h07m", "2d04h", "1234d".
void put_duration(TextBuffer& out, std::uint64_t nanoseconds);

}  // namespace gtp
