// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

constexpr std::uint32_t kMicro = 0xa1b2c3d4;
constexpr std::uint32_t kNano = 0xa1b23c4d;

}  // namespace

TEST_CASE("pcap: both byte orders, both resolutions") {
  const bool big_endian = GENERATE(false, true);
  const bool nanoseconds = GENERATE(false, true);
  const TempDir dir;
  Octets file(big_endian);
  file.pcap_header(nanoseconds ? kNano : kMicro, 101);
  file.pcap_record(1'700'000'000, 123'456, 5, 0x40).pcap_record(1'700'000'001, 7, 0, 0).pcap_record(3, 9, 3, 0x90);
  const Contents read = read_all(dir.write("a.pcap", file.done()));

  CHECK(read.error == "");
  REQUIRE(read.packets.size() == 3);
  const std::uint64_t unit = nanoseconds ? 1 : 1000;
  CHECK(read.packets[0].packet.time_ns == 1'700'000'000'000'000'000 + 123'456 * unit);
  CHECK(read.packets[0].packet.link_type == packet::LinkType::raw);
  CHECK(read.packets[0].packet.number == 1);
  CHECK(read.packets[0].packet.has_time);
  CHECK(read.packets[0].octets == pattern(5, 0x40));
  CHECK(read.packets[1].octets.empty());
  CHECK(read.packets[2].packet.time_ns == 3'000'000'000 + 9 * unit);
  CHECK(read.packets[2].packet.number == 3);
  CHECK(read.packets[2].octets == pattern(3, 0x90));
  REQUIRE(read.interfaces.size() == 1);
  CHECK(read.interfaces[0].snap_length == 65535);
  CHECK(read.interfaces[0].nanoseconds == nanoseconds);
}

TEST_CASE("pcap: a file cut anywhere gives what is whole and says what is not") {
  const TempDir dir;
  Octets file;
  file.pcap_header(kMicro, 1).pcap_record(1, 0, 20, 1).pcap_record(2, 0, 4, 2);
  const std::size_t first_end = 24 + 16 + 20;
  const std::size_t whole = file.done().size();
  REQUIRE(whole == first_end + 20);
  for (std::size_t size = 0; size <= whole; ++size) {
    CAPTURE(size);
    const std::string path = dir.write("cut.pcap", file.first(size));
    const Contents read = read_all(path);
    CHECK(read.packets.size() == (size == whole ? 2U : size >= first_end ? 1U : 0U));
    if (size < 24) {
      CHECK(has(read.error, path + ": not a capture file ("));
    } else if (size == 24 || size == first_end || size == whole) {
      CHECK(read.error == "");
    } else {
      CHECK(has(read.error, path + (size < first_end ? ": record 1 is cut short (" : ": record 2 is cut short (")));
    }
  }
  CHECK(has(read_all(dir.write("cut.pcap", file.first(70))).error, "(10 of the 16 octets of its header)"));
  CHECK(has(read_all(dir.write("cut.pcap", file.first(50))).error, "(10 of 20 octets)"));
}

TEST_CASE("pcap: what is refused") {
  const TempDir dir;
  SECTION("a record longer than any frame, behind a good one") {
    Octets file;
    file.pcap_header(kMicro, 1).pcap_record(1, 0, 8, 1).u32(2).u32(0).u32(0x7fffffff).u32(0x7fffffff).pattern(64, 0);
    const Contents read = read_all(dir.write("long.pcap", file.done()));
    CHECK(read.packets.size() == 1);
    CHECK(has(read.error, "record 2 claims 2147483647 octets"));
  }
  SECTION("the longest frame is fine, one octet more is not") {
    CHECK(read_all(dir.write("a", Octets().pcap_header(kMicro, 1).pcap_record(1, 0, 262'144, 1).done())).error == "");
    const Contents read =
        read_all(dir.write("b", Octets().pcap_header(kMicro, 1).pcap_record(1, 0, 262'145, 1).done()));
    CHECK(has(read.error, "record 1 claims 262145 octets"));
  }
  SECTION("a link type without GTP on it") {
    const Contents read = read_all(dir.write("usb.pcap", Octets().pcap_header(kMicro, 147).done()));
    CHECK(has(read.error, "link type 147 is not supported"));
  }
  SECTION("another version") {
    const Contents read = read_all(dir.write("v.pcap", Octets().u32(kMicro).u16(3).u16(1).pattern(16, 0).done()));
    CHECK(has(read.error, "pcap version 3.1 is not supported"));
  }
  SECTION("no capture at all") {
    CHECK(has(read_all(dir.write("t", Octets().text("Dear diary, today…\n").done())).error, "not a capture file"));
    CHECK(has(read_all(dir.write("e", {})).error, "not a capture file (it is empty)"));
    CHECK(has(read_all(dir / "missing").error, "No such file or directory"));
    CHECK(has(read_all(dir / ".").error, "Is a directory"));
  }
}

TEST_CASE("pcap: bits of the link type field that tell of check sequences are not part of it") {
  const TempDir dir;
  const Contents read =
      read_all(dir.write("f", Octets().pcap_header(kMicro, 0x44000001).pcap_record(1, 0, 1, 0).done()));
  REQUIRE(read.packets.size() == 1);
  CHECK(read.packets[0].packet.link_type == packet::LinkType::ethernet);
}

TEST_CASE("pcap: the length on the wire is at least what was captured") {
  const TempDir dir;
  Octets file;
  file.pcap_header(kMicro, 1).u32(1).u32(0).u32(4).u32(1500).pattern(4, 0).u32(1).u32(0).u32(4).u32(0).pattern(4, 0);
  const Contents read = read_all(dir.write("a", file.done()));
  REQUIRE(read.packets.size() == 2);
  CHECK(read.packets[0].packet.wire_length == 1500);
  CHECK(read.packets[1].packet.wire_length == 4);
}
