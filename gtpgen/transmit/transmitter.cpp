// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/transmitter.hpp"

#include "gtpgen/transmit/icmp_name.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kMaxOffenders = 16;

}  // namespace

std::string describe(const IcmpError& error) {
  const std::string_view name = icmp_error_name(error.from.is_v6(), error.type, error.code);
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
