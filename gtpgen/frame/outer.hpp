// SPDX-License-Identifier: GPL-2.0-or-later
//
// What is around a GTP-U packet, for those who write it themselves (AF_PACKET, AF_XDP, files). A UDP socket leaves it
// to the kernel.
#pragma once

#include <array>
#include <cstdint>

#include "libcommon/util/byte_writer.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::gen {

// The first octet of a frame as it is handed over.
enum class FrameStart : std::uint8_t {
  link,     // Ethernet header
  network,  // outer IP header; the packet itself when plain
  gtp,      // GTP-U header: what a UDP socket sends
  payload,  // payload of the inner UDP datagram: what a UDP socket sends when plain
};

using MacAddress = std::array<std::byte, 6>;

struct LinkHeader {
  MacAddress destination{};
  MacAddress source{};
};

struct OuterHeader {
  IpAddress source;
  IpAddress destination;
  std::uint16_t source_port = 2152;
  std::uint16_t destination_port = 2152;
};

struct OuterStyle {
  FrameStart start = FrameStart::gtp;
  int version = 4;
  std::uint8_t dscp = 0;
  bool df = true;  // IPv4
  LinkHeader link;
};

// Appends an IP header for [payload] octets of [protocol], its checksum included. Addresses are of one version.
void write_ip_header(ByteWriter& out, const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                     std::size_t payload, std::uint8_t dscp, bool df) noexcept;
void write_link_header(ByteWriter& out, const LinkHeader& link, int ip_version) noexcept;
// IP and UDP around [message], checksums included.
void write_udp_datagram(ByteWriter& out, const OuterHeader& outer, const OuterStyle& style, Bytes message) noexcept;

}  // namespace gtp::gen
