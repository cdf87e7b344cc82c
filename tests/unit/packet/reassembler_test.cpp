// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/reassembler.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <utility>

#include "tests/support/frame_builder.hpp"

using namespace gtp;
using namespace gtp::test;
using packet::FragmentInfo;
using packet::Reassembled;
using packet::Reassembler;

namespace {

const Octets kWhole = counting(3000);

FragmentInfo piece(std::uint32_t from, std::uint32_t to, std::uint32_t id = 1) {
  FragmentInfo out;
  out.src = IpAddress::parse("192.0.2.1").value();
  out.dst = IpAddress::parse("198.51.100.1").value();
  out.id = id;
  out.protocol = 17;
  out.offset = from;
  out.more = to != kWhole.size();
  out.payload = Bytes(kWhole).subspan(from, to - from);
  return out;
}

bool is_whole(const Reassembled& out) {
  return std::ranges::equal(out.first.payload, kWhole) && out.first.offset == 0 && !out.first.more;
}

}  // namespace

TEST_CASE("fragments in every order make the same datagram") {
  const std::array pieces = {piece(0, 1000), piece(1000, 1480), piece(1480, 2400), piece(2400, 3000)};
  std::array order = {0U, 1U, 2U, 3U};
  do {
    Reassembler reassembler;
    Reassembled out;
    for (std::size_t i = 0; i < 4; ++i) {
      const bool done = reassembler.add(pieces[order[i]], 0, 10 + order[i], i, out);
      REQUIRE(done == (i == 3));
    }
    CHECK(is_whole(out));
    CHECK(out.frames == std::vector<std::uint64_t>{10, 11, 12, 13});
    CHECK(reassembler.pending() == 0);
    CHECK(reassembler.octets_held() == 0);
    CHECK(reassembler.dropped() == 0);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_CASE("duplicates and overlaps: the first octets to arrive win") {
  Reassembler reassembler;
  Reassembled out;
  CHECK_FALSE(reassembler.add(piece(0, 800), 0, 1, 0, out));
  CHECK_FALSE(reassembler.add(piece(0, 800), 0, 2, 0, out));
  FragmentInfo overlapping = piece(400, 1600);
  const Octets other(1200, std::byte{0xee});
  overlapping.payload = other;
  CHECK_FALSE(reassembler.add(overlapping, 0, 3, 0, out));
  CHECK(reassembler.add(piece(1200, 3000), 0, 4, 0, out));
  REQUIRE(out.first.payload.size() == kWhole.size());
  const auto same = [&](std::size_t from, std::size_t to) {
    return std::ranges::equal(out.first.payload.subspan(from, to - from), Bytes(kWhole).subspan(from, to - from));
  };
  CHECK(same(0, 800));
  CHECK(out.first.payload[800] == std::byte{0xee});
  CHECK(out.first.payload[1599] == std::byte{0xee});
  CHECK(same(1600, 3000));
  CHECK(out.frames == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("a piece that bridges several holes") {
  Reassembler reassembler;
  Reassembled out;
  for (const auto& [from, to] : {std::pair{2800U, 3000U}, {0U, 8U}, {800U, 1000U}, {1600U, 2000U}}) {
    CHECK_FALSE(reassembler.add(piece(from, to), 0, 1, 0, out));
  }
  CHECK(reassembler.add(piece(8, 2800), 0, 1, 0, out));
  CHECK(is_whole(out));
}

TEST_CASE("fragments of different datagrams do not meet") {
  const auto never = [](FragmentInfo other, std::uint64_t scope) {
    Reassembler reassembler;
    Reassembled out;
    CHECK_FALSE(reassembler.add(piece(0, 1000), 0, 1, 0, out));
    CHECK_FALSE(reassembler.add(other, scope, 2, 0, out));
    CHECK(reassembler.pending() == 2);
  };
  never(piece(1000, 3000, 2), 0);
  never(piece(1000, 3000), 99);
  FragmentInfo other = piece(1000, 3000);
  other.protocol = 6;
  never(other, 0);
  other = piece(1000, 3000);
  other.src = IpAddress::parse("192.0.2.7").value();
  never(other, 0);
  other = piece(1000, 3000);
  other.inner = true;
  never(other, 0);
}

TEST_CASE("IPv6 fragments are matched without the next header, the first one's counts") {
  Reassembler reassembler;
  Reassembled out;
  FragmentInfo last = piece(1000, 3000);
  FragmentInfo first = piece(0, 1000);
  last.src = first.src = IpAddress::parse("2001:db8::1").value();
  last.protocol = 59;
  CHECK_FALSE(reassembler.add(last, 0, 1, 0, out));
  CHECK(reassembler.add(first, 0, 2, 0, out));
  CHECK(out.first.protocol == 17);
  CHECK(out.frames == std::vector<std::uint64_t>{2, 1});
}

TEST_CASE("fragments that contradict each other drop the datagram") {
  Reassembler reassembler;
  Reassembled out;
  SECTION("two ends") {
    CHECK_FALSE(reassembler.add(piece(2000, 3000), 0, 1, 0, out));
    FragmentInfo other = piece(1000, 2000);
    other.more = false;
    CHECK_FALSE(reassembler.add(other, 0, 2, 0, out));
  }
  SECTION("octets behind the end") {
    FragmentInfo end = piece(0, 1000);
    end.more = false;
    end.offset = 8;
    CHECK_FALSE(reassembler.add(end, 0, 1, 0, out));
    CHECK_FALSE(reassembler.add(piece(2000, 2800), 0, 2, 0, out));
  }
  SECTION("eight octets behind the end, and more to come") {
    FragmentInfo end = piece(1000, 2000);
    end.more = false;
    CHECK_FALSE(reassembler.add(end, 0, 1, 0, out));
    CHECK_FALSE(reassembler.add(piece(1600, 2008), 0, 2, 0, out));
  }
  SECTION("beyond 65535 octets") {
    FragmentInfo far = piece(0, 1000);
    far.offset = 65528;
    CHECK_FALSE(reassembler.add(far, 0, 1, 0, out));
  }
  CHECK(reassembler.dropped() == 1);
  CHECK(reassembler.pending() == 0);
  CHECK(reassembler.octets_held() == 0);
}

TEST_CASE("the limits hold, the oldest goes first") {
  Reassembled out;
  SECTION("datagrams") {
    Reassembler reassembler({.max_datagrams = 4});
    for (std::uint32_t id = 0; id < 10; ++id) CHECK_FALSE(reassembler.add(piece(0, 1000, id), 0, id, 0, out));
    CHECK(reassembler.pending() == 4);
    CHECK(reassembler.dropped() == 6);
    CHECK_FALSE(reassembler.add(piece(1000, 3000, 5), 0, 20, 0, out));
    CHECK(reassembler.add(piece(1000, 3000, 9), 0, 21, 0, out));
  }
  SECTION("octets, of which one small fragment far out may claim 64 KiB") {
    Reassembler reassembler({.max_octets = 1U << 20});
    for (std::uint32_t id = 0; id < 1000; ++id) {
      FragmentInfo far = piece(0, 8, id);
      far.offset = 65000;
      CHECK_FALSE(reassembler.add(far, 0, id, 0, out));
      REQUIRE(reassembler.octets_held() <= 1U << 20);
    }
  }
  SECTION("age, in capture time, which may run backwards") {
    Reassembler reassembler({.max_age_ns = 1000});
    CHECK_FALSE(reassembler.add(piece(0, 1000), 0, 1, 5000, out));
    CHECK_FALSE(reassembler.add(piece(0, 1000, 2), 0, 2, 10, out));
    CHECK(reassembler.pending() == 2);
    CHECK_FALSE(reassembler.add(piece(1000, 3000), 0, 3, 6001, out));
    CHECK(reassembler.dropped() >= 1);
  }
}
