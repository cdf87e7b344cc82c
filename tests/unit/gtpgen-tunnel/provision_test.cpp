// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/tunnel/provision.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/netlink/fake_transport.hpp"

using namespace gtp;
using namespace gtp::gen;
using netlink::test::FakeTransport;
using netlink::test::Wire;

namespace {

constexpr std::uint16_t kFamily = 0x1c;

IpAddress ip(const char* text) { return *IpAddress::parse(text); }

TunnelPlan plan_of(std::uint32_t count, const char* ue = "10.45.0.0/16", std::vector<std::uint8_t> qfis = {}) {
  TunnelPlan::Range range;
  range.count = count;
  range.teids = {0x1000, 4};
  range.ue = *IpPrefix::parse(ue);
  range.qfis = std::move(qfis);
  auto plan = TunnelPlan::from_range(std::move(range));
  REQUIRE(plan.ok());
  return *std::move(plan);
}

struct Kernel {
  FakeTransport::Log log;
  netlink::GtpClient client;
  Kernel()
      : client(netlink::Connection(std::make_unique<FakeTransport>(log)),
               netlink::GtpFamily{kFamily, 1, 5, true, true}) {}
};

}  // namespace

TEST_CASE("tunnels of a range: TEIDs, subscribers, peers in turn", "[gtpgen]") {
  TunnelShape shape;
  shape.peers = {ip("192.0.2.1"), ip("192.0.2.2")};
  const Provision provision(plan_of(3), shape);
  const netlink::Tunnel third = provision.tunnel(2, 7);
  CHECK(third.link == 7);
  CHECK(third.version == netlink::GtpVersion::v1);
  CHECK(third.i_tei == 0x1008);
  CHECK(third.o_tei == 0x1008);  // both directions of a list are the same TEID
  CHECK(third.ms == ip("10.45.0.3"));
  CHECK(third.peer == ip("192.0.2.1"));
  CHECK(provision.tunnel(1, 7).peer == ip("192.0.2.2"));
  CHECK_FALSE(third.qfi);
  CHECK(provision.key(2, 7).id == 0x1008);
  CHECK_FALSE(provision.key(2, 7).inner_v6);
}

TEST_CASE("other TEIDs the other way, QFIs in turn, a /64 for each IPv6 subscriber", "[gtpgen]") {
  TunnelShape shape;
  shape.peers = {ip("fd31::2")};
  shape.peer_teids = TeidRange{1, 2};
  shape.pdu_type = netlink::PduType::uplink;
  shape.flow_port = true;
  const Provision provision(plan_of(3, "fd45::/48", {0, 9}), shape);
  const netlink::Tunnel second = provision.tunnel(1, 7);
  CHECK(second.i_tei == 0x1004);
  CHECK(second.o_tei == 3);
  CHECK(second.qfi == 9);
  CHECK(second.pdu_type == netlink::PduType::uplink);
  CHECK(second.flow_port);
  CHECK(second.ms == ip("fd45:0:0:1::1"));
  CHECK(provision.tunnel(0, 7).qfi == 0);
  CHECK(provision.key(1, 7).inner_v6);
}

TEST_CASE("GTPv0: the TEID is the TID", "[gtpgen]") {
  TunnelShape shape;
  shape.version = netlink::GtpVersion::v0;
  shape.peers = {ip("192.0.2.1")};
  shape.flow = 5;
  const Provision provision(plan_of(2), shape);
  CHECK(provision.tunnel(1, 7).tid == 0x1004);
  CHECK(provision.tunnel(1, 7).flow == 5);
  CHECK(provision.key(1, 7).version == netlink::GtpVersion::v0);
  CHECK(provision.key(1, 7).id == 0x1004);
}

TEST_CASE("tunnels are added in batches; the first that fails is named", "[gtpgen]") {
  Kernel kernel;
  TunnelShape shape;
  shape.peers = {ip("192.0.2.1")};
  const Provision provision(plan_of(300), shape);
  kernel.log.reply(netlink::test::operator+(netlink::test::answer(2, EEXIST, "a tunnel of this TEID exists"),
                                            netlink::test::answer(256, 0)));
  kernel.log.reply(netlink::test::answer(300, EEXIST));
  const auto outcome = add_tunnels(kernel.client, 7, provision, nullptr);
  REQUIRE(outcome.ok());
  CHECK(outcome->done == 298);
  CHECK(outcome->failed == 2);
  CHECK(outcome->first_failure == "TEID 0x00001004: a tunnel of this TEID exists: File exists");
  CHECK_FALSE(outcome->interrupted);
  CHECK(outcome->failures == std::vector<std::uint32_t>{1, 299});
  CHECK(kernel.log.sent.size() == 2);
}

TEST_CASE("only what was made is taken back", "[gtpgen]") {
  Kernel kernel;
  TunnelShape shape;
  shape.peers = {ip("192.0.2.1")};
  const Provision provision(plan_of(10), shape);
  Outcome added;
  added.done = 3;
  added.failed = 3;
  added.failures = {0, 2, 3};
  kernel.log.reply(netlink::test::answer(3, 0));
  const auto outcome = take_back(kernel.client, 7, provision, added);
  REQUIRE(outcome.ok());
  CHECK(outcome->done == 3);
  netlink::test::Octets expected;
  for (const std::uint32_t i : {1U, 4U, 5U}) {
    Wire wire;
    wire.put(std::uint8_t{1}).put(std::uint8_t{1}).put(std::uint16_t{0});
    wire.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 7).number<std::uint32_t>(8, 0x1000 + 4 * i);
    const std::uint32_t sequence = i == 1 ? 1 : i - 2;
    expected = netlink::test::operator+(expected, netlink::test::message(kFamily, i == 5 ? 5 : 1, sequence, wire, 0));
  }
  CHECK(kernel.log.sent.at(0) == expected);
}

TEST_CASE("without the right to it nothing more is tried", "[gtpgen]") {
  Kernel kernel;
  TunnelShape shape;
  shape.peers = {ip("192.0.2.1")};
  const Provision provision(plan_of(10'000), shape);
  kernel.log.reply(netlink::test::operator+(netlink::test::answer(1, EPERM), netlink::test::answer(256, EPERM)));
  const auto outcome = add_tunnels(kernel.client, 7, provision, nullptr);
  REQUIRE_FALSE(outcome.ok());
  CHECK(outcome.error().code == ErrorCode::permission);
  CHECK_FALSE(outcome.error().hint.empty());
  CHECK(kernel.log.sent.size() == 1);
}

TEST_CASE("a signal ends it, and what was done is told", "[gtpgen]") {
  Kernel kernel;
  TunnelShape shape;
  shape.peers = {ip("192.0.2.1")};
  const Provision provision(plan_of(3000), shape);
  for (std::uint32_t i = 1; i <= 8; ++i) kernel.log.reply(netlink::test::answer(i * 256, 0));
  int asked = 0;
  const auto outcome = remove_tunnels(kernel.client, 7, provision, [&] { return ++asked == 2; });
  REQUIRE(outcome.ok());
  CHECK(outcome->interrupted);
  CHECK(outcome->done == 1024);
}

TEST_CASE("flush removes what a dump finds", "[gtpgen]") {
  Kernel kernel;
  netlink::test::Octets dump;
  for (std::uint32_t teid = 1; teid <= 2; ++teid) {
    Wire wire;
    wire.put(std::uint32_t{2}).number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 7);
    wire.attribute(5, ip("10.45.0.2").octets()).attribute(4, ip("192.0.2.1").octets());
    wire.number<std::uint32_t>(8, teid).number<std::uint32_t>(9, teid);
    dump = netlink::test::operator+(dump, netlink::test::message(kFamily, 2, 1, wire));
  }
  kernel.log.reply(dump);
  kernel.log.reply(netlink::test::done(1));
  kernel.log.reply(netlink::test::answer(3, 0));
  const auto outcome = flush_tunnels(kernel.client, {}, nullptr);
  REQUIRE(outcome.ok());
  CHECK(outcome->done == 2);
  Wire first;
  first.put(std::uint8_t{1}).put(std::uint8_t{1}).put(std::uint16_t{0});
  first.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 7).number<std::uint32_t>(8, 1);
  Wire second;
  second.put(std::uint8_t{1}).put(std::uint8_t{1}).put(std::uint16_t{0});
  second.number<std::uint32_t>(2, 1).number<std::uint32_t>(1, 7).number<std::uint32_t>(8, 2);
  CHECK(kernel.log.sent.at(1) == netlink::test::operator+(netlink::test::message(kFamily, 1, 2, first, 0),
                                                          netlink::test::message(kFamily, 5, 3, second, 0)));
}
