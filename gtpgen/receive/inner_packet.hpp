// SPDX-License-Identifier: GPL-2.0-or-later
//
// The inner packet of a G-PDU, down to the payload that begins with a stamp: IPv4 or IPv6 with UDP, TCP or an ICMP echo
// behind it. Positions count from the packet's first octet.
//
//   | IP header | UDP 8, ICMP 8, TCP 20 to 60 | payload |
//   0           upper_at                      payload_at  end
//
// IPv6 extension headers and fragments are not looked into: gtpgen does not send them. Reads nothing outside the
// octets, allocates nothing; any thread.
#pragma once

#include <cstdint>

#include "libcommon/util/bytes.hpp"

namespace gtp::gen {

struct InnerPacket {
  enum class Status : std::uint8_t {
    ok,         // all of the above is there
    opaque,     // an IP packet whose payload is none of ours to read
    malformed,  // no IP, or its lengths do not fit
  };
  Status status = Status::malformed;
  std::uint8_t version = 0;
  std::uint8_t protocol = 0;
  std::size_t upper_at = 0;
  std::size_t payload_at = 0;
  std::size_t end = 0;
};

InnerPacket read_inner_packet(Bytes octets) noexcept;

// The IPv4 header's checksum and that of what it carries; a UDP checksum of 0 says nothing over IPv4 and is wrong over
// IPv6. [packet] is read_inner_packet(octets), with status ok.
bool has_right_checksums(Bytes octets, const InnerPacket& packet) noexcept;

}  // namespace gtp::gen
