// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/checksum.hpp"

#include <catch2/catch.hpp>

#include "tests/support/frame_builder.hpp"

using namespace gtp;
using namespace gtp::test;

TEST_CASE("the example of RFC 1071, section 3") {
  packet::Checksum sum;
  sum.add(hex("0001 f203 f4f5 f6f7"));
  CHECK(sum.value() == 0x220d);  // ~0xddf2
  packet::Checksum parts;
  parts.add(hex("0001"));
  parts.add(hex("f203 f4f5"));
  parts.add_u16(0xf6f7);
  CHECK(parts.value() == 0x220d);
}

TEST_CASE("an IPv4 header") {
  Octets header = hex("4500 003c 1c46 4000 4006 0000 ac10 0a63 ac10 0a0c");
  CHECK(packet::ipv4_header_checksum(header) == 0xb1e6);
  header[10] = std::byte{0xb1};
  header[11] = std::byte{0xe6};
  CHECK(packet::ipv4_header_checksum(header) == 0);
}

TEST_CASE("UDP with its pseudo header, odd length, both IP versions") {
  const auto check = [](const char* src, const char* dst) {
    Octets segment = hex("1388 0035 000b 0000 616263");
    const IpAddress from = IpAddress::parse(src).value();
    const IpAddress to = IpAddress::parse(dst).value();
    const std::uint16_t sum = packet::upper_layer_checksum(from, to, 17, segment);
    segment[6] = static_cast<std::byte>(sum >> 8);
    segment[7] = static_cast<std::byte>(sum & 0xff);
    CHECK(packet::upper_layer_checksum(from, to, 17, segment) == 0);
    segment[10] = std::byte{'d'};
    CHECK(packet::upper_layer_checksum(from, to, 17, segment) != 0);
    return sum;
  };
  // 0xc000 + 0x0201 + 0xc633 + 0x6401 + 17 + 11 + 0x1388 + 0x35 + 0xb + 0x6162 + 0x6300, folded and complemented.
  CHECK(check("192.0.2.1", "198.51.100.1") == 0x3b82);
  check("2001:db8::1", "2001:db8::2");
}
