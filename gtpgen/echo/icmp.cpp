// SPDX-License-Identifier: GPL-2.0-or-later
//
// ICMP (RFC 792, RFC 1812) and ICMPv6 (RFC 4443) errors in words.
#include "gtpgen/echo/event.hpp"

namespace gtp::gen::echo {
namespace {

std::string_view unreachable_v4(unsigned code) noexcept {
  switch (code) {
    case 0:
      return "network unreachable";
    case 1:
      return "host unreachable";
    case 2:
      return "protocol unreachable";
    case 3:
      return "port unreachable";
    case 4:
      return "fragmentation needed";
    case 5:
      return "source route failed";
    case 9:
    case 10:
    case 13:
      return "administratively prohibited";
    default:
      return "destination unreachable";
  }
}

std::string_view unreachable_v6(unsigned code) noexcept {
  switch (code) {
    case 0:
      return "no route";
    case 1:
    case 5:
    case 6:
      return "administratively prohibited";
    case 3:
      return "address unreachable";
    case 4:
      return "port unreachable";
    default:
      return "destination unreachable";
  }
}

}  // namespace

std::string_view describe(const IcmpError& error) noexcept {
  if (error.ipv6) {
    switch (error.type) {
      case 1:
        return unreachable_v6(error.code);
      case 2:
        return "packet too big";
      case 3:
        return error.code == 0 ? "hop limit exceeded" : "reassembly time exceeded";
      case 4:
        return "parameter problem";
      default:
        return "ICMPv6 error";
    }
  }
  switch (error.type) {
    case 3:
      return unreachable_v4(error.code);
    case 4:
      return "source quench";
    case 11:
      return error.code == 0 ? "time to live exceeded" : "reassembly time exceeded";
    case 12:
      return "parameter problem";
    default:
      return "ICMP error";
  }
}

}  // namespace gtp::gen::echo
