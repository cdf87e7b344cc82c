// SPDX-License-Identifier: GPL-2.0-or-later
//
// Octets of a packet and the one way to read them.
//
// A Cursor never reads outside the span it was made from. A read past the end yields zero (or the octets that are
// there), moves to the end and sets failed(); the flag stays. So a decoder reads a whole structure without a test
// per field and asks failed() once. Nothing throws, nothing allocates. All integers are big endian, as on the wire.
//
// A Cursor knows where its octets lie in the whole packet (offset()), so that whoever shows a field can mark it.
// Spans and cursors own nothing: they live as long as the packet buffer they point into.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace gtp {

using Bytes = std::span<const std::byte>;

// The part of [data] from [offset] on, at most [length] octets; empty when offset is past the end.
constexpr Bytes slice(Bytes data, std::size_t offset, std::size_t length = SIZE_MAX) noexcept {
  if (offset >= data.size()) return {};
  const std::size_t rest = data.size() - offset;
  return data.subspan(offset, length < rest ? length : rest);
}

// Unchecked big-endian loads, for callers that have compared the size once for a whole header.
constexpr std::uint8_t load_u8(const std::byte* p) noexcept { return std::to_integer<std::uint8_t>(p[0]); }
constexpr std::uint16_t load_u16(const std::byte* p) noexcept {
  return static_cast<std::uint16_t>(load_u8(p) << 8 | load_u8(p + 1));
}
constexpr std::uint32_t load_u24(const std::byte* p) noexcept {
  return std::uint32_t{load_u8(p)} << 16 | load_u16(p + 1);
}
constexpr std::uint32_t load_u32(const std::byte* p) noexcept {
  return std::uint32_t{load_u16(p)} << 16 | load_u16(p + 2);
}
constexpr std::uint64_t load_u64(const std::byte* p) noexcept {
  return std::uint64_t{load_u32(p)} << 32 | load_u32(p + 4);
}

class Cursor {
 public:
  constexpr explicit Cursor(Bytes data, std::size_t base = 0) noexcept : data_(data), base_(base) {}

  constexpr std::uint8_t u8() noexcept { return static_cast<std::uint8_t>(big_endian(1)); }
  constexpr std::uint16_t u16() noexcept { return static_cast<std::uint16_t>(big_endian(2)); }
  constexpr std::uint32_t u24() noexcept { return static_cast<std::uint32_t>(big_endian(3)); }
  constexpr std::uint32_t u32() noexcept { return static_cast<std::uint32_t>(big_endian(4)); }
  constexpr std::uint64_t u40() noexcept { return big_endian(5); }
  constexpr std::uint64_t u48() noexcept { return big_endian(6); }
  constexpr std::uint64_t u64() noexcept { return big_endian(8); }

  // The next octet without consuming it; 0 at the end (not a failure).
  constexpr std::uint8_t peek() const noexcept { return at_ < data_.size() ? load_u8(data_.data() + at_) : 0; }

  // The next [n] octets; when fewer are left, those, and failed().
  constexpr Bytes take(std::size_t n) noexcept {
    if (n > remaining()) {
      failed_ = true;
      n = remaining();
    }
    const Bytes out = data_.subspan(at_, n);
    at_ += n;
    return out;
  }
  // Everything that is left.
  constexpr Bytes rest() noexcept { return take(remaining()); }
  // A cursor over the next [n] octets with its own failed(); this one moves behind them.
  constexpr Cursor sub(std::size_t n) noexcept {
    const std::size_t from = offset();
    return Cursor(take(n), from);
  }
  constexpr void skip(std::size_t n) noexcept { take(n); }

  constexpr std::size_t remaining() const noexcept { return data_.size() - at_; }
  constexpr bool empty() const noexcept { return remaining() == 0; }
  constexpr bool failed() const noexcept { return failed_; }
  constexpr void fail() noexcept { failed_ = true; }
  // Octets consumed so far, and the position of the next octet in the whole packet.
  constexpr std::size_t consumed() const noexcept { return at_; }
  constexpr std::size_t offset() const noexcept { return base_ + at_; }

 private:
  constexpr std::uint64_t big_endian(std::size_t n) noexcept {
    if (n > remaining()) {
      failed_ = true;
      at_ = data_.size();
      return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < n; ++i) value = value << 8 | load_u8(data_.data() + at_ + i);
    at_ += n;
    return value;
  }

  Bytes data_;
  std::size_t base_ = 0;
  std::size_t at_ = 0;
  bool failed_ = false;
};

}  // namespace gtp
