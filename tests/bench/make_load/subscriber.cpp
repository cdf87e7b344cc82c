// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/bench/make_load/subscriber.hpp"

namespace gtp::test {
namespace {

std::string digits(std::string_view prefix, std::uint32_t number, std::size_t total) {
  const std::string text = std::to_string(number);
  return std::string(prefix) + std::string(total - prefix.size() - text.size(), '0') + text;
}

// A bijection, so that TEIDs are as scattered as real ones and never meet. The two top bits say whose it is.
std::uint32_t teid(std::uint32_t owner, std::uint32_t number) {
  return owner << 30 | ((number + 1) * 2'654'435'761U & 0x3fffffffU);
}

}  // namespace

Subscriber::Subscriber(std::uint32_t n)
    : number(n),
      imsi(digits("00101", n, 15)),
      msisdn(digits("88213", n, 15)),
      imei(digits("35000001", n, 16)),
      address(IpAddress::v4(0x0a000000U | ((n + 0x2d0002U) & 0xffffffU))),
      mme_s11(teid(0, n)),
      sgw_s11(teid(1, n)),
      gnb_n3(teid(2, n)),
      upf_n3(teid(3, n)),
      cp_seid(0x1000000000ULL + n),
      up_seid(0x2000000000ULL + n) {}

}  // namespace gtp::test
