// SPDX-License-Identifier: GPL-2.0-or-later
//
// Points in time as nanoseconds since 1970-01-01T00:00:00Z (unsigned: until the year 2554), and their ISO 8601 text.
// Always UTC; nothing here reads the time zone or the clock.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp {

inline constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000;

// "2021-05-03T12:00:00Z", "2021-05-03T12:00:00.25+02:00", "2021-05-03T12:00", "2021-05-03" (midnight), and seconds
// since 1970 with up to nine decimals: "1620245312.174559". A time without a zone is UTC; a blank may stand for the T.
std::optional<std::uint64_t> parse_time(std::string_view text) noexcept;

// "2021-05-03" of the day that [seconds] since 1970 lie in.
void put_date(TextBuffer& out, std::uint64_t seconds);

}  // namespace gtp
