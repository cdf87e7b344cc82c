// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/util/text_buffer.hpp"

#include <algorithm>
#include <array>

namespace gtp {
namespace {

constexpr char kHex[] = "0123456789abcdef";

constexpr auto kPairs = [] {
  std::array<char, 200> pairs{};
  for (std::size_t i = 0; i < 100; ++i) {
    pairs[2 * i] = static_cast<char>('0' + i / 10);
    pairs[2 * i + 1] = static_cast<char>('0' + i % 10);
  }
  return pairs;
}();

constexpr auto kPowersOfTen = [] {
  std::array<std::uint64_t, 20> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = 10 * powers[i - 1];
  return powers;
}();

// Of a number that is not 0: 1233 / 4096 is the logarithm of 2, which is right or one too few.
std::size_t decimal_digits(std::uint64_t value) noexcept {
  const auto bits = static_cast<std::size_t>(64 - __builtin_clzll(value));
  const std::size_t estimate = bits * 1233 >> 12;
  return estimate + (value >= kPowersOfTen[estimate] ? 1 : 0);
}

// Length of the valid UTF-8 sequence at the start of [text] (RFC 3629: no surrogates, no overlong forms), 0 if none.
std::size_t utf8_length(std::string_view text) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto tail = [&](std::size_t i) { return i < text.size() && (at(i) & 0xc0U) == 0x80U; };
  const unsigned lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (!tail(1) || !tail(2)) return 0;
    if (lead == 0xe0 && at(1) < 0xa0) return 0;
    if (lead == 0xed && at(1) > 0x9f) return 0;
    return 3;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    if (!tail(1) || !tail(2) || !tail(3)) return 0;
    if (lead == 0xf0 && at(1) < 0x90) return 0;
    if (lead == 0xf4 && at(1) > 0x8f) return 0;
    return 4;
  }
  return 0;
}

// Of a valid sequence of two to four octets.
std::uint32_t code_point(std::string_view sequence) noexcept {
  std::uint32_t code = static_cast<unsigned char>(sequence.front()) & (0x7fU >> sequence.size());
  for (const char tail : sequence.substr(1)) code = code << 6 | (static_cast<unsigned char>(tail) & 0x3fU);
  return code;
}

}  // namespace

void TextBuffer::grow(std::size_t n) {
  const std::size_t wanted = std::max({size_ + n, 2 * capacity_, std::size_t{256}});
  std::unique_ptr<char[]> bigger(new char[wanted]);
  if (size_ != 0) std::memcpy(bigger.get(), data_.get(), size_);
  data_ = std::move(bigger);
  capacity_ = wanted;
}

void TextBuffer::put_dec(std::uint64_t value) {
  if (value < 10) {
    put(static_cast<char>('0' + value));
    return;
  }
  const std::size_t n = decimal_digits(value);
  char* const start = room(n);
  char* p = start + n;
  for (; value >= 100; value /= 100) {
    p -= 2;
    std::memcpy(p, kPairs.data() + 2 * (value % 100), 2);
  }
  if (value >= 10) {
    std::memcpy(start, kPairs.data() + 2 * value, 2);
  } else {
    *start = static_cast<char>('0' + value);
  }
  add(n);
}

void TextBuffer::put_signed(std::int64_t value) {
  if (value < 0) put('-');
  put_dec(value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value));
}

void TextBuffer::put_hex(std::uint64_t value, int digits) {
  const int needed = value == 0 ? 1 : (67 - __builtin_clzll(value)) / 4;
  const int n = std::clamp(digits, needed, 16);
  char* p = room(static_cast<std::size_t>(n));
  for (int i = n - 1; i >= 0; --i) *p++ = kHex[value >> (4 * i) & 15];
  add(static_cast<std::size_t>(n));
}

void TextBuffer::put_padded(std::uint64_t value, int digits) {
  char* p = room(static_cast<std::size_t>(digits));
  for (int i = digits - 1; i >= 0; --i) {
    p[i] = static_cast<char>('0' + value % 10);
    value /= 10;
  }
  add(static_cast<std::size_t>(digits));
}

void TextBuffer::put_octets(Bytes octets) {
  char* p = room(2 * octets.size());
  for (const std::byte b : octets) {
    *p++ = kHex[std::to_integer<unsigned>(b) >> 4];
    *p++ = kHex[std::to_integer<unsigned>(b) & 15];
  }
  add(2 * octets.size());
}

void TextBuffer::put_escaped(std::string_view text) {
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (u >= 0x20 && u < 0x7f) {
      if (c == '\\') put('\\');
      put(c);
    } else {
      put("\\x");
      put_hex(u, 2);
    }
  }
}

void TextBuffer::put_json_string(std::string_view text) {
  const auto escape = [this](std::uint32_t unit) {
    put("\\u");
    put_hex(unit, 4);
  };
  put('"');
  while (!text.empty()) {
    const auto u = static_cast<unsigned char>(text.front());
    const std::size_t length = utf8_length(text);
    if (u >= 0x20 && u < 0x7f) {
      if (u == '"' || u == '\\') put('\\');
      put(text.front());
    } else if (length < 2) {
      escape(u);
    } else {
      const std::uint32_t code = code_point(text.substr(0, length));
      if (code > 0xffff) escape(0xd800 + ((code - 0x10000) >> 10));
      escape(code > 0xffff ? 0xdc00 + (code & 0x3ff) : code);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  put('"');
}

}  // namespace gtp
