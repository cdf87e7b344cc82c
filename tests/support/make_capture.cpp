// SPDX-License-Identifier: GPL-2.0-or-later
//
// make_capture NAME FILE: writes one of our own captures; the same octets every time.
#include <cstdio>
#include <string_view>

#include "tests/support/network.hpp"

namespace {

constexpr const char* kUsage =
    "usage: make_capture demo|bad|fragments FILE\n"
    "\n"
    "  demo       an LTE attach, a 5G session, 3G and 2G contexts, charging, user data\n"
    "  bad        messages that break the specifications, one kind per frame\n"
    "  fragments  IP fragments outside and inside of tunnels\n";

int fail(const gtp::Error& error) {
  std::fprintf(stderr, "make_capture: %s\n", error.what.c_str());
  return 1;
}

bool fill(gtp::test::FixtureFile& file, std::string_view name) {
  using namespace gtp::test;
  if (name == "demo") return make_demo(file), true;
  if (name == "bad") return make_bad(file), true;
  if (name == "fragments") return make_fragments(file), true;
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::fputs(kUsage, stderr), 2;
  gtp::capture::WriterOptions options;
  options.nanoseconds = true;
  auto writer = gtp::capture::create_writer(argv[2], options);
  if (!writer) return fail(writer.error());
  gtp::test::FixtureFile file(**writer);
  if (!fill(file, argv[1])) return std::fputs(kUsage, stderr), 2;
  if (!file.result()) return fail(file.result().error());
  if (auto closed = (*writer)->close(); !closed) return fail(closed.error());
  return 0;
}
