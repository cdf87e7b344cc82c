// SPDX-License-Identifier: GPL-2.0-or-later
//
// A random number drawn once per process, so that nobody who chooses addresses or TEIDs can also choose which of them
// collide in a hash table. Any thread.
#pragma once

#include <cstdint>

namespace gtp {

std::uint64_t process_seed() noexcept;

}  // namespace gtp
