// SPDX-License-Identifier: GPL-2.0-or-later
//
// Attribute numbers and layouts here are written out from the kernel's interface, not taken from its header.
#include "libcommon/netlink/gtp_client.hpp"

#include <catch2/catch.hpp>

#include "libcommon/netlink/batch.hpp"
#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::netlink;
using gtp::netlink::test::FakeTransport;
using gtp::netlink::test::Octets;
using gtp::netlink::test::Wire;

namespace {

constexpr std::uint16_t kFamily = 0x1c;
constexpr GtpFamily kStock{kFamily, 0, 5, true, false};
constexpr GtpFamily kOurs{kFamily, 1, 5, true, true};
const IpAddress kMs = *IpAddress::parse("10.45.0.2");
const IpAddress kPeer = *IpAddress::parse("172.31.0.2");

struct Kernel {
  FakeTransport::Log log;
  GtpClient client;
  explicit Kernel(const GtpFamily& family) : client(Connection(std::make_unique<FakeTransport>(log)), family) {}
};

Wire generic(unsigned command, unsigned version = 0) {
  return Wire().put(static_cast<std::uint8_t>(command)).put(static_cast<std::uint8_t>(version)).put(std::uint16_t{0});
}

Wire& put_address(Wire& wire, unsigned type, const IpAddress& address) {
  return wire.attribute(type, address.octets());
}

// A tunnel as mainline's module tells it; its command octet is garbage in an answer.
Wire stock_tunnel(std::uint32_t link = 4, std::uint32_t tei = 0x51a0ff17) {
  Wire wire = generic(kFamily & 0xff);
  wire.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, link).number<std::uint8_t>(13, 2);
  put_address(wire, 5, kMs);
  put_address(wire, 4, kPeer);
  return wire.number<std::uint32_t>(8, tei).number<std::uint32_t>(9, 200);
}

Tunnel example() {
  Tunnel tunnel;
  tunnel.link = 4;
  tunnel.i_tei = 0x51a0ff17;
  tunnel.o_tei = 200;
  tunnel.ms = kMs;
  tunnel.peer = kPeer;
  return tunnel;
}

Wire family_answer(unsigned version, unsigned max_attribute) {
  Wire wire = generic(1, 2);
  wire.text(2, "gtp").number<std::uint16_t>(1, kFamily);
  wire.number<std::uint32_t>(3, version).number<std::uint32_t>(5, max_attribute);
  const Wire group = Wire().text(1, "gtp").number<std::uint32_t>(2, 9);
  return wire.nest(7, Wire().nest(1, group));
}

}  // namespace

TEST_CASE("the family says what the kernel can do", "[netlink]") {
  struct Case {
    unsigned version, max_attribute;
    bool ipv6, tools;
  };
  for (const Case& c : {Case{0, 10, false, false}, Case{0, 13, true, false}, Case{1, 76, true, true}}) {
    FakeTransport::Log log;
    Connection connection(std::make_unique<FakeTransport>(log));
    log.reply(test::message(16, 0, 1, family_answer(c.version, c.max_attribute)));
    log.reply(test::answer(1, 0));
    const Result<GtpFamily> family = resolve_gtp(connection);
    REQUIRE(family.ok());
    CHECK(family->id == kFamily);
    CHECK(family->event_group == 9);
    CHECK(family->ipv6 == c.ipv6);
    CHECK(family->tools == c.tools);
    // CTRL_CMD_GETFAMILY by name.
    CHECK(log.sent.at(0) == test::message(16, 5, 1, generic(3, 1).text(2, "gtp"), 0));
  }
}

TEST_CASE("a kernel without GTP is told apart from one that fails", "[netlink]") {
  FakeTransport::Log log;
  Connection connection(std::make_unique<FakeTransport>(log));
  log.reply(test::answer(1, ENOENT));
  const Result<GtpFamily> none = resolve_gtp(connection);
  CHECK(none.error().code == ErrorCode::unsupported);
  CHECK(none.error().hint == "sudo modprobe gtp");
  log.reply(test::answer(2, ENOMEM));
  CHECK(resolve_gtp(connection).error().code == ErrorCode::failed);
  log.reply(test::message(16, 0, 3, generic(1)));
  log.reply(test::answer(3, 0));
  CHECK(resolve_gtp(connection).error().code == ErrorCode::protocol);
}

TEST_CASE("a tunnel is added with mainline's attributes", "[netlink]") {
  Kernel kernel(kStock);
  kernel.log.reply(test::answer(1, 0));
  REQUIRE(kernel.client.add(example()).ok());
  Wire expected = generic(0);
  expected.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4);
  expected.number<std::uint32_t>(8, 0x51a0ff17).number<std::uint32_t>(9, 200);
  put_address(expected, 5, kMs);
  put_address(expected, 4, kPeer);
  CHECK(kernel.log.sent.at(0) == test::message(kFamily, 0x605, 1, expected, 0));  // CREATE | EXCL | REQUEST | ACK
}

TEST_CASE("a GTPv0 tunnel of an IPv6 subscriber", "[netlink]") {
  Kernel kernel(kStock);
  kernel.log.reply(test::answer(1, 0));
  Tunnel tunnel = example();
  tunnel.version = GtpVersion::v0;
  tunnel.tid = 0x0123456789abcdef;
  tunnel.flow = 77;
  tunnel.ms = *IpAddress::parse("fd45:0:0:2::77");
  tunnel.peer = *IpAddress::parse("fd31::2");
  REQUIRE(kernel.client.add(tunnel).ok());
  Wire expected = generic(0);
  expected.number<std::uint32_t>(2, 0).number<std::uint32_t>(1, 4);
  expected.number<std::uint64_t>(3, 0x0123456789abcdef).number<std::uint16_t>(6, 77).number<std::uint8_t>(13, 10);
  put_address(expected, 12, *IpAddress::parse("fd45:0:0:2::"));  // the /64
  put_address(expected, 11, tunnel.peer);
  CHECK(kernel.log.sent.at(0) == test::message(kFamily, 0x605, 1, expected, 0));
}

TEST_CASE("what a module cannot do is refused before it is asked", "[netlink]") {
  Kernel kernel(kStock);
  Tunnel with_qfi = example();
  with_qfi.qfi = 9;
  CHECK(kernel.client.add(with_qfi).error().code == ErrorCode::unsupported);
  Tunnel with_flow_port = example();
  with_flow_port.flow_port = true;
  CHECK(kernel.client.add(with_flow_port).error().code == ErrorCode::unsupported);
  CHECK(kernel.client.update(example()).error().code == ErrorCode::unsupported);
  CHECK(kernel.client.link_counters(4).error().code == ErrorCode::unsupported);
  CHECK(kernel.client.find(TunnelKey::by_teid(4, 1), true, true).error().code == ErrorCode::unsupported);
  TunnelFilter since;
  since.since = 5;
  CHECK(kernel.client.begin_dump(since).error().code == ErrorCode::unsupported);
  CHECK(kernel.client.echo(4, GtpVersion::v1, kMs, *IpAddress::parse("::1")).error().code == ErrorCode::unsupported);

  Kernel old(GtpFamily{kFamily, 0, 5, false, false});
  Tunnel six = example();
  six.peer = *IpAddress::parse("fd31::2");
  CHECK(old.client.add(six).error().system == EAFNOSUPPORT);
  CHECK(kernel.log.sent.empty());
  CHECK(old.log.sent.empty());
}

TEST_CASE("our module's attributes are sent and read", "[netlink]") {
  Kernel kernel(kOurs);
  Tunnel tunnel = example();
  tunnel.qfi = 9;
  tunnel.pdu_type = PduType::uplink;
  tunnel.flow_port = true;
  kernel.log.reply(test::answer(1, 0));
  REQUIRE(kernel.client.update(tunnel).ok());
  Wire expected = generic(0, 1);
  expected.number<std::uint32_t>(64, 8).number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4);
  expected.number<std::uint32_t>(8, 0x51a0ff17).number<std::uint32_t>(9, 200);
  put_address(expected, 5, kMs);
  put_address(expected, 4, kPeer);
  expected.number<std::uint32_t>(66, 1).number<std::uint8_t>(67, 9).number<std::uint8_t>(68, 1);
  CHECK(kernel.log.sent.at(0) == test::message(kFamily, 5, 1, expected, 0));

  Wire answer = stock_tunnel();
  answer.number<std::uint32_t>(66, 1).number<std::uint8_t>(67, 9).number<std::uint8_t>(68, 1);
  answer.number<std::uint8_t>(69, 5).number<std::uint16_t>(10, 0);
  Wire stats;
  for (std::uint64_t i = 1; i <= 8; ++i) stats.put(i * 1'000'000'000'000);
  for (std::uint32_t i = 1; i <= 6; ++i) stats.put(i);
  answer.attribute(65, stats.view());
  kernel.log.reply(test::message(kFamily, 0, 2, answer));
  kernel.log.reply(test::answer(2, 0));
  const Result<Tunnel> found = kernel.client.find(TunnelKey::by_teid(4, 0x51a0ff17), true, true);
  REQUIRE(found.ok());
  CHECK(found->qfi == 9);
  CHECK(found->pdu_type == PduType::uplink);
  CHECK(found->rx_qfi == 5);
  CHECK(found->flow_port);
  REQUIRE(found->stats);
  CHECK(found->stats->rx_packets == 1'000'000'000'000);
  CHECK(found->stats->tx_bytes == 4'000'000'000'000);
  CHECK(found->stats->tx_idle_ms == 6'000'000'000'000);
  CHECK(found->stats->generation == 8'000'000'000'000);
  CHECK(found->stats->rx_drop_ms == 1);
  CHECK(found->stats->end_markers == 6);
  // COUNTERS | RESET, and the key.
  Wire asked = generic(2, 1);
  asked.number<std::uint32_t>(64, 3).number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4);
  asked.number<std::uint32_t>(8, 0x51a0ff17);
  CHECK(kernel.log.sent.at(1) == test::message(kFamily, 5, 2, asked, 0));
}

TEST_CASE("counters of an older or a newer module are read as far as both know", "[netlink]") {
  Wire stats;
  for (std::uint64_t i = 1; i <= 4; ++i) stats.put(i);
  Tunnel tunnel;
  Message message;
  const auto decode = [&](const Wire& payload) {
    message.payload = payload.view();
    return decode_tunnel(message, tunnel);
  };
  const Wire older = stock_tunnel().attribute(65, stats.view());
  REQUIRE(decode(older));
  CHECK(tunnel.stats->tx_bytes == 4);
  CHECK(tunnel.stats->rx_idle_ms == TunnelStats::kNever);
  CHECK(tunnel.stats->end_markers == 0);
  stats.zeros(500);
  const Wire newer = stock_tunnel().attribute(65, stats.view());
  REQUIRE(decode(newer));
  CHECK(tunnel.stats->rx_idle_ms == 0);
  const Wire none = stock_tunnel();
  REQUIRE(decode(none));
  CHECK_FALSE(tunnel.stats);
}

TEST_CASE("an answer that is no tunnel is refused", "[netlink]") {
  Tunnel tunnel;
  Message message;
  const auto decode = [&](const Wire& payload) {
    message.payload = payload.view();
    return decode_tunnel(message, tunnel);
  };
  CHECK(decode(stock_tunnel()));
  CHECK_FALSE(decode(Wire()));
  CHECK_FALSE(decode(generic(2)));
  Wire cut = stock_tunnel();
  cut.put(std::uint16_t{80}).put(std::uint16_t{3});
  CHECK_FALSE(decode(cut));
  CHECK_FALSE(decode(stock_tunnel().number<std::uint16_t>(8, 1)));  // a TEID of two octets
  CHECK_FALSE(decode(stock_tunnel().number<std::uint32_t>(2, 7)));  // a version that is none
  CHECK_FALSE(decode(stock_tunnel().attribute(4, Octets(6))));      // an address of six
  CHECK(decode(stock_tunnel().attribute(500, Octets(6))));          // unknown ones pass
}

TEST_CASE("a tunnel is found and removed by address or TEID; mainline wants a version either way", "[netlink]") {
  Kernel kernel(kStock);
  kernel.log.reply(test::answer(1, 0));
  REQUIRE(kernel.client.remove(TunnelKey::by_ms(4, *IpAddress::parse("fd45:0:0:2::77"))).ok());
  Wire by_ms = generic(1);
  by_ms.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 4).number<std::uint8_t>(13, 10);
  put_address(by_ms, 12, *IpAddress::parse("fd45:0:0:2::"));
  CHECK(kernel.log.sent.at(0) == test::message(kFamily, 5, 1, by_ms, 0));

  kernel.log.reply(test::message(kFamily, 0, 2, stock_tunnel()));
  kernel.log.reply(test::answer(2, 0));
  const Result<Tunnel> found = kernel.client.find(TunnelKey::by_teid(4, 0x51a0ff17));
  REQUIRE(found.ok());
  CHECK(*found == example());

  kernel.log.reply(test::answer(3, EPERM));
  CHECK_FALSE(kernel.client.remove(TunnelKey::by_tid(4, 1)).error().hint.empty());
}

TEST_CASE("a dump selects, in the kernel where it can", "[netlink]") {
  TunnelFilter filter;
  filter.link = 4;
  filter.peer = kPeer;
  filter.stats = true;
  std::vector<std::uint32_t> seen;
  const auto collect = [&](const Tunnel& tunnel) { seen.push_back(tunnel.i_tei); };

  Kernel stock(kStock);
  stock.log.reply(test::operator+(test::message(kFamily, 2, 1, stock_tunnel(4, 1)),
                                  test::message(kFamily, 2, 1, stock_tunnel(5, 2))));
  stock.log.reply(test::done(1));
  REQUIRE(stock.client.dump(filter, collect).ok());
  CHECK(seen == std::vector<std::uint32_t>{1});
  CHECK(stock.log.sent.at(0) == test::message(kFamily, 0x301, 1, generic(2), 0));

  Kernel ours(kOurs);
  ours.log.reply(test::done(1));
  filter.since = 99;
  REQUIRE(ours.client.dump(filter, collect).ok());
  Wire asked = generic(2, 1);
  asked.number<std::uint32_t>(64, 5).number<std::uint32_t>(1, 4);
  put_address(asked, 4, kPeer);
  asked.number<std::uint64_t>(70, 99);
  CHECK(ours.log.sent.at(0) == test::message(kFamily, 0x301, 1, asked, 0));

  ours.log.reply(
      test::operator+(test::message(kFamily, 2, 2, stock_tunnel(4, 1)), test::message(kFamily, 2, 2, generic(2))));
  ours.log.reply(test::done(2));
  CHECK(ours.client.dump({}, collect).error().code == ErrorCode::protocol);
}

TEST_CASE("counters of a link by number, those of a later module too", "[netlink]") {
  Kernel kernel(kOurs);
  Wire values;
  values.number<std::uint64_t>(1, 11).attribute(32, Octets()).number<std::uint64_t>(8, 88);
  values.number<std::uint64_t>(40, 400).number<std::uint64_t>(1000, 1);
  Wire payload = generic(64, 1);
  payload.number<std::uint32_t>(1, 4).number<std::uint32_t>(72, 1000).number<std::uint64_t>(71, 12).nest(73, values);
  kernel.log.reply(test::message(kFamily, 0, 1, payload));
  kernel.log.reply(test::answer(1, 0));
  const Result<GtpLinkCounters> counters = kernel.client.link_counters(4);
  REQUIRE(counters.ok());
  CHECK(counters->tunnels == 1000);
  CHECK(counters->generation == 12);
  CHECK(counters->values[8] == 88);
  CHECK(counters->values[40] == 400);
  CHECK(counters->count == 41);
  CHECK(counters->drops() == 99);
  CHECK(link_counter_table()[8].key == "rx_unknown_teid");
  CHECK(link_counter_table()[31].key == "rate_limited");
  CHECK(link_counter_table()[32].key.empty());
  CHECK(link_counter_table()[33].key == "tx_fragmented");
}
