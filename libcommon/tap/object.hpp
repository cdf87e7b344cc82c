// SPDX-License-Identifier: GPL-2.0-or-later
//
// The compiled socket filter, which is part of the program: gtpu_counters.bpf.c in ELF, made by clang at build time.
// And what its maps hold, in the words of tap.hpp. Pure functions.
#pragma once

#include "libcommon/tap/gtpu_counters.h"
#include "libcommon/tap/tap.hpp"
#include "libcommon/util/bytes.hpp"

namespace gtp::tap {

Bytes compiled_filter() noexcept;

gtpu_key4 key4_of(const Key& key) noexcept;
gtpu_key6 key6_of(const Key& key) noexcept;
// [now_ns]: of CLOCK_MONOTONIC.
Count count_of(const gtpu_key4& key, const gtpu_count& count, std::uint64_t now_ns) noexcept;
Count count_of(const gtpu_key6& key, const gtpu_count& count, std::uint64_t now_ns) noexcept;
Signals signals_of(const gtpu_pair& pair, const gtpu_signals& count, std::uint64_t now_ns) noexcept;

}  // namespace gtp::tap
