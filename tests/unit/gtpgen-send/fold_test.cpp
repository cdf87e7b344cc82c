// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/fold.hpp"

#include <catch2/catch.hpp>

#include <array>

namespace gtp::gen {
namespace {

TEST_CASE("sums are folded with all their carries") {
  CHECK(fold(0) == 0);
  CHECK(fold(0x1ffff) == 1);
  CHECK(fold(0xffff'ffff'ffff'ffffULL) == 0xffff);
  CHECK(fold(0x0001'0000'0000'0000ULL) == 1);
}

TEST_CASE("the example of RFC 1071") {
  // 0001 f203 f4f5 f6f7: the sum is ddf2 (RFC 1071, section 3).
  constexpr std::array octets = {std::byte{0x00}, std::byte{0x01}, std::byte{0xf2}, std::byte{0x03},
                                 std::byte{0xf4}, std::byte{0xf5}, std::byte{0xf6}, std::byte{0xf7}};
  CHECK(fold(sum_words(octets.data(), octets.size())) == 0xddf2);
  CHECK(checksum_of(sum_words(octets.data(), octets.size())) == 0x220d);
  CHECK(fold(sum_words(octets.data(), 6)) == 0xe6fa);
}

TEST_CASE("UDP has no checksum of zero") {
  CHECK(checksum_of(0xffff) == 0);
  CHECK(udp_checksum_of(0xffff) == 0xffff);
  CHECK(udp_checksum_of(0x0001) == 0xfffe);
}

}  // namespace
}  // namespace gtp::gen
