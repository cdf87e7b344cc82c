// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/checksum.hpp"

namespace gtp::packet {

void Checksum::add(Bytes octets) noexcept {
  const std::byte* p = octets.data();
  std::size_t left = octets.size();
  // Four octets at a time: 2^16 and 1 are the same modulo 2^16 - 1, so the halves may be folded at the end.
  for (; left >= 4; p += 4, left -= 4) sum_ += load_u32(p);
  if (left >= 2) {
    sum_ += load_u16(p);
    p += 2;
    left -= 2;
  }
  if (left != 0) sum_ += std::uint64_t{load_u8(p)} << 8;
}

void Checksum::add_pseudo_header(const IpAddress& src, const IpAddress& dst, std::uint8_t protocol,
                                 std::uint32_t length) noexcept {
  add(src.octets());
  add(dst.octets());
  sum_ += length;
  sum_ += protocol;
}

std::uint16_t Checksum::value() const noexcept {
  std::uint64_t folded = sum_;
  while (folded > 0xffff) folded = (folded & 0xffff) + (folded >> 16);
  return static_cast<std::uint16_t>(~folded);
}

std::uint16_t ipv4_header_checksum(Bytes header) noexcept {
  Checksum sum;
  sum.add(header);
  return sum.value();
}

std::uint16_t upper_layer_checksum(const IpAddress& src, const IpAddress& dst, std::uint8_t protocol,
                                   Bytes segment) noexcept {
  Checksum sum;
  sum.add_pseudo_header(src, dst, protocol, static_cast<std::uint32_t>(segment.size()));
  sum.add(segment);
  return sum.value();
}

}  // namespace gtp::packet
