// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reading what a netlink socket received: messages of a datagram, attributes of a message. All numbers of the headers
// are in the byte order of this machine; lengths include their own header; everything starts at a multiple of 4.
//
//   message    | length 32 | type 16 | flags 16 | sequence 32 | port 32 | payload ...        linux/netlink.h
//   attribute  | length 16 | nested 1, network order 1, type 14 | payload ...
//
// The octets need not come from a kernel that means well: a length that does not fit ends the walk and sets
// malformed(); nothing behind it is looked at. Views own nothing and live as long as the datagram's buffer.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::netlink {

// A number in this machine's byte order. False, and [out] as it was, when [data] is too short for it.
template <typename T>
bool load_native(Bytes data, T& out) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  if (data.size() < sizeof(T)) return false;
  std::memcpy(&out, data.data(), sizeof(T));
  return true;
}

// A structure that grew over the years: what [data] has of it, the rest as it was. Returns how much that is.
template <typename T>
std::size_t load_prefix(Bytes data, T& out) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::size_t n = std::min(data.size(), sizeof(T));
  if (n != 0) std::memcpy(&out, data.data(), n);
  return n;
}

struct Attribute {
  std::uint16_t type = 0;  // without the two flags
  Bytes data;

  // The value, as load_native().
  template <typename T>
  bool read(T& out) const noexcept {
    return load_native(data, out);
  }
  // Four or sixteen octets in network order; anything else is no address.
  bool read(IpAddress& out) const noexcept {
    if (data.size() != 4 && data.size() != 16) return false;
    out = IpAddress::from(data);
    return true;
  }
  // Up to the first zero octet; the end is one too.
  std::string_view text() const noexcept {
    const auto* const first = static_cast<const char*>(static_cast<const void*>(data.data()));
    const std::string_view all(first, data.size());
    return all.substr(0, all.find('\0'));
  }
};

class Attributes {
 public:
  explicit Attributes(Bytes data) noexcept : rest_(data) {}

  // The next attribute; false at the end.
  bool next(Attribute& out) noexcept {
    if (rest_.empty()) return false;
    std::uint16_t head[2];
    if (!load_native(rest_, head) || head[0] < sizeof head || head[0] > rest_.size()) {
      malformed_ = true;
      rest_ = {};
      return false;
    }
    out.type = static_cast<std::uint16_t>(head[1] & 0x3fff);
    out.data = rest_.subspan(sizeof head, head[0] - sizeof head);
    rest_ = slice(rest_, (head[0] + 3U) & ~3U);
    return true;
  }
  bool malformed() const noexcept { return malformed_; }

 private:
  Bytes rest_;
  bool malformed_ = false;
};

struct Message {
  std::uint16_t type = 0;
  std::uint16_t flags = 0;
  std::uint32_t sequence = 0;
  std::uint32_t port = 0;
  Bytes payload;

  // What follows the family's own header of [header] octets.
  Attributes attributes(std::size_t header) const noexcept { return Attributes(slice(payload, header)); }
};

class Messages {
 public:
  static constexpr std::size_t kHeader = 16;

  explicit Messages(Bytes datagram) noexcept : rest_(datagram) {}

  // The next message; false at the end.
  bool next(Message& out) noexcept {
    if (rest_.empty()) return false;
    std::uint32_t length = 0;
    if (rest_.size() < kHeader || !load_native(rest_, length) || length < kHeader || length > rest_.size()) {
      malformed_ = true;
      rest_ = {};
      return false;
    }
    load_native(rest_.subspan(4), out.type);
    load_native(rest_.subspan(6), out.flags);
    load_native(rest_.subspan(8), out.sequence);
    load_native(rest_.subspan(12), out.port);
    out.payload = rest_.subspan(kHeader, length - kHeader);
    rest_ = slice(rest_, (std::size_t{length} + 3) & ~std::size_t{3});
    return true;
  }
  bool malformed() const noexcept { return malformed_; }

 private:
  Bytes rest_;
  bool malformed_ = false;
};

}  // namespace gtp::netlink
