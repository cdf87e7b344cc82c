// SPDX-License-Identifier: GPL-2.0-or-later
//
// Files of /proc and /sys as facts. The parsers are given text, so that tests need no kernel.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gtp::top {

// The file's text, at most 1 MiB; empty when it cannot be read.
std::string read_text(const std::string& path);
std::optional<std::int64_t> read_number(const std::string& path);

// /proc/net/snmp and /proc/net/netstat: a line of names, a line of numbers, each beginning with "Group:".
std::optional<std::uint64_t> counter_in_table(std::string_view text, std::string_view group, std::string_view name);
// /proc/net/snmp6: "Name  number" lines.
std::optional<std::uint64_t> counter_in_list(std::string_view text, std::string_view name);

// /proc/net/softnet_stat: a line of hexadecimal numbers for each processor.
struct Softnet {
  std::uint64_t packets = 0;
  std::uint64_t dropped = 0;
  std::uint64_t squeezed = 0;
};
std::vector<Softnet> parse_softnet(std::string_view text);

// The file below /etc/modprobe.d (and its kin) that blacklists a module; empty: none.
std::string find_blacklist(std::string_view module);
// In one of its forms below /lib/modules/RELEASE, or built in.
bool is_module_installed(std::string_view module);
// Whether the line says "blacklist NAME" or "install NAME /bin/false".
bool line_forbids(std::string_view line, std::string_view module);

}  // namespace gtp::top
