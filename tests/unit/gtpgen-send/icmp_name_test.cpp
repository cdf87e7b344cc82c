// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/icmp_name.hpp"

#include <catch2/catch.hpp>

#include "gtpgen/echo/event.hpp"
#include "gtpgen/transmit/transmitter.hpp"

namespace gtp::gen {
namespace {

TEST_CASE("ICMP errors by version, type and code") {
  CHECK(icmp_error_name(false, 3, 3) == "port unreachable");
  CHECK(icmp_error_name(true, 1, 4) == "port unreachable");
  CHECK(icmp_error_name(false, 3, 4) == "fragmentation needed");
  CHECK(icmp_error_name(true, 2, 0) == "packet too big");
  CHECK(icmp_error_name(false, 3, 13) == "administratively prohibited");
  CHECK(icmp_error_name(true, 1, 5) == "source address refused");
  CHECK(icmp_error_name(false, 11, 0) == "time to live exceeded");
  CHECK(icmp_error_name(false, 11, 1) == "reassembly time exceeded");
  CHECK(icmp_error_name(false, 8, 0).empty());
  CHECK(icmp_error_name(true, 1, 7).empty());
}

TEST_CASE("what has no name is still said: by its numbers, or by its type") {
  CHECK(describe(IcmpError{IpAddress::v4(0xc0000201), 3, 200, 1}) == "ICMP type 3 code 200 from 192.0.2.1");
  echo::IcmpError error;
  error.type = 3;
  error.code = 200;
  CHECK(echo::describe(error) == "destination unreachable");
  error.ipv6 = true;
  CHECK(echo::describe(error) == "reassembly time exceeded");
  error.type = 1;
  CHECK(echo::describe(error) == "destination unreachable");
  error.type = 100;
  CHECK(echo::describe(error) == "ICMPv6 error");
}

}  // namespace
}  // namespace gtp::gen
