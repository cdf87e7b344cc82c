// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/gtp_events.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::Wire;

namespace {

Wire generic(unsigned command) { return Wire().put(static_cast<std::uint8_t>(command)).zeros(3); }

Wire tunnel(unsigned command) {
  Wire wire = generic(command);
  wire.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4).number<std::uint8_t>(13, 2);
  wire.attribute(5, IpAddress::v4(0x0a2d0002).octets()).attribute(4, IpAddress::v4(0xac1f0002).octets());
  return wire.number<std::uint32_t>(8, 100).number<std::uint32_t>(9, 200);
}

bool decode(const Wire& payload, std::uint16_t flags, GtpEvent& event) {
  Message message;
  message.flags = flags;
  message.port = 4321;
  message.sequence = 17;
  message.payload = payload.view();
  return decode_event(message, event);
}

}  // namespace

TEST_CASE("tunnels come, change and go, and who asked is told", "[netlink]") {
  GtpEvent event;
  REQUIRE(decode(tunnel(0), 0x400, event));
  CHECK(event.kind == GtpEvent::Kind::tunnel_added);
  CHECK(event.asker_port == 4321);
  CHECK(event.asker_sequence == 17);
  CHECK(event.tunnel.i_tei == 100);
  CHECK(event.tunnel.peer.text() == "172.31.0.2");
  REQUIRE(decode(tunnel(0), 0x100, event));
  CHECK(event.kind == GtpEvent::Kind::tunnel_changed);
  REQUIRE(decode(tunnel(1), 0, event));
  CHECK(event.kind == GtpEvent::Kind::tunnel_removed);
  CHECK_FALSE(decode(tunnel(2), 0, event));
  CHECK_FALSE(decode(generic(0), 0, event));
  CHECK_FALSE(decode(Wire().zeros(3), 0, event));
}

TEST_CASE("an Echo Response as mainline tells it, and as we do", "[netlink]") {
  Wire stock = generic(3);
  stock.number<std::uint32_t>(2, 1);
  stock.attribute(4, IpAddress::v4(0xac1f0002).octets()).attribute(5, IpAddress::v4(0xac1f0001).octets());
  GtpEvent event;
  REQUIRE(decode(stock, 0, event));
  CHECK(event.kind == GtpEvent::Kind::echo_response);
  CHECK(event.tunnel.peer.text() == "172.31.0.2");
  CHECK(event.local.text() == "172.31.0.1");
  CHECK(event.tunnel.ms.empty());
  CHECK_FALSE(event.rtt_ns);

  Wire ours = stock;
  ours.number<std::uint32_t>(1, 4).number<std::uint16_t>(74, 7).number<std::uint64_t>(75, 12'345);
  ours.number<std::uint8_t>(76, 3);
  REQUIRE(decode(ours, 0, event));
  CHECK(event.tunnel.link == 4);
  CHECK(event.sequence == 7);
  CHECK(event.rtt_ns == 12'345U);
  CHECK(event.recovery == 3);
  CHECK_FALSE(decode(ours.number<std::uint8_t>(75, 3), 0, event));
}

TEST_CASE("an Error Indication and an End Marker have the tunnel's TEIDs", "[netlink]") {
  for (const unsigned command : {65U, 66U}) {
    Wire wire = generic(command);
    wire.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4).number<std::uint32_t>(8, 100);
    wire.number<std::uint32_t>(9, 200).number<std::uint8_t>(13, 2);
    GtpEvent event;
    CHECK_FALSE(decode(wire, 0, event));  // nobody sent it
    wire.attribute(11, IpAddress::parse("fd31::2")->octets());
    REQUIRE(decode(wire, 0, event));
    CHECK(event.kind == (command == 65 ? GtpEvent::Kind::error_indication : GtpEvent::Kind::end_marker));
    CHECK(event.tunnel.i_tei == 100);
    CHECK(event.tunnel.o_tei == 200);
    CHECK(event.tunnel.peer.text() == "fd31::2");
  }
}
