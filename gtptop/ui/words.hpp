// SPDX-License-Identifier: GPL-2.0-or-later
//
// Figures as strings, for lines that are not tables. Private to ui/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "gtptop/model/event.hpp"
#include "gtptop/model/peer.hpp"
#include "gtptop/model/tunnel.hpp"

namespace gtp::top {

std::string short_text(std::uint64_t value, bool iec);
std::string grouped(std::uint64_t value);
// In at most [width] cells.
std::string grouped_in(std::uint64_t value, std::size_t width);
std::string two_digits(std::uint64_t value);
std::string clock_text(std::uint64_t time_ns);
// "1 s", "0.5 s".
std::string seconds_text(std::uint64_t nanoseconds);
std::string ago_text(std::uint64_t seconds);
// Text from outside, in printable ASCII.
std::string printable(std::string_view text);
// At the right of [width] cells.
std::string padded(const std::string& text, int width);

// "● up", or the sign alone.
std::string path_sign(PathState state);
std::string_view path_word(PathState state);
std::string_view event_word(EventKind kind);

// A tunnel as `gtpgen tunnel list` has it, and the command that shows its packets. A TEID that is not known, of a
// tunnel that is only seen on the wire, is in neither.
std::string shell_text(const TunnelRow& row);

}  // namespace gtp::top
