// SPDX-License-Identifier: GPL-2.0-or-later
//
// The rhythm of a command that others drive: something to do at every interval, until it has lasted long enough, a
// signal comes, or there is nothing more to wait for.
#pragma once

#include <chrono>
#include <cstdint>

#include "libcommon/sys/signals.hpp"
#include "libcommon/util/function_ref.hpp"

namespace gtp::gen {

// Calls tick(nanoseconds since the start) at every multiple of [interval], and at the end. [length] of 0: for ever.
// Intervals that were missed (a stopped process) are left out. tick() returns false to end it. Returns how long it
// lasted.
std::uint64_t run_intervals(sys::Signals& signals, std::chrono::nanoseconds interval, std::chrono::nanoseconds length,
                            FunctionRef<bool(std::uint64_t now_ns)> tick);

}  // namespace gtp::gen
