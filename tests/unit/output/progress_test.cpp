// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/output/progress.hpp"

#include <catch2/catch.hpp>

namespace gtp::output {
namespace {

constexpr std::uint64_t kMs = 1'000'000;
constexpr std::uint64_t kStart = 5'000 * kMs;

TEST_CASE("silent at first, then ten times a second") {
  TextBuffer out;
  ProgressLine line("lab.pcap", 80, kStart);
  CHECK_FALSE(line.update(out, kStart + 499 * kMs, {1, 2, 3}));
  line.erase(out);
  CHECK(out.empty());
  CHECK(line.update(out, kStart + 500 * kMs, {410'000'000, 820'000'000, 500'000}));
  CHECK(out.view() == "\r\x1b[Klab.pcap  410 MB of 820 MB (50 %)  500k packets  1.00M/s  500 ms left");
  CHECK_FALSE(line.update(out, kStart + 599 * kMs, {}));
  out.clear();
  CHECK(line.update(out, kStart + 1'000 * kMs, {820'000'000, 820'000'000, 1'000'000}));
  CHECK(out.view() == "\r\x1b[Klab.pcap  820 MB of 820 MB (100 %)  1.00M packets  1.00M/s");
  out.clear();
  line.erase(out);
  CHECK(out.view() == "\r\x1b[K");
  out.clear();
  line.erase(out);
  CHECK(out.empty());
}

TEST_CASE("a pipe has no total") {
  TextBuffer out;
  ProgressLine line("-", 80, 0);
  CHECK(line.update(out, 1'000 * kMs, {1'234, 0, 10}));
  CHECK(out.view() == "\r\x1b[K-  1.23 kB  10 packets  10/s");
}

TEST_CASE("a narrow terminal keeps the figures, and never wraps") {
  TextBuffer out;
  ProgressLine line("a-very-long-name-of-a-capture-file.pcapng", 40, 0);
  CHECK(line.update(out, 1'000 * kMs, {1'000, 4'000, 10}));
  CHECK(out.view() == "\r\x1b[K1.00 kB of 4.00 kB (25 %)  10 packets  ");
}

}  // namespace
}  // namespace gtp::output
