// SPDX-License-Identifier: GPL-2.0-or-later
//
// Numbers as the text of a report writes them.
#pragma once

#include <cstdint>
#include <string>

namespace gtp::gen {

// "2 000 000".
std::string grouped(std::uint64_t value);
// "200.0 kpps", "160.0 Mbit/s": four significant digits.
std::string scaled(double value, std::string_view unit);
// "0.0064 %", "0.5 %", "12.34 %", "0 %".
std::string percent(double share);
// "1.31", "402", "22.3": microseconds with three significant digits.
std::string microseconds(std::uint64_t ns);
// "2026-11-22T12:00:00.000000Z", since 1970.
std::string utc_time(std::uint64_t ns);
// "11.0 s", with the unit that fits.
std::string length_of_time(std::uint64_t ns);

}  // namespace gtp::gen
