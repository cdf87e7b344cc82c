// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/pcapng_interface.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

// Block bodies, in one byte order.
struct Ng {
  bool big = false;

  Octets octets() const { return Octets(big); }
  std::vector<std::byte> section() const { return octets().u32(0x1a2b3c4d).u16(1).u16(0).u64(~0ULL).done(); }
  std::vector<std::byte> interface(unsigned link_type, unsigned snap,
                                   const std::vector<std::byte>& options = {}) const {
    return octets().u16(link_type).u16(0).u32(snap).raw(options).done();
  }
  std::vector<std::byte> enhanced(unsigned interface, std::uint64_t stamp, std::size_t n, unsigned first) const {
    return octets()
        .u32(interface)
        .u32(stamp >> 32)
        .u32(stamp & 0xffffffff)
        .u32(n)
        .u32(n + 100)
        .pattern(n, first)
        .done();
  }
  std::vector<std::byte> resolution(unsigned value) const {
    return octets().u16(9).u16(1).u8(value).u8(0).u16(0).u32(0).done();
  }
};

constexpr std::uint32_t kSection = 0x0a0d0d0a;

std::vector<std::byte> two_interfaces(bool big) {
  const Ng ng{big};
  Octets name(big);
  name.u16(2).u16(4).text("eth0").u16(9).u16(1).u8(9).u8(0).u16(0);
  return Octets(big)
      .block(kSection, ng.section())
      .block(1, ng.interface(1, 0, name.done()))
      .block(1, ng.interface(101, 6))
      .block(6, ng.enhanced(0, 1'700'000'000'123'456'789, 7, 0x10))
      .block(6, ng.enhanced(1, 1'700'000'000'123'456, 4, 0x20))
      .done();
}

}  // namespace

TEST_CASE("pcapng: two interfaces with resolutions of their own, both byte orders") {
  const bool big = GENERATE(false, true);
  const TempDir dir;
  const Contents read = read_all(dir.write("a.pcapng", two_interfaces(big)));
  CHECK(read.error == "");
  REQUIRE(read.interfaces.size() == 2);
  CHECK(read.interfaces[0].name == "eth0");
  CHECK(read.interfaces[0].nanoseconds);
  CHECK(read.interfaces[1].snap_length == 6);
  CHECK_FALSE(read.interfaces[1].nanoseconds);
  REQUIRE(read.packets.size() == 2);
  CHECK(read.packets[0].packet.time_ns == 1'700'000'000'123'456'789);
  CHECK(read.packets[0].packet.wire_length == 107);
  CHECK(read.packets[0].octets == pattern(7, 0x10));
  CHECK(read.packets[1].packet.time_ns == 1'700'000'000'123'456'000);
  CHECK(read.packets[1].packet.interface == 1);
  CHECK(read.packets[1].packet.link_type == packet::LinkType::raw);
  CHECK(read.packets[1].octets == pattern(4, 0x20));
}

TEST_CASE("pcapng: a file cut anywhere gives what is whole and says what is not") {
  const TempDir dir;
  const std::vector<std::byte> file = two_interfaces(false);
  const std::size_t second = file.size() - 12 - 24;  // where the last block starts
  const std::size_t first = second - 12 - 28;        // and the one before
  for (std::size_t size = 0; size < file.size(); ++size) {
    CAPTURE(size);
    const std::vector<std::byte> part(file.begin(), file.begin() + static_cast<long>(size));
    const Contents read = read_all(dir.write("cut.pcapng", part));
    CHECK(read.packets.size() == (size >= second ? 1U : 0U));
    const bool at_border = size == 28 || size == first || size == second || size == 28 + 36 || size == 28 + 36 + 20;
    CHECK((read.error.empty() == at_border ||
           (!at_border && has(read.error, size < 12 ? "not a capture" : "is cut short"))));
  }
}

TEST_CASE("pcapng: simple, obsolete, unknown and custom blocks") {
  const Ng ng;
  const TempDir dir;
  Octets file;
  file.block(kSection, ng.section()).block(1, ng.interface(1, 6));
  file.block(3, Octets().u32(60).pattern(6, 1).done());                                            // simple: cut to 6
  file.block(0x7777, pattern(21, 0));                                                              // nobody knows it
  file.block(0xbad, Octets().u32(0).pattern(5, 0).done());                                         // custom
  file.block(2, Octets().u16(0).u16(3).u32(0).u32(2'000'000).u32(5).u32(9).pattern(5, 7).done());  // obsolete
  const Contents read = read_all(dir.write("a.pcapng", file.done()));
  CHECK(read.error == "");
  REQUIRE(read.packets.size() == 2);
  CHECK_FALSE(read.packets[0].packet.has_time);
  CHECK(read.packets[0].packet.wire_length == 60);
  CHECK(read.packets[0].octets == pattern(6, 1));
  CHECK(read.packets[1].packet.number == 3);  // Wireshark counts the custom block
  CHECK(read.packets[1].packet.time_ns == 2'000'000'000);
  CHECK(read.packets[1].packet.wire_length == 9);
  CHECK(read.packets[1].octets == pattern(5, 7));
}

TEST_CASE("pcapng: a block too long to keep is skipped") {
  const Ng ng;
  const TempDir dir;
  Octets file;
  file.block(kSection, ng.section()).block(1, ng.interface(1, 0)).block(0x7777, std::vector<std::byte>(17U << 20));
  file.block(6, ng.enhanced(0, 5, 4, 0x33));
  const Contents read = read_all(dir.write("a.pcapng", file.done()));
  CHECK(read.error == "");
  REQUIRE(read.packets.size() == 1);
  CHECK(read.packets[0].octets == pattern(4, 0x33));
}

TEST_CASE("pcapng: sections start their interfaces anew, in their own byte order") {
  const Ng little;
  const Ng big{true};
  const TempDir dir;
  const std::vector<std::byte> second = Octets(true)
                                            .block(kSection, big.section())
                                            .block(1, big.interface(228, 0))
                                            .block(6, big.enhanced(0, 2'000'000, 4, 2))
                                            .done();
  Octets file;
  file.block(kSection, little.section()).block(1, little.interface(1, 0)).block(6, little.enhanced(0, 1'000'000, 4, 1));
  const Contents read = read_all(dir.write("a.pcapng", file.raw(second).done()));
  CHECK(read.error == "");
  REQUIRE(read.packets.size() == 2);
  CHECK(read.packets[1].packet.interface == 1);
  CHECK(read.packets[1].packet.link_type == packet::LinkType::ipv4);
  CHECK(read.packets[1].packet.time_ns == 2'000'000'000);
}

TEST_CASE("pcapng: what is refused") {
  const Ng ng;
  const TempDir dir;
  Octets start;
  start.block(kSection, ng.section()).block(1, ng.interface(1, 0)).block(6, ng.enhanced(0, 1, 4, 1));
  const auto error_of = [&](const Octets& file) {
    const Contents read = read_all(dir.write("bad.pcapng", file.done()));
    CHECK(read.packets.size() == 1);
    return read.error;
  };
  SECTION("lengths") {
    CHECK(has(error_of(Octets(start).u32(6).u32(7).pattern(40, 0)), "block 4 claims a length of 7 octets"));
    CHECK(has(error_of(Octets(start).u32(6).u32(0).pattern(40, 0)), "claims a length of 0 octets"));
    CHECK(has(error_of(Octets(start).u32(6).u32(0x7ffffffc).pattern(40, 0)), "block 4 claims 2147483644 octets"));
    CHECK(has(error_of(Octets(start).u32(9).u32(16).u32(0).u32(20)), "two different lengths (16 and 20)"));
    CHECK(has(error_of(Octets(start).u32(0x7777).u32(0x7ffffffc).pattern(40, 0)), "is cut short"));
  }
  SECTION("packets") {
    CHECK(
        has(error_of(Octets(start).block(6, ng.enhanced(1, 1, 4, 1))), "block 4 names interface 1, its section has 1"));
    CHECK(has(error_of(Octets(start).block(6, pattern(8, 0))), "block 4 is too short"));
    const auto body = Octets().u32(0).u32(0).u32(0).u32(50).u32(50).pattern(12, 0).done();
    CHECK(has(error_of(Octets(start).block(6, body)), "claims a packet of 50 octets, it has room for 12"));
  }
  SECTION("a file with nothing but link types without GTP") {
    Octets file;
    file.block(kSection, ng.section()).block(1, ng.interface(147, 0)).block(6, ng.enhanced(0, 1, 4, 1));
    CHECK(has(read_all(dir.write("u", file.done())).error, "link type 147 is not supported"));
  }
  SECTION("no byte-order magic") {
    CHECK(has(read_all(dir.write("m", Octets().block(kSection, pattern(16, 0)).done())).error, "not a capture file"));
  }
}

TEST_CASE("pcapng: resolutions and offsets of time stamps") {
  const auto ns = [](bool binary, std::uint8_t exponent, std::int64_t offset, std::uint64_t stamp) {
    return TimeResolution{binary, exponent, offset}.to_ns(stamp);
  };
  CHECK(ns(false, 0, 0, 1'700'000'000) == 1'700'000'000'000'000'000);
  CHECK(ns(false, 3, 0, 1'700'000'000'123) == 1'700'000'000'123'000'000);
  CHECK(ns(false, 12, 0, 1'999'999) == 1'999);
  CHECK(ns(false, 127, 0, ~0ULL) == 0);
  CHECK(ns(true, 1, 0, 3) == 1'500'000'000);
  CHECK(ns(true, 32, 0, 0x6553f100'80000000) == 1'700'000'000'500'000'000);
  CHECK(ns(true, 127, 0, ~0ULL) == 0);
  CHECK(ns(false, 6, 1'700'000'000, 5) == 1'700'000'000'000'005'000);
  CHECK(ns(false, 9, -1, 3'000'000'000) == 2'000'000'000);

  const Ng ng{true};
  const auto options = Octets(true).u16(14).u16(8).u64(1000).u16(9).u16(1).u8(0x8a).u8(0).u16(0).done();
  const InterfaceDescription read = read_interface(ng.interface(276, 96, options), ByteOrder{true});
  CHECK(read.link_type == 276);
  CHECK(read.time.binary);
  CHECK(read.time.exponent == 10);
  CHECK(read.time.offset_seconds == 1000);
  // An option that runs past its block ends the walk.
  const InterfaceDescription bad =
      read_interface(ng.interface(1, 0, Octets(true).u16(2).u16(200).text("ab").done()), ByteOrder{true});
  CHECK(bad.interface.name == "");
}
