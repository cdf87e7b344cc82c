// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/transmitter.hpp"

#include <array>

namespace gtp::gen {
namespace {

constexpr std::size_t kMaxOffenders = 16;

std::string_view name_v4(std::uint8_t type, std::uint8_t code) noexcept {
  if (type == 11) return "time to live exceeded";
  if (type != 3) return {};
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
    case 9:
    case 10:
    case 13:
      return "administratively prohibited";
    default:
      return {};
  }
}

std::string_view name_v6(std::uint8_t type, std::uint8_t code) noexcept {
  if (type == 2) return "packet too big";
  if (type == 3) return "hop limit exceeded";
  if (type != 1) return {};
  constexpr std::array<std::string_view, 7> kNames = {"no route",
                                                      "administratively prohibited",
                                                      "beyond scope",
                                                      "address unreachable",
                                                      "port unreachable",
                                                      "source address refused",
                                                      "route to destination rejected"};
  return code < kNames.size() ? kNames[code] : std::string_view{};
}

}  // namespace

std::string describe(const IcmpError& error) {
  const std::string_view name = error.from.is_v6() ? name_v6(error.type, error.code) : name_v4(error.type, error.code);
  std::string text = name.empty() ? "ICMP type " + std::to_string(error.type) + " code " + std::to_string(error.code)
                                  : "ICMP " + std::string(name);
  return text + " from " + (error.from.empty() ? "this host" : error.from.text());
}

std::uint64_t TransmitCounts::icmp_total() const noexcept {
  std::uint64_t total = 0;
  for (const IcmpError& one : icmp) total += one.count;
  return total;
}

void TransmitCounts::add_icmp(const IpAddress& from, std::uint8_t type, std::uint8_t code) {
  for (IcmpError& one : icmp) {
    if (one.from == from && one.type == type && one.code == code) {
      ++one.count;
      return;
    }
  }
  if (icmp.size() < kMaxOffenders) {
    icmp.push_back({from, type, code, 1});
  } else {
    ++icmp.back().count;
  }
}

}  // namespace gtp::gen
