// SPDX-License-Identifier: GPL-2.0-or-later
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>

#include "libcommon/util/fd.hpp"
#include "tests/unit/capture/files.hpp"

using namespace gtp;
using namespace gtp::capture;
using namespace gtp::capture::test;

namespace {

// A pipe whose read end has a name.
struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    read_end.reset(ends[0]);
    write_end.reset(ends[1]);
  }
  std::string name() const { return "/dev/fd/" + std::to_string(read_end.value()); }
  void put(const Octets& octets) const {
    REQUIRE(::write(write_end.value(), octets.done().data(), octets.done().size()) ==
            static_cast<ssize_t>(octets.done().size()));
  }

  Fd read_end;
  Fd write_end;
};

}  // namespace

TEST_CASE("a pipe delivers what is there, without waiting for more") {
  const Pipe pipe;
  pipe.put(Octets().pcap_header(0xa1b2c3d4, 1).pcap_record(1, 0, 10, 1).pcap_record(2, 0, 10, 2).pattern(5, 0));
  const auto source = open_file(pipe.name());
  REQUIRE(source);
  RawBatch batch;
  // Would hang, if it waited for the third record to become complete.
  Result<bool> more = (*source)->next(batch, 100);
  REQUIRE(more);
  CHECK(*more);
  CHECK(batch.packets.size() == 2);
  CHECK((*source)->progress().total == 0);
}

TEST_CASE("waiting for a pipe ends when the wake descriptor says so") {
  const Pipe pipe;
  const Fd wake(::eventfd(1, EFD_CLOEXEC));
  REQUIRE(wake);
  SECTION("while packets are read: the end, no fault, though a record is incomplete") {
    pipe.put(Octets().pcap_header(0xa1b2c3d4, 1).pattern(5, 0));
    const Fd quiet(::eventfd(0, EFD_CLOEXEC));
    const auto source = open_file(pipe.name(), {.wake_fd = quiet.value()});
    REQUIRE(source);
    REQUIRE(::write(quiet.value(), "\1\0\0\0\0\0\0", 8) == 8);
    RawBatch batch;
    Result<bool> more = (*source)->next(batch, 100);
    REQUIRE(more);
    CHECK_FALSE(*more);
  }
  SECTION("while the file is opened") {
    const auto source = open_file(pipe.name(), {.wake_fd = wake.value()});
    REQUIRE_FALSE(source);
    CHECK(source.error().system == EINTR);
  }
}
