// SPDX-License-Identifier: GPL-2.0-or-later
//
// Settings of the kernel under /proc/sys. Those below "net" are of the calling thread's network namespace, so inside
// of a Netns::Scope they are that one's. Needs no right to read, in general.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace gtp::sys {

// "net/ipv4/ip_forward", with slashes: interfaces have dots in their names. Nothing when it is not there.
std::optional<std::string> read_sysctl(std::string_view name);
// Nothing either when it is no single number.
std::optional<std::int64_t> read_sysctl_number(std::string_view name);

}  // namespace gtp::sys
