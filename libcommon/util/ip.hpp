// SPDX-License-Identifier: GPL-2.0-or-later
//
// IPv4 and IPv6 addresses and prefixes as values of 17 octets: cheap to copy, ordered, hashable, no allocation.
// Text is canonical (dotted quad; RFC 5952).
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "libcommon/util/bytes.hpp"

namespace gtp {

class IpAddress {
 public:
  // The longest text: an IPv6 address with an embedded IPv4 address.
  static constexpr std::size_t kMaxText = 46;

  constexpr IpAddress() = default;
  // Four or sixteen octets in network order; anything else gives no address.
  static IpAddress from(Bytes octets) noexcept;
  static IpAddress v4(std::uint32_t host_order) noexcept;
  // "192.0.2.1" or "2001:db8::1"; no zone, no brackets.
  static std::optional<IpAddress> parse(std::string_view text) noexcept;

  // 4, 6, or 0 for "no address".
  constexpr int version() const noexcept { return version_; }
  constexpr bool empty() const noexcept { return version_ == 0; }
  constexpr bool is_v4() const noexcept { return version_ == 4; }
  constexpr bool is_v6() const noexcept { return version_ == 6; }
  Bytes octets() const noexcept { return Bytes(octets_).first(version_ == 4 ? 4 : version_ == 6 ? 16 : 0); }
  std::uint32_t to_v4() const noexcept { return load_u32(octets_.data()); }

  // Writes the text without a terminator, returns its length; [out] has room for kMaxText characters.
  std::size_t write(char* out) const noexcept;
  std::string text() const;

  std::uint64_t hash() const noexcept;
  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  std::uint8_t version_ = 0;
  std::array<std::byte, 16> octets_{};
};

struct IpPrefix {
  IpAddress address;
  int length = 0;

  // "10.45.0.0/16"; without "/n" the prefix is the address itself.
  static std::optional<IpPrefix> parse(std::string_view text) noexcept;
  bool contains(const IpAddress& other) const noexcept;
  friend bool operator==(const IpPrefix&, const IpPrefix&) = default;
};

}  // namespace gtp

template <>
struct std::hash<gtp::IpAddress> {
  std::size_t operator()(const gtp::IpAddress& a) const noexcept { return static_cast<std::size_t>(a.hash()); }
};
