// SPDX-License-Identifier: GPL-2.0-or-later
//
// TextBuffer: output text built by appending, without a format string and without an allocation per line (the buffer
// keeps its memory over clear()). This is what the hot printing paths use; elsewhere {fmt} reads better.
//
// put() trusts its text. Text from the wire goes through put_escaped() (terminals, C locale safe) or
// put_json_string(); nothing else may print it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp {

class TextBuffer {
 public:
  void put(char c) {
    if (size_ == capacity_) grow(1);
    data_[size_++] = c;
  }
  void put(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(room(text.size()), text.data(), text.size());
    size_ += text.size();
  }
  void put(const char* text) { put(std::string_view(text)); }
  // Decimal, without padding.
  void put_dec(std::uint64_t value);
  void put_signed(std::int64_t value);
  // Lower-case hexadecimal with at least [digits] digits, no prefix.
  void put_hex(std::uint64_t value, int digits);
  // Exactly [digits] decimal digits with leading zeros; higher digits are dropped.
  void put_padded(std::uint64_t value, int digits);
  // Octets as pairs of hexadecimal digits.
  void put_octets(Bytes octets);
  void put_address(const IpAddress& address) { size_ += address.write(room(IpAddress::kMaxText)); }
  void fill(char c, std::size_t n) {
    if (n == 0) return;
    std::memset(room(n), c, n);
    size_ += n;
  }

  // Text from the wire for a terminal or a text file: printable ASCII as it is, backslash doubled, everything else
  // (control characters, DEL, octets above 0x7e) as \xHH. No terminal can be driven through it.
  void put_escaped(std::string_view text);
  // Text from the wire as a JSON string with its quotes, in printable ASCII: no terminal can be driven through it.
  // Valid UTF-8 becomes its characters' \uXXXX, any other octet \u00XX.
  void put_json_string(std::string_view text);

  std::string_view view() const noexcept { return {data_.get(), size_}; }
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  char back() const noexcept { return size_ == 0 ? '\0' : data_[size_ - 1]; }
  void clear() noexcept { size_ = 0; }
  // Drops everything behind [size].
  void truncate(std::size_t size) noexcept {
    if (size < size_) size_ = size;
  }

  // Room for [n] more characters at the returned place; add() says how many were written.
  char* room(std::size_t n) {
    if (capacity_ - size_ < n) grow(n);
    return data_.get() + size_;
  }
  void add(std::size_t n) noexcept { size_ += n; }

 private:
  void grow(std::size_t n);

  std::unique_ptr<char[]> data_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace gtp
