// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/message.hpp"

#include <catch2/catch.hpp>

namespace gtp::output {
namespace {

TEST_CASE("an error is one line, its advice another") {
  TextBuffer out;
  put_error(out, "gtpdump", {ErrorCode::failed, 0, "lab.pcap: record 17 is cut short", {}}, Style());
  CHECK(out.view() == "gtpdump: lab.pcap: record 17 is cut short\n");
  out.clear();
  put_error(out, "gtptop", {ErrorCode::permission, 0, "no right", "sudo gtptop"}, Style(true));
  CHECK(out.view() == "\x1b[1mgtptop\x1b[0m: \x1b[31mno right\x1b[0m\n  try: sudo gtptop\n");
}

TEST_CASE("names stay readable but cannot drive the terminal") {
  TextBuffer out;
  put_warning(out, "p",
              "caf\xc3\xa9 \x1b[2J\x07\x7f\xc2\x9b"
              "31m\n  ^",
              Style());
  CHECK(out.view() == "p: caf\xc3\xa9 ?[2J???31m\n  ^\n");
}

TEST_CASE("every error has its exit status") {
  CHECK(exit_status(ErrorCode::failed) == ExitStatus::failed);
  CHECK(exit_status(ErrorCode::usage) == ExitStatus::usage);
  CHECK(exit_status(ErrorCode::unsupported) == ExitStatus::unsupported);
  CHECK(exit_status(ErrorCode::permission) == ExitStatus::permission);
  CHECK(exit_status(ErrorCode::nothing) == ExitStatus::nothing);
  CHECK(exit_status(ErrorCode::protocol) == ExitStatus::nothing);
  CHECK(static_cast<int>(ExitStatus::nothing) == 5);
  CHECK(static_cast<int>(ExitStatus::interrupted) == 130);
}

}  // namespace
}  // namespace gtp::output
