// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/icmp_name.hpp"

namespace gtp::gen {
namespace {

std::string_view unreachable_v4(std::uint8_t code) noexcept {
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
      return {};
  }
}

std::string_view unreachable_v6(std::uint8_t code) noexcept {
  switch (code) {
    case 0:
      return "no route";
    case 1:
      return "administratively prohibited";
    case 2:
      return "beyond scope";
    case 3:
      return "address unreachable";
    case 4:
      return "port unreachable";
    case 5:
      return "source address refused";
    case 6:
      return "route to destination rejected";
    default:
      return {};
  }
}

std::string_view name_v4(std::uint8_t type, std::uint8_t code) noexcept {
  switch (type) {
    case 3:
      return unreachable_v4(code);
    case 4:
      return "source quench";
    case 11:
      return code == 0 ? "time to live exceeded" : "reassembly time exceeded";
    case 12:
      return "parameter problem";
    default:
      return {};
  }
}

std::string_view name_v6(std::uint8_t type, std::uint8_t code) noexcept {
  switch (type) {
    case 1:
      return unreachable_v6(code);
    case 2:
      return "packet too big";
    case 3:
      return code == 0 ? "hop limit exceeded" : "reassembly time exceeded";
    case 4:
      return "parameter problem";
    default:
      return {};
  }
}

}  // namespace

std::string_view icmp_error_name(bool ipv6, std::uint8_t type, std::uint8_t code) noexcept {
  return ipv6 ? name_v6(type, code) : name_v4(type, code);
}

}  // namespace gtp::gen
