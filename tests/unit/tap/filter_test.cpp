// SPDX-License-Identifier: GPL-2.0-or-later
//
// The socket filter in the kernel, packet by packet.
#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

#include "libcommon/tap/tap.hpp"

using namespace gtp;
using namespace gtp::tap;

namespace {

using Octets = std::vector<std::byte>;

Octets octets(std::initializer_list<unsigned> values) {
  Octets out;
  for (const unsigned value : values) out.push_back(static_cast<std::byte>(value));
  return out;
}

void append(Octets& to, const Octets& more) { to.insert(to.end(), more.begin(), more.end()); }

void append_u16(Octets& to, std::size_t value) {
  to.push_back(static_cast<std::byte>(value >> 8));
  to.push_back(static_cast<std::byte>(value & 0xff));
}

// 10.45.0.7 to 10.46.0.1, [size] octets in all.
Octets inner_v4(std::size_t size) {
  Octets out = octets({0x45, 0, 0, 0, 0, 0, 0, 0, 64, 17, 0, 0, 10, 45, 0, 7, 10, 46, 0, 1});
  out.resize(size);
  return out;
}

Octets inner_v6(std::size_t size, unsigned first_octet = 0x20) {
  Octets out = octets({0x60, 0, 0, 0, 0, 0, 59, 64});
  append(out, octets({first_octet, 0x01, 0x0d, 0xb8, 0, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9}));
  append(out, octets({0x20, 0x01, 0x0d, 0xb8, 0, 3, 0, 4, 0, 0, 0, 0, 0, 0, 0, 1}));
  out.resize(size);
  return out;
}

Octets message(unsigned teid, const Octets& body, unsigned flags = 0x30, unsigned type = 255) {
  Octets out = octets({flags, type});
  append_u16(out, body.size());
  append(out, octets({teid >> 24, teid >> 16 & 0xff, teid >> 8 & 0xff, teid & 0xff}));
  append(out, body);
  return out;
}

// S and E flags, sequence number, PDU Session Container with QFI 9.
Octets with_container(unsigned teid, unsigned pdu_type, const Octets& inner) {
  Octets body = octets({0, 1, 0, 0x85, 1, pdu_type << 4, 9, 0});
  append(body, inner);
  return message(teid, body, 0x36);
}

struct Ports {
  std::size_t source = 2152;
  std::size_t dest = 2152;
};

Octets udp(const Octets& payload, Ports ports = {}) {
  Octets out;
  append_u16(out, ports.source);
  append_u16(out, ports.dest);
  append_u16(out, 8 + payload.size());
  append_u16(out, 0);
  append(out, payload);
  return out;
}

// 192.0.2.1 to 192.0.2.2.
Octets ipv4(const Octets& payload, unsigned protocol = 17, std::size_t fragment = 0, unsigned options = 0) {
  Octets out = octets({0x45 + options, 0});
  append_u16(out, 20 + 4 * options + payload.size());
  append_u16(out, 1);
  append_u16(out, fragment);
  append(out, octets({64, protocol, 0, 0, 192, 0, 2, 1, 192, 0, 2, 2}));
  out.resize(20 + 4 * options);
  append(out, payload);
  return out;
}

Octets ipv6(const Octets& payload, unsigned next = 17) {
  Octets out = octets({0x60, 0, 0, 0});
  append_u16(out, payload.size());
  append(out, octets({next, 64}));
  append(out, octets({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
  append(out, octets({0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}));
  append(out, payload);
  return out;
}

std::unique_ptr<Tap> open_tap(const Limits& limits = {1024, 1024}) {
  auto tap = Tap::open(limits);
  if (tap) return *std::move(tap);
  WARN("not run: " + tap.error().what);
  return nullptr;
}

void feed(Tap& tap, const Octets& packet, std::uint32_t gso_size = 0) {
  const auto fed = tap.feed(packet, Framing::ip, gso_size);
  if (!fed) FAIL(fed.error().what);
}

std::vector<Count> all(Tap& tap) {
  std::vector<Count> out;
  tap.rewind();
  for (bool more = true; more;) {
    const auto read = tap.read([&](const Count& count) { out.push_back(count); });
    REQUIRE(read);
    more = *read;
  }
  std::sort(out.begin(), out.end(), [](const Count& a, const Count& b) { return a.key.teid < b.key.teid; });
  return out;
}

}  // namespace

TEST_CASE("filter: a G-PDU, its tunnel and its subscriber") {
  const auto tap = open_tap();
  if (!tap) return;
  feed(*tap, ipv4(udp(message(0x51a0ff17, inner_v4(100)))));
  feed(*tap, ipv4(udp(message(0x51a0ff17, inner_v4(60)))));
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].key == Key{*IpAddress::parse("192.0.2.2"), 0x51a0ff17, false, false});
  CHECK(counts[0].from == *IpAddress::parse("192.0.2.1"));
  CHECK(counts[0].packets == 2);
  CHECK(counts[0].bytes == 160);
  CHECK(counts[0].ms == *IpAddress::parse("10.45.0.7"));
  CHECK(counts[0].up);
  CHECK_FALSE(counts[0].qfi);
  CHECK(counts[0].idle_ns < 60'000'000'000);
  CHECK(tap->find(counts[0].key)->packets == 2);
  tap->forget(counts[0].key);
  CHECK_FALSE(tap->find(counts[0].key));
}

TEST_CASE("filter: extension headers belong to no T-PDU, and the container tells the direction") {
  const auto tap = open_tap();
  if (!tap) return;
  feed(*tap, ipv4(udp(with_container(1, 1, inner_v4(100)))));
  feed(*tap, ipv4(udp(with_container(2, 0, inner_v4(100)))));
  feed(*tap, ipv4(udp(message(
                 3,
                 [] {
                   Octets body = octets({0, 7, 0, 0});  // sequence number alone
                   append(body, inner_v4(40));
                   return body;
                 }(),
                 0x32))));
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].bytes == 100);
  CHECK(counts[0].up);
  CHECK(counts[0].qfi == 9);
  CHECK(counts[0].ms == *IpAddress::parse("10.45.0.7"));
  CHECK_FALSE(counts[1].up);
  CHECK(counts[1].ms == *IpAddress::parse("10.46.0.1"));
  CHECK(counts[2].bytes == 40);
}

TEST_CASE("filter: IPv6 outside and inside") {
  const auto tap = open_tap();
  if (!tap) return;
  feed(*tap, ipv6(udp(message(1, inner_v6(80, 0xfe)))));  // fe01: no link-local address, but not to be confused
  feed(*tap, ipv6(udp(message(2, inner_v6(80)))));
  Octets extended = octets({17, 0, 1, 4, 0, 0, 0, 0});  // destination options, all padding
  append(extended, udp(message(3, inner_v4(50))));
  feed(*tap, ipv6(extended, 60));
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 3);
  CHECK(counts[1].key == Key{*IpAddress::parse("2001:db8::2"), 2, false, true});
  CHECK(counts[1].from == *IpAddress::parse("2001:db8::1"));
  CHECK(counts[1].ms == *IpAddress::parse("2001:db8:1:2::"));
  CHECK(counts[1].bytes == 80);
  CHECK_FALSE(counts[2].key.inner_v6);
  CHECK(counts[2].bytes == 50);
}

TEST_CASE("filter: a subscriber's first packet may be link-local") {
  const auto tap = open_tap();
  if (!tap) return;
  Octets local = inner_v6(48);
  local[8] = std::byte{0xfe};
  local[9] = std::byte{0x80};
  feed(*tap, ipv4(udp(message(1, local))));
  CHECK(all(*tap)[0].ms.empty());
  feed(*tap, ipv4(udp(message(1, inner_v6(48)))));
  CHECK(all(*tap)[0].ms == *IpAddress::parse("2001:db8:1:2::"));
  CHECK(all(*tap)[0].packets == 2);
}

TEST_CASE("filter: super-packets of datagrams are their segments, each with a TEID of its own") {
  const auto tap = open_tap();
  if (!tap) return;
  Octets payload = message(1, inner_v4(92));
  append(payload, message(2, inner_v4(92)));
  append(payload, message(1, inner_v4(92)));
  append(payload, message(3, inner_v4(60)));  // the last may be shorter
  feed(*tap, ipv4(udp(payload)), 100);
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].packets == 2);
  CHECK(counts[0].bytes == 184);
  CHECK(counts[1].packets == 1);
  CHECK(counts[2].bytes == 60);
}

TEST_CASE("filter: super-packets of one tunnel's TCP") {
  const auto tap = open_tap();
  if (!tap) return;
  // 20 octets of IP, 32 of TCP with options, 1,000 + 1,000 + 500 of data: 3 packets of 1,052, 1,052 and 552 octets.
  Octets inner = octets({0x45, 0, 0, 0, 0, 0, 0, 0, 64, 6, 0, 0, 10, 45, 0, 7, 10, 46, 0, 1});
  append(inner, octets({0, 80, 0, 80, 0, 0, 0, 1, 0, 0, 0, 1, 0x80, 0x10, 0, 0}));
  inner.resize(20 + 32 + 2500);
  Octets packet = message(7, inner);
  // The header has the length of one segment, as our module and hardware write it.
  packet[2] = std::byte{1052 >> 8};
  packet[3] = std::byte{1052 & 0xff};
  feed(*tap, ipv4(udp(packet)), 1000);
  auto counts = all(*tap);
  REQUIRE(counts.size() == 1);
  CHECK(counts[0].packets == 3);
  CHECK(counts[0].bytes == 1052 + 1052 + 552);
  // Or that of all.
  feed(*tap, ipv4(udp(message(8, inner))), 1000);
  counts = all(*tap);
  CHECK(counts[1].packets == 3);
  CHECK(counts[1].bytes == 1052 + 1052 + 552);
}

TEST_CASE("filter: fragments, options, tags") {
  const auto tap = open_tap();
  if (!tap) return;
  // The first of two fragments says how long the datagram is.
  Octets whole = udp(message(1, inner_v4(2000)));
  feed(*tap, ipv4(Octets(whole.begin(), whole.begin() + 1000), 17, 0x2000));
  feed(*tap, ipv4(Octets(whole.begin() + 1000, whole.end()), 17, 125));
  feed(*tap, ipv4(udp(message(2, inner_v4(30))), 17, 0, 3));
  for (const auto& [teid, tags] : {std::pair{3U, 0}, {4U, 1}, {5U, 3}}) {
    Octets frame(12);
    for (int i = 0; i < tags; ++i) append(frame, octets({0x81, 0, 0x40, 7}));
    append(frame, octets({8, 0}));
    append(frame, ipv4(udp(message(teid, inner_v4(30)))));
    REQUIRE(tap->feed(frame, Framing::ethernet));
  }
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 5);
  CHECK(counts[0].packets == 1);
  CHECK(counts[0].bytes == 2000);
  for (std::size_t i = 1; i < 5; ++i) CHECK(counts[i].bytes == 30);
}

TEST_CASE("filter: what is no G-PDU to port 2152") {
  const auto tap = open_tap();
  if (!tap) return;
  feed(*tap, ipv4(udp(message(1, inner_v4(30)), {2152, 2153})));
  feed(*tap, ipv4(udp(message(2, inner_v4(30)), {2153, 3386})));
  feed(*tap, ipv4(udp(message(3, inner_v4(30))), 6));
  feed(*tap, ipv4(udp(octets({0x30, 255, 0}))));
  CHECK(tap->losses() == Losses{});
  feed(*tap, ipv4(udp(message(4, inner_v4(30), 0x50))));  // version 2
  feed(*tap, ipv4(udp(message(5, inner_v4(30), 0x20))));  // GTP'
  CHECK(tap->losses().version == 2);
  Octets longer = message(6, inner_v4(30));
  longer[3] = std::byte{31};
  feed(*tap, ipv4(udp(longer)));
  feed(*tap, ipv4(udp(message(7, octets({0, 0, 0, 0x85, 0, 0, 0, 0}), 0x34))));  // an extension header of no length
  feed(*tap, ipv4(udp(message(8, octets({0, 0, 0, 0x85, 2, 0, 0, 0}), 0x34))));  // and one beyond the message
  CHECK(tap->losses().malformed == 3);
  CHECK(all(*tap).empty());
}

TEST_CASE("filter: signalling is counted by pair of nodes") {
  const auto tap = open_tap();
  if (!tap) return;
  for (const unsigned type : {1U, 2U, 2U, 26U, 254U, 31U}) {
    feed(*tap, ipv4(udp(message(0, octets({0, 0, 0, 0}), 0x32, type), {2152, type == 2 ? 40000U : 2152U})));
  }
  std::vector<Signals> told;
  REQUIRE(tap->read_signals([&](const Signals& signals) { told.push_back(signals); }));
  REQUIRE(told.size() == 1);
  CHECK(told[0].from == *IpAddress::parse("192.0.2.1"));
  CHECK(told[0].to == *IpAddress::parse("192.0.2.2"));
  CHECK_FALSE(told[0].out);
  CHECK(told[0].echo_requests == 1);
  CHECK(told[0].echo_responses == 2);
  CHECK(told[0].error_indications == 1);
  CHECK(told[0].end_markers == 1);
  CHECK(told[0].others == 1);
  CHECK(all(*tap).empty());
}

TEST_CASE("filter: a full map says what it leaves out, and goes on with what it has") {
  const auto tap = open_tap({16, 16});
  if (!tap) return;
  for (unsigned teid = 1; teid <= 100; ++teid) feed(*tap, ipv4(udp(message(teid, inner_v4(30)))));
  const auto counts = all(*tap);
  CHECK(counts.size() >= 16);
  CHECK(tap->losses().no_room == 100 - counts.size());
  feed(*tap, ipv4(udp(message(1, inner_v4(30)))));
  CHECK(tap->find({*IpAddress::parse("192.0.2.2"), 1, false, false})->packets == 2);
}

TEST_CASE("filter: more keys than a slice") {
  const auto tap = open_tap({8192, 16});
  if (!tap) return;
  for (unsigned teid = 1; teid <= 3000; ++teid) feed(*tap, ipv4(udp(message(teid, inner_v4(30)))));
  const auto counts = all(*tap);
  REQUIRE(counts.size() == 3000);
  for (unsigned i = 0; i < 3000; ++i) REQUIRE(counts[i].key.teid == i + 1);
}
