// SPDX-License-Identifier: GPL-2.0-or-later
//
// ByteWriter: the counterpart of Cursor. Writes big-endian integers and octets into room that the caller owns, and
// never past it: a write that does not fit writes nothing, sets overflowed(), and so does every write behind it. So a
// whole packet is written without a test per field and overflowed() is asked once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "libcommon/util/bytes.hpp"

namespace gtp {

class ByteWriter {
 public:
  constexpr explicit ByteWriter(std::span<std::byte> room) noexcept : room_(room) {}

  constexpr void u8(std::uint8_t value) noexcept { number(value, 1); }
  constexpr void u16(std::uint16_t value) noexcept { number(value, 2); }
  constexpr void u24(std::uint32_t value) noexcept { number(value, 3); }
  constexpr void u32(std::uint32_t value) noexcept { number(value, 4); }
  constexpr void u64(std::uint64_t value) noexcept { number(value, 8); }
  // The low [octets] octets of [value], at most 8.
  constexpr void number(std::uint64_t value, std::size_t octets) noexcept {
    if (reserve(octets)) {
      store(size_, value, octets);
      size_ += octets;
    }
  }
  constexpr void put(Bytes octets) noexcept {
    if (reserve(octets.size())) {
      std::copy(octets.begin(), octets.end(), room_.begin() + static_cast<std::ptrdiff_t>(size_));
      size_ += octets.size();
    }
  }
  constexpr void zeros(std::size_t n) noexcept {
    if (reserve(n)) {
      std::fill_n(room_.begin() + static_cast<std::ptrdiff_t>(size_), n, std::byte{0});
      size_ += n;
    }
  }
  // Writes over octets that are there already, from [at] on; for lengths that are known later.
  constexpr void patch(std::size_t at, std::uint64_t value, std::size_t octets) noexcept {
    if (at <= size_ && octets <= size_ - at) {
      store(at, value, octets);
    } else {
      overflowed_ = true;
    }
  }
  // Gives up without another octet: the value does not fit its field.
  constexpr void fail() noexcept { overflowed_ = true; }

  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool overflowed() const noexcept { return overflowed_; }
  constexpr Bytes view() const noexcept { return Bytes(room_).first(size_); }

 private:
  constexpr bool reserve(std::size_t n) noexcept {
    overflowed_ = overflowed_ || n > room_.size() - size_;
    return !overflowed_;
  }
  constexpr void store(std::size_t at, std::uint64_t value, std::size_t octets) noexcept {
    for (std::size_t i = 0; i < octets; ++i) {
      room_[at + i] = static_cast<std::byte>(value >> (8 * (octets - 1 - i)) & 0xff);
    }
  }

  std::span<std::byte> room_;
  std::size_t size_ = 0;
  bool overflowed_ = false;
};

}  // namespace gtp
