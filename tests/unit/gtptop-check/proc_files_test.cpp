// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/proc_files.hpp"

#include <catch2/catch.hpp>

using namespace gtp::top;

TEST_CASE("counters in a table") {
  const char* const text =
      "Udp: InDatagrams NoPorts RcvbufErrors\nUdp: 10 2 2787\nUdpLite: InDatagrams NoPorts RcvbufErrors\nUdpLite: 1 1 "
      "1\n";
  CHECK(counter_in_table(text, "Udp", "RcvbufErrors") == 2787U);
  CHECK(counter_in_table(text, "UdpLite", "NoPorts") == 1U);
  CHECK(counter_in_table(text, "Udp", "Rcvbuf") == std::nullopt);
  CHECK(counter_in_table(text, "Tcp", "NoPorts") == std::nullopt);
  CHECK(counter_in_table("Udp: A B\nUdp: 1\n", "Udp", "B") == std::nullopt);
  CHECK(counter_in_table("Udp: A B", "Udp", "B") == std::nullopt);
}

TEST_CASE("counters in a list") {
  const char* const text = "Ip6InReceives                   \t7\nUdp6RcvbufErrors                \t4711\n";
  CHECK(counter_in_list(text, "Udp6RcvbufErrors") == 4711U);
  CHECK(counter_in_list(text, "Udp6") == std::nullopt);
}

TEST_CASE("softnet, a line for each processor") {
  const auto all = parse_softnet("0000001f 00000002 00000003 00000000\nffffffff 00000000 00000000\nx\n");
  REQUIRE(all.size() == 2);
  CHECK(all[0].packets == 31);
  CHECK(all[0].dropped == 2);
  CHECK(all[0].squeezed == 3);
  CHECK(all[1].packets == 0xffffffff);
}

TEST_CASE("lines that forbid a module") {
  CHECK(line_forbids("blacklist gtp", "gtp"));
  CHECK(line_forbids("  blacklist\tgtp  ", "gtp"));
  CHECK(line_forbids("install gtp /bin/false", "gtp"));
  CHECK(!line_forbids("# blacklist gtp", "gtp"));
  CHECK(!line_forbids("blacklist gtp5g", "gtp"));
  CHECK(!line_forbids("install gtp /sbin/modprobe --ignore-install gtp", "gtp"));
  CHECK(!line_forbids("options gtp x=1", "gtp"));
  CHECK(!line_forbids("", "gtp"));
}
