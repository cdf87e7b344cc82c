// SPDX-License-Identifier: GPL-2.0-or-later
//
// Permutation: the numbers 0 … count-1 in another order, without a table of them. A stride visits every number when it
// shares no factor with the count; a random order is a Feistel network of four rounds over the next power of four,
// walked until it lands below the count (less than four steps on average). Sequential TEIDs are what hash tables and
// caches like best; the random order is the honest one.
//
// A value of a few words; const, any thread. The same seed gives the same order on every machine.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <numeric>

#include "libcommon/util/hash.hpp"

namespace gtp::gen {

class Permutation {
 public:
  enum class Kind : std::uint8_t { sequential, strided, random };

  constexpr Permutation() = default;
  static constexpr Permutation sequential(std::uint32_t count) noexcept {
    Permutation order;
    order.count_ = count;
    return order;
  }
  // The next stride from [stride] on that has no factor in common with [count].
  static constexpr Permutation strided(std::uint32_t count, std::uint32_t stride) noexcept {
    Permutation order = sequential(count);
    if (count < 2) return order;
    order.kind_ = Kind::strided;
    std::uint32_t step = stride % count;
    while (step == 0 || std::gcd(step, count) != 1) step = (step + 1) % count;
    order.stride_ = step;
    return order;
  }
  static constexpr Permutation random(std::uint32_t count, std::uint64_t seed) noexcept {
    Permutation order = sequential(count);
    if (count < 2) return order;
    order.kind_ = Kind::random;
    order.half_bits_ = static_cast<std::uint8_t>((std::bit_width(count - 1) + 1) / 2);
    for (std::uint64_t& key : order.keys_) key = seed = mix64(seed + 0x9e3779b97f4a7c15ULL);
    return order;
  }

  constexpr std::uint32_t count() const noexcept { return count_; }
  constexpr std::uint32_t stride() const noexcept { return stride_; }

  // [position] is below count().
  constexpr std::uint32_t operator()(std::uint32_t position) const noexcept {
    switch (kind_) {
      case Kind::sequential:
        return position;
      case Kind::strided:
        return static_cast<std::uint32_t>(std::uint64_t{position} * stride_ % count_);
      case Kind::random:
        break;
    }
    do {
      position = feistel(position);
    } while (position >= count_);
    return position;
  }

 private:
  constexpr std::uint32_t feistel(std::uint32_t value) const noexcept {
    const std::uint32_t mask = (1U << half_bits_) - 1;
    std::uint32_t left = value >> half_bits_;
    std::uint32_t right = value & mask;
    for (const std::uint64_t key : keys_) {
      const std::uint32_t mixed = static_cast<std::uint32_t>(mix64(right ^ key)) & mask;
      left ^= mixed;
      std::swap(left, right);
    }
    return left << half_bits_ | right;
  }

  Kind kind_ = Kind::sequential;
  std::uint8_t half_bits_ = 0;
  std::uint32_t count_ = 0;
  std::uint32_t stride_ = 1;
  std::array<std::uint64_t, 4> keys_{};
};

}  // namespace gtp::gen
