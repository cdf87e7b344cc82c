// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/netns.hpp"

#include <catch2/catch.hpp>
#include <unistd.h>

#include <string>

#include "libcommon/sys/sysctl.hpp"

using namespace gtp;
using namespace gtp::sys;

TEST_CASE("namespaces by name, path and process; one that is not there", "[sys]") {
  CHECK(Netns::current().ok());
  CHECK(Netns::open("/proc/self/ns/net").ok());
  CHECK(Netns::open(std::to_string(::getpid())).ok());
  const auto none = Netns::open("no-such-namespace");
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().system == ENOENT);
  CHECK(none.error().hint == "ip netns list");
  CHECK(none.error().what.find("no-such-namespace") != std::string::npos);
}

TEST_CASE("settings of the kernel", "[sys]") {
  const auto ttl = read_sysctl_number("net/ipv4/ip_default_ttl");
  REQUIRE(ttl);
  CHECK((*ttl >= 1 && *ttl <= 255));
  CHECK(read_sysctl("net/ipv4/ip_default_ttl") == std::to_string(*ttl));
  CHECK_FALSE(read_sysctl_number("kernel/ostype"));
  CHECK(read_sysctl("kernel/ostype") == "Linux");
  CHECK_FALSE(read_sysctl("net/ipv4/no_such_setting"));
  CHECK_FALSE(read_sysctl("../version"));
  CHECK_FALSE(read_sysctl(""));
}
