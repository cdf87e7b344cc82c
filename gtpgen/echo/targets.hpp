// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the words of the command line and the lines of --hosts to the hosts to ask.
//
//   192.0.2.1  192.0.2.1:5000  2001:db8::1  [2001:db8::1]:5000  fe80::1%eth0  ggsn.example.org  192.0.2.0/24
//
// A network stands for its hosts: without network and broadcast address of IPv4 networks larger than /31. Of names, the
// first address is taken. Resolving may wait for the network.
#pragma once

#include <string>
#include <vector>

#include "gtpgen/echo/event.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::gen::echo {

inline constexpr std::size_t kMostTargets = 65'536;

// [family] 4, 6, or 0 for either. Appends to [out].
Result<void> add_targets(const std::string& word, int family, std::vector<Target>& out);
// One host or network a line; empty lines and what follows # are nothing.
Result<void> read_hosts_file(const std::string& path, int family, std::vector<Target>& out);
// Refuses what is asked twice, multicast and broadcast.
Result<void> check_targets(const std::vector<Target>& targets);
// In a network that nobody else is disturbed in: private, link-local, loopback, documentation, shared (RFC 6598).
bool is_private(const IpAddress& address) noexcept;

}  // namespace gtp::gen::echo
