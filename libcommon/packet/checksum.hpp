// SPDX-License-Identifier: GPL-2.0-or-later
//
// The internet checksum (RFC 1071) and what TCP, UDP and ICMPv6 add to it: a pseudo header of addresses, protocol and
// length. Decoders do not verify checksums on the way (captures on the sending host have none, offload writes them
// later); `gtpdump --check` and the generators use these.
#pragma once

#include <cstdint>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::packet {

// Adds up 16-bit words in any number of parts; every part but the last has an even length.
class Checksum {
 public:
  void add(Bytes octets) noexcept;
  void add_u16(std::uint16_t value) noexcept { sum_ += value; }
  // Source and destination (both of the same version), protocol and upper-layer length.
  void add_pseudo_header(const IpAddress& src, const IpAddress& dst, std::uint8_t protocol,
                         std::uint32_t length) noexcept;
  // The value for the checksum field; 0 over octets that contain a right one.
  std::uint16_t value() const noexcept;

 private:
  std::uint64_t sum_ = 0;
};

// Over an IPv4 header with its options.
std::uint16_t ipv4_header_checksum(Bytes header) noexcept;

// Over a TCP, UDP or ICMPv6 header and payload. For UDP, write 0xffff when it is 0, which means "none".
std::uint16_t upper_layer_checksum(const IpAddress& src, const IpAddress& dst, std::uint8_t protocol,
                                   Bytes segment) noexcept;

}  // namespace gtp::packet
