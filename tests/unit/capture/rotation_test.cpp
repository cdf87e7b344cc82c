// SPDX-License-Identifier: GPL-2.0-or-later
#include <time.h>

#include "libcommon/capture/rotating_writer.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
const Interface kEthernet{};

// Writes packets of 84 octets (100 with the record header), one per entry of [seconds]. False: finished early.
bool write(const std::string& path, const Rotation& rotation, const std::vector<std::uint64_t>& seconds) {
  auto writer = create_writer(path, WriterOptions{}, rotation);
  REQUIRE(writer);
  const auto octets = pattern(84, 0);
  for (const std::uint64_t second : seconds) {
    RawPacket packet;
    packet.time_ns = second * kSecond;
    packet.wire_length = 84;
    packet.octets = octets;
    REQUIRE((*writer)->write(packet, kEthernet));
    if ((*writer)->finished()) return false;
  }
  REQUIRE((*writer)->close());
  return true;
}

using Names = std::vector<std::string>;

struct Utc {
  Utc() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }
};

}  // namespace

TEST_CASE("rotation: names") {
  const Utc utc;
  const auto name = [](const Rotation& rotation, std::uint64_t time_ns, std::uint32_t number) {
    return rotated_name("x%H.pcap", rotation, time_ns, number).value();
  };
  CHECK(name({.bytes = 1, .files = 0}, 0, 0) == "x%H.pcap");
  CHECK(name({.bytes = 1, .files = 0}, 0, 12) == "x%H.pcap12");
  CHECK(name({.bytes = 1, .files = 1}, 0, 0) == "x%H.pcap");
  CHECK(name({.bytes = 1, .files = 10}, 0, 0) == "x%H.pcap0");
  CHECK(name({.bytes = 1, .files = 11}, 0, 3) == "x%H.pcap03");
  CHECK(name({.bytes = 1, .files = 101}, 0, 12) == "x%H.pcap012");
  CHECK(name({.seconds = 1, .files = 7}, 7200 * kSecond, 0) == "x02.pcap");
  CHECK(name({.bytes = 1, .seconds = 1, .files = 20}, 7200 * kSecond, 4) == "x02.pcap04");
  CHECK_FALSE(rotated_name("", {.seconds = 1}, 0, 0));
}

TEST_CASE("rotation by size: a file is left when it is longer than the limit") {
  const TempDir dir;
  // 24 + 2 * 100 is not more than 224, 24 + 3 * 100 is.
  REQUIRE(write(dir / "a", {.bytes = 224}, {1, 2, 3, 4, 5, 6, 7}));
  CHECK(dir.names() == Names{"a", "a1", "a2"});
  CHECK(read_all(dir / "a").packets.size() == 3);
  CHECK(read_all(dir / "a1").packets.size() == 3);
  CHECK(read_all(dir / "a2").packets.size() == 1);
}

TEST_CASE("rotation by size in a ring") {
  const TempDir dir;
  REQUIRE(write(dir / "a", {.bytes = 100, .files = 3}, {1, 2, 3, 4, 5}));
  CHECK(dir.names() == Names{"a0", "a1", "a2"});
  CHECK(read_all(dir / "a0").packets.at(0).packet.time_ns == 4 * kSecond);
  CHECK(read_all(dir / "a1").packets.at(0).packet.time_ns == 5 * kSecond);
  CHECK(read_all(dir / "a2").packets.at(0).packet.time_ns == 3 * kSecond);
}

TEST_CASE("rotation by time") {
  const Utc utc;
  const TempDir dir;
  const Rotation rotation{.seconds = 10};
  REQUIRE(write(dir / "a-%s", rotation, {100, 105, 109, 111, 110, 121, 300}));
  CHECK(dir.names() == Names{"a-100", "a-111", "a-121", "a-300"});
  CHECK(read_all(dir / "a-100").packets.size() == 3);
  CHECK(read_all(dir / "a-111").packets.size() == 2);  // a packet out of order starts nothing
}

TEST_CASE("rotation by time ends after so many files") {
  const Utc utc;
  const TempDir dir;
  CHECK_FALSE(write(dir / "a-%s", {.seconds = 10, .files = 2}, {100, 110, 120, 130}));
  CHECK(dir.names() == Names{"a-100", "a-110"});
  CHECK(read_all(dir / "a-110").packets.size() == 1);
}

TEST_CASE("rotation by both: a ring in each period") {
  const Utc utc;
  const TempDir dir;
  REQUIRE(write(dir / "a-%s-", {.bytes = 100, .seconds = 10, .files = 2}, {100, 101, 102, 110}));
  CHECK(dir.names() == Names{"a-100-0", "a-100-1", "a-110-0"});
  CHECK(read_all(dir / "a-100-0").packets.at(0).packet.time_ns == 102 * kSecond);
}

TEST_CASE("rotation needs files") {
  CHECK(create_writer("-", WriterOptions{}, {.bytes = 1}).error().code == ErrorCode::usage);
}
