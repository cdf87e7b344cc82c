// SPDX-License-Identifier: GPL-2.0-or-later
//
// What a socket needs to receive fast and to measure: a large buffer, UDP_GRO (many datagrams of one flow in one
// buffer), kernel time stamps; and how many packets it had to drop.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "libcommon/util/fd.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen {

struct SocketFacts {
  bool aggregates = false;  // UDP_GRO
  bool stamps = false;      // SO_TIMESTAMPING
  std::size_t buffer = 0;   // octets granted
  std::string note;         // the buffer is smaller than wanted: the sysctl that helps
};

// [wanted]: octets of buffer; more than net.core.rmem_max takes CAP_NET_ADMIN. [time_stamps]: of arrival, wanted.
SocketFacts prepare_socket(int fd, std::size_t wanted, bool time_stamps = true);

// Datagrams, or with UDP_GRO buffers of several, that this socket dropped since it was made: its buffer was full.
std::optional<std::uint64_t> socket_drops(int fd) noexcept;

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;
};
// "192.0.2.1:2152", "[2001:db8::1]:2152", "192.0.2.1", "2001:db8::1", ":2152"; what is missing is [otherwise].
Result<Endpoint> parse_endpoint(std::string_view text, const Endpoint& otherwise);
std::string text_of(const Endpoint& endpoint);

// A bound UDP socket, non-blocking. [share]: several of them, one per thread (SO_REUSEPORT). [local_addresses]: say
// with each datagram which of our addresses it was sent to (IP_PKTINFO).
struct Binding {
  Endpoint endpoint;
  bool share = false;
  bool local_addresses = false;
};
Result<Fd> bind_udp(const Binding& binding);

}  // namespace gtp::gen
