// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/event.hpp"
#include "gtpgen/transmit/icmp_name.hpp"

namespace gtp::gen::echo {

std::string_view describe(const IcmpError& error) noexcept {
  const std::string_view name = icmp_error_name(error.ipv6, error.type, error.code);
  if (!name.empty()) return name;
  if (error.type == (error.ipv6 ? 1 : 3)) return "destination unreachable";
  return error.ipv6 ? "ICMPv6 error" : "ICMP error";
}

}  // namespace gtp::gen::echo
