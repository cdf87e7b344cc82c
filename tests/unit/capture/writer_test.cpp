// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/writer.hpp"

#include <signal.h>
#include <unistd.h>

#include <array>

#include "libcommon/util/fd.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

const Interface kEthernet{.link_type = packet::LinkType::ethernet, .snap_length = 96, .name = "eth0"};
const Interface kRaw{.link_type = packet::LinkType::raw, .snap_length = 0, .name = "gtp0"};

RawPacket make(const std::vector<std::byte>& octets, std::uint64_t time_ns, std::uint32_t interface = 0) {
  return {.time_ns = time_ns,
          .wire_length = static_cast<std::uint32_t>(octets.size()) + 50,
          .interface = interface,
          .link_type = interface == 0 ? packet::LinkType::ethernet : packet::LinkType::raw,
          .octets = octets};
}

constexpr std::uint64_t kTime = 1'700'000'000'123'456'789;

}  // namespace

TEST_CASE("pcap: what is written is read again") {
  const bool nanoseconds = GENERATE(false, true);
  const TempDir dir;
  auto writer = create_writer(dir / "a.pcap",
                              {.nanoseconds = nanoseconds, .snap_length = 1234, .link_type = {}, .application = {}});
  REQUIRE(writer);
  const auto octets = pattern(61, 9);
  REQUIRE((*writer)->write(make(octets, kTime), kEthernet));
  REQUIRE((*writer)->write(make({}, 1), kEthernet));
  CHECK((*writer)->size() == 24 + 16 + 61 + 16);
  REQUIRE((*writer)->close());
  const Contents read = read_all(dir / "a.pcap");
  CHECK(read.error == "");
  REQUIRE(read.packets.size() == 2);
  CHECK(read.packets[0].packet.time_ns == (nanoseconds ? kTime : kTime / 1000 * 1000));
  CHECK(read.packets[0].packet.wire_length == 111);
  CHECK(read.packets[0].octets == octets);
  CHECK(read.interfaces[0].snap_length == 1234);
  CHECK(read.interfaces[0].nanoseconds == nanoseconds);
}

TEST_CASE("pcap: one link type") {
  const TempDir dir;
  auto writer = create_writer(dir / "a.pcap", WriterOptions{});
  REQUIRE(writer);
  const auto octets = pattern(4, 1);
  REQUIRE((*writer)->write(make(octets, kTime, 1), kRaw));
  const Result<void> second = (*writer)->write(make(octets, kTime, 0), kEthernet);
  REQUIRE_FALSE(second);
  CHECK(has(second.error().what, "packets of 101 and 1"));
  CHECK(has(second.error().hint, ".pcapng"));
}

TEST_CASE("files without packets are capture files") {
  const TempDir dir;
  for (const FileFormat format : {FileFormat::pcap, FileFormat::pcapng}) {
    WriterOptions options;
    options.format = format;
    auto writer = create_writer(dir / "empty", options);
    REQUIRE(writer);
    REQUIRE((*writer)->close());
    const Contents read = read_all(dir / "empty");
    CHECK(read.error == "");
    CHECK(read.packets.empty());
  }
}

TEST_CASE("pcapng: interfaces, names, nanoseconds") {
  const TempDir dir;
  WriterOptions options;
  options.format = FileFormat::pcapng;
  options.application = "gtpdump 1";
  auto writer = create_writer(dir / "a.pcapng", options);
  REQUIRE(writer);
  const std::vector<std::vector<std::byte>> data{pattern(1, 1), pattern(2, 2), pattern(3, 3), pattern(4, 4), {}};
  REQUIRE((*writer)->write(make(data[0], kTime, 1), kRaw));
  REQUIRE((*writer)->write(make(data[1], kTime + 1, 0), kEthernet));
  REQUIRE((*writer)->write(make(data[2], kTime + 2, 1), kRaw));
  // Interface 0 of another source is another interface.
  Interface other = kEthernet;
  other.name = "eth1";
  REQUIRE((*writer)->write(make(data[3], kTime + 3, 0), other));
  REQUIRE((*writer)->write(make(data[4], kTime + 4, 0), kEthernet));
  REQUIRE((*writer)->close());

  const Contents read = read_all(dir / "a.pcapng");
  CHECK(read.error == "");
  REQUIRE(read.interfaces.size() == 3);
  CHECK(read.interfaces[0].name == "gtp0");
  CHECK(read.interfaces[0].link_type == packet::LinkType::raw);
  CHECK(read.interfaces[1].name == "eth0");
  CHECK(read.interfaces[1].snap_length == 96);
  CHECK(read.interfaces[2].name == "eth1");
  REQUIRE(read.packets.size() == 5);
  const std::array<std::uint32_t, 5> interfaces{0, 1, 0, 2, 1};
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(read.packets[i].packet.interface == interfaces[i]);
    CHECK(read.packets[i].packet.time_ns == kTime + i);
    CHECK(read.packets[i].packet.wire_length == data[i].size() + 50);
    CHECK(read.packets[i].octets == data[i]);
  }
}

TEST_CASE("the header is there at once when the link type is known") {
  const TempDir dir;
  WriterOptions options;
  options.link_type = packet::LinkType::linux_sll2;
  auto writer = create_writer(dir / "a.pcap", options);
  REQUIRE(writer);
  REQUIRE((*writer)->flush());
  CHECK(std::filesystem::file_size(dir / "a.pcap") == 24);
}

TEST_CASE("what cannot be written is told") {
  const auto octets = pattern(2000, 1);
  const auto fill = [&](PacketWriter& writer) {
    for (int i = 0; i < 1000; ++i) {
      if (Result<void> written = writer.write(make(octets, kTime), kEthernet); !written) return written;
    }
    return writer.close();
  };
  SECTION("a full disk") {
    auto writer = create_writer("/dev/full", WriterOptions{});
    REQUIRE(writer);
    const Result<void> written = fill(**writer);
    REQUIRE_FALSE(written);
    CHECK(written.error().what == "/dev/full: No space left on device");
    CHECK(written.error().system == ENOSPC);
    CHECK_FALSE(is_closed_pipe(written.error()));
  }
  SECTION("a full disk, found out at the end") {
    auto writer = create_writer("/dev/full", WriterOptions{});
    REQUIRE(writer);
    REQUIRE((*writer)->write(make(octets, kTime), kEthernet));
    CHECK_FALSE((*writer)->close());
    CHECK((*writer)->close());  // said once
  }
  SECTION("a reader that has gone") {
    ::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    Fd read_end(ends[0]);
    const Fd write_end(ends[1]);
    auto writer = create_writer("/dev/fd/" + std::to_string(write_end.value()), WriterOptions{});
    REQUIRE(writer);
    read_end.reset();
    const Result<void> written = fill(**writer);
    REQUIRE_FALSE(written);
    CHECK(is_closed_pipe(written.error()));
  }
  SECTION("no such directory") {
    const auto writer = create_writer("/nonexistent/a.pcap", WriterOptions{});
    REQUIRE_FALSE(writer);
    CHECK(writer.error().what == "/nonexistent/a.pcap: No such file or directory");
  }
}
