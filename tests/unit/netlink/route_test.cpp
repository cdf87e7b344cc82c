// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/route.hpp"

#include <catch2/catch.hpp>

#include "libcommon/netlink/route_events.hpp"
#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::FakeTransport;
using gtp::netlink::test::Wire;

namespace {

// struct rtmsg: family, dst_len, src_len, tos, table, protocol, scope, type, flags.
Wire route_header(unsigned family, unsigned length, unsigned table = 254, unsigned protocol = 4, unsigned scope = 0,
                  unsigned type = 1, std::uint32_t flags = 0) {
  Wire wire;
  for (const unsigned octet : {family, length, 0U, 0U, table, protocol, scope, type}) {
    wire.put(static_cast<std::uint8_t>(octet));
  }
  return wire.put(flags);
}

struct Kernel {
  FakeTransport::Log log;
  Connection connection{std::make_unique<FakeTransport>(log)};
};

const IpAddress kPeer = *IpAddress::parse("172.31.0.2");

Wire some_route() {
  Wire wire = route_header(2, 16, 254, 4, 253);
  wire.number<std::uint32_t>(15, 254).attribute(1, IpAddress::v4(0x0a2d0000).octets()).number<std::uint32_t>(4, 4);
  wire.attribute(7, IpAddress::v4(0x0a2d0001).octets()).number<std::uint32_t>(6, 100);
  return wire.nest(8, Wire().number<std::uint32_t>(2, 1400));
}

// struct ndmsg: family, pads, ifindex, state, flags, type.
Wire neighbour(unsigned family, std::int32_t link, std::uint16_t state) {
  Wire wire;
  wire.put(static_cast<std::uint8_t>(family)).zeros(3).put(link).put(state);
  return wire.put(std::uint8_t{0}).put(std::uint8_t{1});
}

// struct ifaddrmsg: family, length, flags, scope, index.
Wire address(unsigned family, unsigned length, std::uint32_t link) {
  Wire wire;
  wire.put(static_cast<std::uint8_t>(family)).put(static_cast<std::uint8_t>(length));
  return wire.put(std::uint8_t{0x80}).put(std::uint8_t{0}).put(link);
}

bool decode(unsigned type, const Wire& payload, RouteEvent& event) {
  Message message;
  message.type = static_cast<std::uint16_t>(type);
  message.payload = payload.view();
  return decode_route_event(message, event);
}

}  // namespace

TEST_CASE("the way to a peer", "[netlink]") {
  Kernel kernel;
  Wire answer = route_header(2, 32, 254, 0, 0, 1, 0x200);
  answer.attribute(1, kPeer.octets()).number<std::uint32_t>(4, 3).attribute(7, IpAddress::v4(0xac1f0001).octets());
  answer.attribute(5, IpAddress::v4(0xac1f00fe).octets());
  kernel.log.reply(test::message(24, 0, 1, answer));
  kernel.log.reply(test::answer(1, 0));
  RouteQuery query;
  query.destination = kPeer;
  query.link = 3;
  query.table_entry = true;
  const Result<Route> route = find_route(kernel.connection, query);
  REQUIRE(route.ok());
  CHECK(route->link == 3);
  CHECK(route->gateway.text() == "172.31.0.254");
  CHECK(route->source.text() == "172.31.0.1");
  CHECK(route->mtu == 0);
  Wire asked = route_header(2, 32, 0, 0, 0, 0, 0x3000);
  asked.attribute(1, kPeer.octets()).number<std::uint32_t>(4, 3);
  CHECK(kernel.log.sent.at(0) == test::message(26, 5, 1, asked, 0));

  kernel.log.reply(test::answer(2, ENETUNREACH));
  CHECK(find_route(kernel.connection, query).error().system == ENETUNREACH);
}

TEST_CASE("routes of a table; one is added", "[netlink]") {
  Kernel kernel;
  kernel.log.reply(test::message(24, 2, 1, some_route()));
  kernel.log.reply(test::message(24, 2, 1, route_header(2, 32, 255).number<std::uint32_t>(4, 1)));
  kernel.log.reply(test::done(1));
  std::vector<Route> seen;
  REQUIRE(routes(kernel.connection, 4, 254, [&](const Route& route) { seen.push_back(route); }).ok());
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].destination == *IpPrefix::parse("10.45.0.0/16"));
  CHECK(seen[0].mtu == 1400);
  CHECK(seen[0].priority == 100);
  CHECK(seen[0].scope == 253);

  kernel.log.reply(test::answer(2, EEXIST));
  CHECK(add_route(kernel.connection, *IpPrefix::parse("10.45.0.0/16"), 4).error().system == EEXIST);
  Wire expected = route_header(2, 16, 254, 4, 253);
  expected.attribute(1, IpAddress::v4(0x0a2d0000).octets()).number<std::uint32_t>(4, 4);
  CHECK(kernel.log.sent.at(1) == test::message(24, 0x605, 2, expected, 0));

  kernel.log.reply(test::done(3, ENOENT));
  CHECK(routes(kernel.connection, 6, 77, [](const Route&) {}).ok());
}

TEST_CASE("events of the route family", "[netlink]") {
  RouteEvent event;
  REQUIRE(decode(25, some_route(), event));
  CHECK(event.removed);
  CHECK(std::get<Route>(event.what).link == 4);

  Wire there = neighbour(2, 3, 0x20);
  there.attribute(1, kPeer.octets());
  REQUIRE(decode(28, there, event));
  CHECK_FALSE(event.removed);
  CHECK(std::get<Neighbour>(event.what).has_failed());
  CHECK_FALSE(std::get<Neighbour>(event.what).is_usable());

  Wire known = neighbour(2, 3, 0x4);
  known.attribute(1, kPeer.octets()).attribute(2, test::Octets(32, std::byte{0xaa}));
  REQUIRE(decode(28, known, event));
  CHECK(std::get<Neighbour>(event.what).is_usable());
  CHECK(std::get<Neighbour>(event.what).link_address_length == 20);

  Wire named = address(2, 24, 3);
  named.attribute(1, kPeer.octets()).attribute(2, IpAddress::v4(0xac1f0001).octets()).number<std::uint32_t>(8, 0x280);
  REQUIRE(decode(20, named, event));
  const auto& own = std::get<InterfaceAddress>(event.what);
  CHECK(own.prefix == *IpPrefix::parse("172.31.0.1/24"));
  CHECK(own.peer == kPeer);
  CHECK(own.flags == 0x280);

  Wire link;
  link.zeros(4).put(std::int32_t{7}).zeros(8).text(3, "gtp7");
  REQUIRE(decode(17, link, event));
  CHECK(event.removed);
  CHECK(std::get<Link>(event.what).name == "gtp7");
}

TEST_CASE("events that are malformed or of others are refused", "[netlink]") {
  RouteEvent event;
  CHECK_FALSE(decode(36, some_route(), event));
  CHECK_FALSE(decode(24, Wire().zeros(11), event));
  CHECK_FALSE(decode(24, route_header(2, 33), event));
  CHECK_FALSE(decode(24, route_header(7, 0), event));
  CHECK_FALSE(decode(24, route_header(2, 0).number<std::uint8_t>(4, 1), event));
  CHECK_FALSE(decode(24, route_header(2, 0).zeros(3), event));
  CHECK_FALSE(decode(28, neighbour(7, 3, 4).attribute(1, kPeer.octets()), event));
  CHECK_FALSE(decode(28, neighbour(2, 3, 4), event));
  CHECK_FALSE(decode(28, neighbour(2, -3, 4).attribute(1, kPeer.octets()), event));
  CHECK_FALSE(decode(20, address(2, 33, 3).attribute(1, kPeer.octets()), event));
  CHECK_FALSE(decode(20, address(2, 24, 3), event));
}
