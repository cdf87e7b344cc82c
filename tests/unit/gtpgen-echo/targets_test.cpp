// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/echo/targets.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/echo/path.hpp"

using namespace gtp;
using namespace gtp::gen::echo;

namespace {

std::vector<Target> targets_of(const std::string& word, int family = 0) {
  std::vector<Target> out;
  auto added = add_targets(word, family, out);
  INFO((added ? std::string() : added.error().what));
  REQUIRE(added.ok());
  return out;
}

bool refused(const std::string& word, int family = 0) {
  std::vector<Target> out;
  auto added = add_targets(word, family, out);
  return !added && added.error().code == ErrorCode::usage;
}

}  // namespace

TEST_CASE("hosts are addresses with and without a port") {
  CHECK(targets_of("192.0.2.1")[0].address.text() == "192.0.2.1");
  CHECK(targets_of("192.0.2.1")[0].port == 0);
  CHECK(targets_of("192.0.2.1:5000")[0].port == 5000);
  CHECK(targets_of("2001:db8::1")[0].address.text() == "2001:db8::1");
  CHECK(targets_of("[2001:db8::1]:5000")[0].port == 5000);
  CHECK(refused("192.0.2.1:0"));
  CHECK(refused("192.0.2.1:70000"));
  CHECK(refused("[2001:db8::1"));
  CHECK(refused("[2001:db8::1]5000"));
  CHECK(refused("192.0.2.1", 6));
}

TEST_CASE("networks stand for their hosts") {
  const auto hosts = targets_of("192.0.2.9/29");
  REQUIRE(hosts.size() == 6);
  CHECK(hosts.front().address.text() == "192.0.2.9");
  CHECK(hosts.back().address.text() == "192.0.2.14");
  CHECK(targets_of("192.0.2.0/31").size() == 2);
  CHECK(targets_of("192.0.2.7/32").size() == 1);
  CHECK(targets_of("10.1.0.0/16").size() == 65'534);
  CHECK(targets_of("2001:db8::/126").size() == 4);
  CHECK(targets_of("2001:db8::/126").back().address.text() == "2001:db8::3");
  CHECK(refused("10.0.0.0/15"));
  CHECK(refused("2001:db8::/64"));
  CHECK(refused("192.0.2.0/33"));
}

TEST_CASE("nobody is asked twice, and no crowd") {
  const auto check = [](const std::string& one, const std::string& other) {
    auto all = targets_of(one);
    for (const Target& target : targets_of(other)) all.push_back(target);
    return check_targets(all).ok();
  };
  CHECK(check("192.0.2.1", "192.0.2.2"));
  CHECK(check("192.0.2.1:1", "192.0.2.1:2"));
  CHECK_FALSE(check("192.0.2.1", "192.0.2.0/30"));
  CHECK_FALSE(check("192.0.2.1", "224.0.0.1"));
  CHECK_FALSE(check("192.0.2.1", "255.255.255.255"));
  CHECK_FALSE(check("192.0.2.1", "ff02::1"));
}

TEST_CASE("private addresses") {
  for (const char* text : {"10.0.0.1", "127.0.0.1", "192.168.1.1", "172.31.0.1", "100.64.0.1", "::1", "fd00::1"}) {
    CHECK(is_private(*IpAddress::parse(text)));
  }
  for (const char* text : {"8.8.8.8", "172.32.0.1", "2a00::1", "100.128.0.1"}) {
    CHECK_FALSE(is_private(*IpAddress::parse(text)));
  }
}

TEST_CASE("the search for the path MTU finds any MTU, and takes a router's word") {
  for (const std::size_t mtu : {48U, 68U, 576U, 1280U, 1400U, 1499U, 1500U}) {
    MtuSearch blind(47, 1500);
    int probes = 0;
    for (; !blind.done(); ++probes) blind.next() <= mtu ? blind.worked() : blind.failed();
    CHECK(blind.result() == mtu);
    CHECK(probes <= 12);
    MtuSearch told(47, 1500);
    for (probes = 0; !told.done(); ++probes) told.next() <= mtu ? told.worked() : told.failed(mtu);
    CHECK(told.result() == mtu);
    CHECK(probes <= 3);
  }
  // A router that lies.
  MtuSearch search(47, 1500);
  while (!search.done()) search.next() <= 1300 ? search.worked() : search.failed(68);
  CHECK(search.result() == 1300);
}
