// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/message.hpp"

#include <catch2/catch.hpp>

#include "libcommon/netlink/request.hpp"
#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::Octets;
using gtp::netlink::test::Wire;

namespace {

std::vector<std::size_t> sizes_of(Bytes data, bool& malformed) {
  std::vector<std::size_t> sizes;
  Attributes attributes(data);
  for (Attribute attribute; attributes.next(attribute);) sizes.push_back(attribute.data.size());
  malformed = attributes.malformed();
  return sizes;
}

}  // namespace

TEST_CASE("attributes are walked with their padding", "[netlink]") {
  const Wire wire = Wire().number<std::uint8_t>(13, 10).text(3, "gtp0").number<std::uint64_t>(0xc001, 7);
  Attributes attributes(wire.view());
  Attribute attribute;
  std::uint8_t family = 0;
  REQUIRE(attributes.next(attribute));
  CHECK(attribute.type == 13);
  CHECK((attribute.read(family) && family == 10));
  REQUIRE(attributes.next(attribute));
  CHECK(attribute.text() == "gtp0");
  REQUIRE(attributes.next(attribute));
  CHECK(attribute.type == 1);  // without its two flags
  std::uint64_t wide = 0;
  CHECK((attribute.read(wide) && wide == 7));
  CHECK_FALSE(attributes.next(attribute));
  CHECK_FALSE(attributes.malformed());
}

TEST_CASE("an attribute whose length lies ends the walk", "[netlink]") {
  const Wire sound = Wire().number<std::uint32_t>(1, 5);
  bool malformed = false;
  SECTION("longer than what is there") {
    Wire wire = sound;
    wire.put(std::uint16_t{9}).put(std::uint16_t{2}).put(std::uint32_t{1});
    CHECK(sizes_of(wire.view(), malformed) == std::vector<std::size_t>{4});
    CHECK(malformed);
  }
  SECTION("shorter than its own header") {
    for (const unsigned length : {0U, 1U, 3U}) {
      Wire wire = sound;
      wire.put(static_cast<std::uint16_t>(length)).put(std::uint16_t{2}).zeros(64);
      CHECK(sizes_of(wire.view(), malformed).size() == 1);
      CHECK(malformed);
    }
  }
  SECTION("a rest that is no header") {
    Wire wire = sound;
    wire.zeros(3);
    CHECK(sizes_of(wire.view(), malformed).size() == 1);
    CHECK(malformed);
  }
  SECTION("the last one may lack its padding") {
    Wire wire = sound;
    wire.put(std::uint16_t{5}).put(std::uint16_t{13}).put(std::uint8_t{2});
    CHECK(sizes_of(wire.view(), malformed) == std::vector<std::size_t>{4, 1});
    CHECK_FALSE(malformed);
  }
}

TEST_CASE("values of the wrong size are refused", "[netlink]") {
  const std::array<std::byte, 5> octets{};
  std::uint64_t wide = 99;
  CHECK_FALSE(Attribute{1, Bytes(octets).first(3)}.read(wide));
  CHECK(wide == 99);
  IpAddress address;
  CHECK_FALSE(Attribute{1, octets}.read(address));
  CHECK(address.empty());
  CHECK(Attribute{1, Bytes(octets).first(4)}.read(address));
  CHECK(Attribute{1, {}}.text().empty());
}

TEST_CASE("messages of a datagram are walked; a lying length ends it", "[netlink]") {
  const Octets first = test::message(0x21, 2, 7, Wire().put(std::uint8_t{1}));
  const Octets second = test::message(3, 2, 7, Wire().put(std::int32_t{0}));
  Octets both = test::operator+(first, second);
  Message message;
  {
    Messages messages(both);
    REQUIRE(messages.next(message));
    CHECK(message.type == 0x21);
    CHECK(message.flags == 2);
    CHECK(message.sequence == 7);
    CHECK(message.port == test::kPort);
    CHECK(message.payload.size() == 1);
    REQUIRE(messages.next(message));
    CHECK(message.type == 3);
    CHECK_FALSE(messages.next(message));
    CHECK_FALSE(messages.malformed());
  }
  for (const std::uint32_t length : {0U, 15U, 21U, 0x7fffffffU, 0xffffffffU}) {
    std::memcpy(both.data() + first.size(), &length, sizeof length);
    Messages messages(both);
    CHECK(messages.next(message));
    CHECK_FALSE(messages.next(message));
    CHECK(messages.malformed());
  }
  Messages cut(Bytes(first).first(12));
  CHECK_FALSE(cut.next(message));
  CHECK(cut.malformed());
}

TEST_CASE("a request is built with lengths, nesting and zero padding", "[netlink]") {
  Request request(16, 0x600);
  request.header(std::uint64_t{0}).text(3, "gtp0");
  {
    const auto info = request.nest(18);
    request.text(1, "gtp").u8(5, 1);
  }
  const Bytes octets = request.finish(9, 4);

  Wire inside = Wire().text(1, "gtp").number<std::uint8_t>(5, 1);
  Wire payload = Wire().put(std::uint64_t{0}).text(3, "gtp0").nest(18, inside);
  const Octets expected = test::message(16, 0x605, 9, payload, 0);
  CHECK(Octets(octets.begin(), octets.end()) == expected);
  CHECK(request.complete());
}

TEST_CASE("what does not fit a request is told, and writes nothing", "[netlink]") {
  Request request(16);
  const std::array<std::byte, 900> large{};
  request.octets(1, large);
  CHECK(request.complete());
  request.octets(2, large);
  CHECK_FALSE(request.complete());
  CHECK(request.finish(1, 0).size() == 16 + 904);
  Request named(16);
  named.text(3, std::string(256, 'x'));
  CHECK_FALSE(named.complete());
}
