// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/plan/tunnel_plan.hpp"

#include <catch2/catch.hpp>

#include <set>

namespace gtp::gen {
namespace {

TunnelPlan::Range range_of(std::uint32_t count, std::string_view ue = "10.45.0.0/16") {
  TunnelPlan::Range range;
  range.count = count;
  range.teids = {0x1000, 2};
  range.ue = *IpPrefix::parse(ue);
  return range;
}

std::string refusal(Result<TunnelPlan> plan) {
  REQUIRE_FALSE(plan.ok());
  CHECK(plan.error().code == ErrorCode::usage);
  return plan.error().what;
}

TEST_CASE("a range of tunnels is computed") {
  auto range = range_of(1000);
  range.qfis = {1, 5, 9};
  const auto plan = TunnelPlan::from_range(range);
  REQUIRE(plan.ok());
  CHECK(plan->count() == 1000);
  CHECK(plan->octets_per_tunnel() == 0);
  CHECK(plan->tunnel(0).teid == 0x1000);
  CHECK(plan->tunnel(0).ue.text() == "10.45.0.1");
  CHECK(plan->tunnel(999).teid == 0x1000 + 2 * 999);
  CHECK(plan->tunnel(999).ue.text() == "10.45.3.232");
  CHECK(plan->tunnel(4).qfi == 5);
  CHECK(plan->tunnel(5).index == 5);
}

TEST_CASE("a million tunnels have addresses and TEIDs of their own") {
  for (const char* ue : {"10.0.0.0/8", "fd45::/32", "2001:db8::/96"}) {
    auto range = range_of(kMaxTunnels, ue);
    range.order = Permutation::Kind::random;
    const auto plan = TunnelPlan::from_range(range);
    REQUIRE(plan.ok());
    std::set<IpAddress> seen;
    for (std::uint32_t i = 0; i < kMaxTunnels; i += 97) seen.insert(plan->tunnel(plan->at(i)).ue);
    CHECK(seen.size() == (kMaxTunnels + 96) / 97);
  }
}

TEST_CASE("a subscriber of IPv6 has a /64, where the prefix has enough of them") {
  CHECK(ue_address(*IpPrefix::parse("fd45::/32"), 0, 10).text() == "fd45::1");
  CHECK(ue_address(*IpPrefix::parse("fd45::/32"), 3, 10).text() == "fd45:0:0:3::1");
  CHECK(ue_address(*IpPrefix::parse("2001:db8::/64"), 0, 1).text() == "2001:db8::1");
  CHECK(ue_address(*IpPrefix::parse("2001:db8::/64"), 3, 10).text() == "2001:db8::4");
  CHECK(ue_address(*IpPrefix::parse("10.45.7.9/16"), 2, 10).text() == "10.45.7.11");
  CHECK(ue_address(*IpPrefix::parse("10.45.7.9"), 0, 1).text() == "10.45.7.9");
}

TEST_CASE("what cannot be is refused") {
  CHECK(refusal(TunnelPlan::from_range(range_of(255, "10.45.0.0/24"))).find("has 254 subscriber addresses") !=
        std::string::npos);
  CHECK(TunnelPlan::from_range(range_of(254, "10.45.0.0/24")).ok());
  CHECK(TunnelPlan::from_range(range_of(2, "10.45.0.0/31")).ok());
  CHECK(TunnelPlan::from_range(range_of(1, "10.45.0.1")).ok());
  CHECK_FALSE(TunnelPlan::from_range(range_of(2, "10.45.0.1")).ok());
  CHECK_FALSE(TunnelPlan::from_range(range_of(2, "10.45.0.254/24")).ok());
  auto zero = range_of(1);
  zero.teids = {0, 1};
  CHECK(refusal(TunnelPlan::from_range(zero)) == "TEID 0 names no tunnel");
  auto last = range_of(2);
  last.teids = {0xfffffffe, 1};
  CHECK_FALSE(TunnelPlan::from_range(last).ok());
  last.count = 1;
  CHECK(TunnelPlan::from_range(last).ok());
  auto same = range_of(2);
  same.teids = {7, 0};
  CHECK_FALSE(TunnelPlan::from_range(same).ok());
}

TEST_CASE("TEID ranges") {
  CHECK(TeidRange::parse("0x1000")->start == 0x1000);
  CHECK(TeidRange::parse("0x1000")->step == 1);
  CHECK(TeidRange::parse("4096+16")->step == 16);
  CHECK_FALSE(TeidRange::parse("0xffffffff").has_value());
  CHECK_FALSE(TeidRange::parse("1+").has_value());
  CHECK_FALSE(TeidRange::parse("").has_value());
}

TEST_CASE("a foreign TEID is nobody's") {
  auto range = range_of(100);
  const auto plan = TunnelPlan::from_range(range);
  for (std::uint32_t i = 0; i < 300; ++i) {
    const std::uint32_t teid = plan->foreign_teid(i);
    CHECK(teid != 0);
    CHECK(teid != 0xffffffff);
    CHECK(teid > 0x1000 + 2 * 99);
  }
  range.teids = {0xfffffffe, 1};
  range.count = 1;
  const auto high = TunnelPlan::from_range(range);
  CHECK(high->foreign_teid(0) == 1);
  CHECK(high->foreign_teid(1) == 2);
}

TEST_CASE("tunnels from a file") {
  const auto plan = TunnelPlan::from_csv(
      "teid,peer,ue_ip,qfi,sport\n"
      "# a comment\n"
      "0x10, 192.0.2.1, 10.45.0.7, 9, 2152\n"
      "\n"
      "17,,10.45.0.8,5,2153\r\n"
      "18,192.0.2.1,10.45.0.9,,2152\n",
      "list.csv", {});
  REQUIRE(plan.ok());
  CHECK(plan->count() == 3);
  CHECK(plan->ip_version() == 4);
  CHECK(plan->tunnel(0).teid == 16);
  CHECK(plan->tunnel(0).ue.text() == "10.45.0.7");
  CHECK(plan->tunnel(0).qfi == 9);
  REQUIRE(plan->peers().size() == 2);
  CHECK(plan->peers()[0].empty());
  CHECK(plan->peers()[plan->tunnel(0).peer].text() == "192.0.2.1");
  CHECK(plan->tunnel(1).peer == 0);
  CHECK(plan->tunnel(2).peer == plan->tunnel(0).peer);
  CHECK(plan->source_ports() == std::vector<std::uint16_t>{2152, 2153});
  CHECK(plan->source_port_index(1) == 1);
  CHECK(plan->octets_per_tunnel() == 4 + 4 + 4 + 1 + 2);
  CHECK(plan->foreign_teid(0) == 19);
}

TEST_CASE("columns that a file does not use cost nothing") {
  const auto plan = TunnelPlan::from_csv("1,,fd45::1\n2,,fd45:0:0:1::1\n", "list.csv", {});
  REQUIRE(plan.ok());
  CHECK(plan->ip_version() == 6);
  CHECK(plan->peers().empty());
  CHECK(plan->tunnel(1).ue.text() == "fd45:0:0:1::1");
  CHECK(plan->octets_per_tunnel() == 4 + 16);
}

TEST_CASE("an error in a file names line and column") {
  const auto fails = [](std::string_view text) { return refusal(TunnelPlan::from_csv(text, "l.csv", {})); };
  CHECK(fails("") == "l.csv: no tunnels in it");
  CHECK(fails("teid,peer,ue_ip\n") == "l.csv: no tunnels in it");
  CHECK(fails("1,,10.0.0.1\n0,,10.0.0.2\n") == "l.csv:2: teid: \"0\" is no TEID between 1 and 0xfffffffe");
  CHECK(fails("0xffffffff,,10.0.0.1\n") == "l.csv:1: teid: \"0xffffffff\" is no TEID between 1 and 0xfffffffe");
  CHECK(fails("1,192.0.2,10.0.0.1\n") == "l.csv:1: peer: \"192.0.2\" is no address");
  CHECK(fails("1,,10.0.0\n") == "l.csv:1: ue_ip: \"10.0.0\" is no address");
  CHECK(fails("1,,10.0.0.1\n2,,fd45::1\n") == "l.csv:2: ue_ip: IPv4 and IPv6 subscribers in one file");
  CHECK(fails("1,,10.0.0.1,64\n") == "l.csv:1: qfi: \"64\" is no QFI between 0 and 63");
  CHECK(fails("1,,10.0.0.1,,0\n") == "l.csv:1: sport: \"0\" is no port between 1 and 65535");
  CHECK(fails("1,,10.0.0.1\n2,,10.0.0.2,,2152\n") == "l.csv:2: sport: given here and not in the lines above");
  CHECK(fails("1,\n") == "l.csv:1: fewer than three columns");
  CHECK(fails("1,,10.0.0.1,1,2,3\n") == "l.csv:1: more than 5 columns");
}

}  // namespace
}  // namespace gtp::gen
