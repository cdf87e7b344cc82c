// SPDX-License-Identifier: GPL-2.0-or-later
//
// mix64: a bijection whose output bits each depend on every input bit (the finaliser of splitmix64). For hash tables
// over keys that an attacker may choose, pass a per-process random seed through it first (FlatTable does).
#pragma once

#include <cstdint>

namespace gtp {

constexpr std::uint64_t mix64(std::uint64_t x) noexcept {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9ULL;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebULL;
  x ^= x >> 31;
  return x;
}

}  // namespace gtp
