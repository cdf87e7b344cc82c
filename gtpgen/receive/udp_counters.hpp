// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kernel has counted for all UDP sockets of this network namespace (/proc/net/snmp and snmp6): the drops that
// no socket of ours can see, because they are somebody else's on the same host, or happened before a socket was found.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace gtp::gen {

struct UdpCounters {
  std::uint64_t receive_buffer_errors = 0;
  std::uint64_t send_buffer_errors = 0;
  std::uint64_t checksum_errors = 0;
  std::uint64_t no_ports = 0;

  static UdpCounters now();
  UdpCounters since(const UdpCounters& earlier) const noexcept;
};

// The parsers of the two files, which add to [out].
void read_snmp(std::string_view text, UdpCounters& out);
void read_snmp6(std::string_view text, UdpCounters& out);

// What [delta] says to the user, who knows of [own_drops] already.
std::vector<std::string> remarks(const UdpCounters& delta, std::uint64_t own_drops);

}  // namespace gtp::gen
