// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sums of the internet checksum (RFC 1071) for frames of which only some words change: the sum of the template is
// known, what is written into it is added, and the result is folded. 32-bit words may be added whole, because 2^16 and
// 1 are the same modulo 2^16 - 1.
#pragma once

#include <cstddef>
#include <cstdint>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::gen {

constexpr std::uint16_t fold(std::uint64_t sum) noexcept {
  sum = (sum >> 32) + (sum & 0xffffffff);
  sum = (sum >> 16) + (sum & 0xffff);
  sum = (sum >> 16) + (sum & 0xffff);
  return static_cast<std::uint16_t>((sum >> 16) + (sum & 0xffff));
}

// What a checksum field gets. UDP's 0 means "none" and is sent as all ones (RFC 768).
constexpr std::uint16_t checksum_of(std::uint64_t sum) noexcept { return static_cast<std::uint16_t>(~fold(sum)); }
constexpr std::uint16_t udp_checksum_of(std::uint64_t sum) noexcept {
  const std::uint16_t checksum = checksum_of(sum);
  return checksum == 0 ? std::uint16_t{0xffff} : checksum;
}

// [octets] is even, and the words lie at even places of the packet.
constexpr std::uint64_t sum_words(const std::byte* at, std::size_t octets) noexcept {
  std::uint64_t sum = 0;
  for (; octets >= 4; at += 4, octets -= 4) sum += load_u32(at);
  return octets == 0 ? sum : sum + load_u16(at);
}
inline std::uint64_t sum_words(const IpAddress& address) noexcept {
  const Bytes octets = address.octets();
  return sum_words(octets.data(), octets.size());
}

constexpr void store_u16(std::byte* at, std::uint16_t value) noexcept {
  at[0] = static_cast<std::byte>(value >> 8);
  at[1] = static_cast<std::byte>(value & 0xff);
}
constexpr void store_u32(std::byte* at, std::uint32_t value) noexcept {
  store_u16(at, static_cast<std::uint16_t>(value >> 16));
  store_u16(at + 2, static_cast<std::uint16_t>(value & 0xffff));
}

}  // namespace gtp::gen
