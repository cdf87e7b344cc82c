// SPDX-License-Identifier: GPL-2.0-or-later
//
// IPv4 (RFC 791) and IPv6 (RFC 8200) headers, the outer ones and those of T-PDUs alike.
//
//   IPv4 | version, IHL | DSCP, ECN | total length (2) | id (2) | flags 3b, offset 13b | TTL | protocol | checksum (2)
//        | source (4) | destination (4) | options
//   IPv6 | version 4b, class 8b, flow label 20b | payload length (2) | next header | hop limit
//        | source (16) | destination (16) | extension headers
#pragma once

#include <cstdint>

#include "libcommon/packet/view.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::packet {

enum class IpStatus : std::uint8_t {
  ok,         // payload is valid
  not_ip,     // neither version 4 nor 6, or nothing there
  malformed,  // the header contradicts itself
  cut,        // the octets end inside the header; the fields before the cut are set
};

struct IpHeader {
  IpAddress src;  // empty when cut before it
  IpAddress dst;
  std::uint8_t version = 0;
  std::uint8_t dscp = 0;
  std::uint8_t protocol = 0;  // what payload is: the last next-header value that was read
  bool has_length = false;
  bool has_protocol = false;
  bool is_fragment = false;  // an IPv6 fragment header, or an IPv4 header with an offset or MF
  bool more_fragments = false;
  std::uint32_t fragment_offset = 0;  // octets
  std::uint32_t fragment_id = 0;
  std::uint32_t length = 0;  // IPv4 total length; IPv6 payload length + 40
  View payload;

  // A fragment that is the whole datagram (RFC 6946) needs no others.
  bool is_partial() const noexcept { return more_fragments || fragment_offset != 0; }
  // Can the upper layer be read here? Of a datagram in fragments only when the capture cut the first one: it will never
  // be complete, and its start is all there is to see.
  bool has_upper_layer() const noexcept { return !is_partial() || (fragment_offset == 0 && payload.cut()); }
  // Such a start does not know how long the datagram is; its own length fields do.
  void forget_length() noexcept {
    if (is_partial()) payload.wire = SIZE_MAX / 2;
  }
};

namespace protocol {
inline constexpr std::uint8_t kHopByHop = 0;
inline constexpr std::uint8_t kIcmp = 1;
inline constexpr std::uint8_t kIpv4 = 4;
inline constexpr std::uint8_t kTcp = 6;
inline constexpr std::uint8_t kUdp = 17;
inline constexpr std::uint8_t kIpv6 = 41;
inline constexpr std::uint8_t kRouting = 43;
inline constexpr std::uint8_t kFragment = 44;
inline constexpr std::uint8_t kGre = 47;
inline constexpr std::uint8_t kAuthentication = 51;
inline constexpr std::uint8_t kIcmpv6 = 58;
inline constexpr std::uint8_t kDestinationOptions = 60;
inline constexpr std::uint8_t kSctp = 132;
inline constexpr std::uint8_t kUdpLite = 136;
}  // namespace protocol

// Reads the header at the start of [view]. A length of 0 (written by segmentation offload) means "to the end".
IpStatus read_ip_header(View view, IpHeader& out) noexcept;

// Walks IPv6 extension headers, starting at [header.payload] with the type [header.protocol], up to the upper layer or
// a fragment. Linear: each header has at least eight octets.
IpStatus skip_extension_headers(IpHeader& header) noexcept;

}  // namespace gtp::packet
