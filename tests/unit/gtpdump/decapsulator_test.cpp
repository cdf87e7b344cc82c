// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/write/decapsulator.hpp"

#include <catch2/catch.hpp>

#include <cstdio>

#include "tests/unit/gtpdump/feed.hpp"

namespace gtp::dump {
namespace {

using namespace gtp::dump::test;
using namespace gtp::test;

struct Written {
  capture::RawPacket packet;
  capture::Interface interface;
  Octets octets;
};

// What --decap makes of the items of a feed.
std::vector<Written> decapsulate(const Feed& feed) {
  const std::string path = "decapsulator_test.pcapng";
  {
    auto decapsulator = Decapsulator::create(path);
    REQUIRE(decapsulator);
    for (const Item& item : feed.items()) REQUIRE((*decapsulator)->write(item));
    REQUIRE((*decapsulator)->close());
  }
  std::vector<Written> written;
  auto source = capture::open_file(path);
  REQUIRE(source);
  capture::RawBatch batch;
  while (true) {
    const auto more = (*source)->next(batch, 100);
    REQUIRE(more);
    if (!*more) break;
    for (const capture::RawPacket& packet : batch.packets) {
      written.push_back({packet, (*source)->interface(packet.interface), {packet.octets.begin(), packet.octets.end()}});
    }
  }
  std::remove(path.c_str());
  return written;
}

TEST_CASE("the inner packets, an interface per tunnel", "[decap]") {
  Feed feed;
  const Octets up = t_pdu("10.45.0.7", "192.0.2.9", 20);
  const Octets down = t_pdu("192.0.2.9", "10.45.0.7", 30);
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 0x51a0ff17, up));
  feed(user_plane("10.0.0.2", "10.0.1.1"), gtpu(255, 0x51a0ff17, down));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu_pdu_session(0x51a0ff17, 1, 9, up));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(1, 0, hex("0e00")));  // an Echo Request carries nothing
  const auto written = decapsulate(feed);
  REQUIRE(written.size() == 3);
  CHECK(written[0].octets == up);
  CHECK(written[1].octets == down);
  CHECK(written[2].octets == up);
  CHECK(written[0].interface.name == "0x51a0ff17 10.0.0.2");
  CHECK(written[1].interface.name == "0x51a0ff17 10.0.1.1");
  CHECK(written[2].packet.interface == written[0].packet.interface);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(written[i].packet.time_ns == feed.items()[i].raw.time_ns);
    CHECK(written[i].interface.link_type == packet::LinkType::raw);
    CHECK(written[i].packet.wire_length == written[i].octets.size());
  }
}

TEST_CASE("IPv6 and IPv4 share the tunnel's interface, Ethernet has its own", "[decap]") {
  Feed feed;
  const Octets six = ipv6(17, udp(1, 2, zeros(8)), "2001:db8::7", "2001:db8::9");
  const Octets frame = ethernet(t_pdu("10.45.0.7", "192.0.2.9"));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9")));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 1, six));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 1, frame));
  const auto written = decapsulate(feed);
  REQUIRE(written.size() == 3);
  CHECK(written[1].octets == six);
  CHECK(written[1].packet.interface == written[0].packet.interface);
  CHECK(written[2].octets == frame);
  CHECK(written[2].interface.link_type == packet::LinkType::ethernet);
  CHECK(written[2].packet.interface != written[0].packet.interface);
}

TEST_CASE("only the outermost tunnel is taken off", "[decap]") {
  Feed feed;
  const Octets inner = ipv4(17, udp(2152, 2152, gtpu(255, 2, t_pdu("10.45.0.7", "192.0.2.9"))));
  feed(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 1, inner));
  const auto written = decapsulate(feed);
  REQUIRE(written.size() == 1);
  CHECK(written[0].octets == inner);
}

TEST_CASE("a T-PDU that the capture cut keeps its length", "[decap]") {
  Feed feed;
  const Octets whole = datagram(user_plane("10.0.1.1", "10.0.0.2"), gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9", 100)));
  feed.frame(cut(whole, 0, 90));
  const auto written = decapsulate(feed);
  REQUIRE(written.size() == 1);
  CHECK(written[0].octets.size() == 90 - 14 - 28 - 8);
  CHECK(written[0].packet.wire_length == 128);
}

TEST_CASE("what an ICMP error quotes is no traffic", "[decap]") {
  Feed feed;
  const Octets inside = ipv4(17, udp(2152, 2152, gtpu(255, 1, t_pdu("10.45.0.7", "192.0.2.9"))));
  feed.frame(ethernet(ipv4(1, hex("0303 0000 00000000") + inside)));
  CHECK(decapsulate(feed).empty());
}

TEST_CASE("a reassembled G-PDU is written whole", "[decap]") {
  Feed feed;
  const Octets inner = t_pdu("10.45.0.7", "192.0.2.9", 200);
  const Octets whole = udp(2152, 2152, gtpu(255, 1, inner));
  feed.frame(ethernet(ipv4(17, cut(whole, 0, 96), {.id = 1, .fragment = 0x2000})));
  feed.frame(ethernet(ipv4(17, cut(whole, 96, whole.size()), {.id = 1, .fragment = 12})));
  const auto written = decapsulate(feed);
  REQUIRE(written.size() == 1);
  CHECK(written[0].octets == inner);
}

}  // namespace
}  // namespace gtp::dump
