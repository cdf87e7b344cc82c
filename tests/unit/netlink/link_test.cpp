// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/link.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::FakeTransport;
using gtp::netlink::test::Wire;

namespace {

// struct ifinfomsg: family, pad, type, index, flags, change.
Wire header(std::int32_t index, std::uint32_t flags = 0, std::uint32_t change = 0, std::uint16_t type = 0) {
  return Wire().zeros(2).put(type).put(index).put(flags).put(change);
}

Wire gtp_link(std::int32_t index = 4) {
  Wire stats;
  for (std::uint64_t i = 1; i <= 24; ++i) stats.put(i);
  const Wire data = Wire().number<std::uint32_t>(3, 131072).number<std::uint32_t>(4, 1).number<std::uint8_t>(6, 7);
  Wire wire = header(index, 0x10091, 0, 0xfffe);
  wire.text(3, "gtp0").number<std::uint32_t>(4, 1452).number<std::uint8_t>(16, 0).number<std::uint8_t>(33, 1);
  wire.attribute(23, stats.view()).number<std::int32_t>(37, 3);
  return wire.nest(18, Wire().text(1, "gtp").nest(2, data));
}

struct Kernel {
  FakeTransport::Log log;
  Connection connection{std::make_unique<FakeTransport>(log)};
};

}  // namespace

TEST_CASE("a gtp link and its counters", "[netlink]") {
  Message message;
  const Wire wire = gtp_link();
  message.payload = wire.view();
  Link link;
  REQUIRE(decode_link(message, link));
  CHECK(link.index == 4);
  CHECK(link.name == "gtp0");
  CHECK(link.kind == "gtp");
  CHECK(link.mtu == 1452);
  CHECK(link.is_up());
  CHECK(link.carrier);
  CHECK(link.arp_type == 0xfffe);
  CHECK(link.parent_netnsid == 3);
  REQUIRE(link.gtp);
  CHECK(link.gtp->role == GtpRole::sgsn);
  CHECK(link.gtp->hash_size == 131072);
  CHECK(link.gtp->restart_count == 7);
  REQUIRE(link.stats);
  CHECK(link.stats->rx_packets == 1);
  CHECK(link.stats->tx_dropped == 8);
  CHECK(link.stats->collisions == 10);
  CHECK(link.stats->tx_carrier_errors == 18);
  CHECK(link.stats->rx_nohandler == 24);
}

TEST_CASE("a link message that lacks or breaks something is refused", "[netlink]") {
  Link link;
  const auto decode = [&](const Wire& wire) {
    Message message;
    message.payload = wire.view();
    return decode_link(message, link);
  };
  CHECK_FALSE(decode(Wire().zeros(15)));
  CHECK_FALSE(decode(header(4)));
  CHECK_FALSE(decode(header(0).text(3, "gtp0")));
  CHECK_FALSE(decode(header(4).text(3, "gtp0").number<std::uint8_t>(4, 1)));
  CHECK_FALSE(decode(header(4).text(3, "gtp0").zeros(2)));
  CHECK(decode(header(4).text(3, "gtp0")));
  CHECK(decode(header(4).text(3, "gtp0").nest(18, Wire().zeros(6))));
  CHECK_FALSE(link.gtp);
  // Counters of an older kernel: the structure ends earlier.
  CHECK(decode(header(4).text(3, "x").attribute(23, Wire().put(std::uint64_t{5}).view())));
  CHECK(link.stats->rx_packets == 5);
  CHECK(link.stats->tx_packets == 0);
}

TEST_CASE("links of one kind, whether the kernel selects or not", "[netlink]") {
  Kernel kernel;
  kernel.log.reply(
      test::operator+(test::message(16, 2, 1, header(1).text(3, "lo")), test::message(16, 2, 1, gtp_link())));
  kernel.log.reply(test::done(1));
  std::vector<std::string> names;
  REQUIRE(links(kernel.connection, "gtp", [&](const Link& link) { names.push_back(link.name); }).ok());
  CHECK(names == std::vector<std::string>{"gtp0"});
  const Wire asked = header(0).nest(18, Wire().text(1, "gtp"));
  CHECK(kernel.log.sent.at(0) == test::message(18, 0x301, 1, asked, 0));
}

TEST_CASE("a link is made with the kernel's sockets, or with ours", "[netlink]") {
  Kernel kernel;
  NewGtpLink link;
  link.name = "gtp0";
  link.role = GtpRole::sgsn;
  link.hash_size = 1024;
  link.local = IpAddress::v4(0xac1f0001);
  link.mtu = 1400;
  kernel.log.reply(test::answer(1, 0));
  kernel.log.reply(test::answer(2, 0));
  REQUIRE(create_link(kernel.connection, link).ok());
  Wire data = Wire().number<std::uint8_t>(5, 1).attribute(7, link.local.octets());
  data.number<std::uint32_t>(4, 1).number<std::uint32_t>(3, 1024);
  Wire expected = header(0, 1, 1).text(3, "gtp0").number<std::uint32_t>(4, 1400);
  expected.nest(18, Wire().text(1, "gtp").nest(2, data));
  CHECK(kernel.log.sent.at(0) == test::message(16, 0x605, 1, expected, 0));
  // The MTU once more, since a module may have set another.
  CHECK(kernel.log.sent.at(1) == test::message(16, 5, 2, header(0).text(3, "gtp0").number<std::uint32_t>(4, 1400), 0));

  NewGtpLink handed;
  handed.name = "gtp1";
  handed.fd1 = 9;
  handed.restart_count = 3;
  handed.silent = true;
  handed.up = false;
  kernel.log.reply(test::answer(3, EOPNOTSUPP, "Unknown device type"));
  CHECK(create_link(kernel.connection, handed).error().hint == "sudo modprobe gtp");
  data = Wire().number<std::uint32_t>(2, 9).number<std::uint32_t>(4, 0).number<std::uint8_t>(6, 3);
  data.number<std::uint32_t>(48, 1);
  expected = header(0).text(3, "gtp1").nest(18, Wire().text(1, "gtp").nest(2, data));
  CHECK(kernel.log.sent.at(2) == test::message(16, 0x605, 3, expected, 0));

  handed.name = "a-name-that-is-too-long";
  CHECK(create_link(kernel.connection, handed).error().code == ErrorCode::usage);
}

TEST_CASE("links by name and number; up, down, gone", "[netlink]") {
  Kernel kernel;
  kernel.log.reply(test::message(16, 0, 1, gtp_link()));
  kernel.log.reply(test::answer(1, 0));
  CHECK(link_by_name(kernel.connection, "gtp0")->index == 4);
  CHECK(kernel.log.sent.at(0) == test::message(18, 5, 1, header(0).text(3, "gtp0"), 0));
  CHECK(link_by_name(kernel.connection, "a-name-that-is-too-long").error().system == ENODEV);
  kernel.log.reply(test::answer(2, 0));
  CHECK(set_link_up(kernel.connection, 4, true).ok());
  CHECK(kernel.log.sent.at(1) == test::message(16, 5, 2, header(4, 1, 1), 0));
  kernel.log.reply(test::answer(3, 0));
  CHECK(remove_link(kernel.connection, 4).ok());
  CHECK(kernel.log.sent.at(2) == test::message(17, 5, 3, header(4), 0));
}
