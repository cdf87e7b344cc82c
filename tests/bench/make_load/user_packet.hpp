// SPDX-License-Identifier: GPL-2.0-or-later
//
// IP packets as subscribers send them: header, TCP, UDP or ICMP, a payload of counting octets, all checksums right.
#pragma once

#include <cstdint>

#include "libcommon/util/byte_writer.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::test {

struct IpHeader {
  IpAddress src;
  IpAddress dst;
  std::uint8_t protocol = 17;
  std::uint8_t dscp = 0;
  std::uint16_t id = 0;
};
// IPv4 or IPv6, in front of [payload_length] octets.
void write_ip_header(ByteWriter& out, const IpHeader& header, std::size_t payload_length);

struct UserPacket {
  enum class Kind : std::uint8_t { udp, tcp, icmp_echo_request, icmp_echo_reply };
  Kind kind = Kind::udp;
  IpAddress src;
  IpAddress dst;
  std::uint16_t src_port = 0;  // ICMP: identifier
  std::uint16_t dst_port = 0;  // ICMP: sequence number
  std::uint8_t tcp_flags = 0x18;
  std::uint8_t dscp = 0;
  std::uint16_t id = 0;
  std::size_t length = 100;  // of the whole packet, at most kMaxLength; less than the headers is raised to them

  static constexpr std::size_t kMaxLength = 9000;
};
std::size_t size_of(const UserPacket& packet);
void write_user_packet(ByteWriter& out, const UserPacket& packet);

}  // namespace gtp::test
