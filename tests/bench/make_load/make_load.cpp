// SPDX-License-Identifier: GPL-2.0-or-later
//
// make_load KIND COUNT FILE: writes a large capture for measurements, the same octets every time. "-" is standard
// output.
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <utility>

#include "tests/bench/make_load/loads.hpp"

namespace {

constexpr const char* kUsage =
    "usage: make_load gpdu|gtpv2|mixed|sessions COUNT FILE\n"
    "\n"
    "  gpdu      G-PDUs of 10000 tunnels, half of them with a PDU Session Container\n"
    "  gtpv2     GTPv2-C messages of sessions that are created, modified and deleted\n"
    "  mixed     sessions by GTPv2-C and PFCP that stay, and their G-PDUs\n"
    "  sessions  sessions by GTPv2-C that stay, four messages each\n";

int fail(const gtp::Error& error) {
  std::fprintf(stderr, "make_load: %s\n", error.what.c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace gtp::test;
  if (argc != 4) return std::fputs(kUsage, stderr), 2;
  const std::string_view kind = argv[1];
  const std::string_view number = argv[2];
  std::uint64_t count = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), count);
  const auto make = kind == "gpdu"       ? make_gpdu_load
                    : kind == "gtpv2"    ? make_gtpv2_load
                    : kind == "mixed"    ? make_mixed_load
                    : kind == "sessions" ? make_session_load
                                         : nullptr;
  if (make == nullptr || parsed.ec != std::errc{} || parsed.ptr != number.data() + number.size()) {
    return std::fputs(kUsage, stderr), 2;
  }

  gtp::capture::WriterOptions options;
  options.link_type = gtp::packet::LinkType::ethernet;
  auto writer = gtp::capture::create_writer(argv[3], options);
  if (!writer) return fail(writer.error());
  CaptureBuilder capture(std::move(*writer));
  make(capture, count);
  if (auto done = capture.finish(); !done) return fail(done.error());
  return 0;
}
