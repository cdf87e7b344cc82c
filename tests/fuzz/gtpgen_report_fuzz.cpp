// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any text as reports to merge: refused with a reason, or written again and read as the same, and merged with itself
// an hour or a moment later without harm.
#include <cstddef>
#include <cstdint>
#include <string>

#include "gtpgen/merge/combine.hpp"
#include "gtpgen/report/writers.hpp"
#include "tests/fuzz/require.hpp"

namespace {

std::string written(const gtp::gen::Report& report) {
  gtp::TextBuffer out;
  put_json(out, report);
  return std::string(out.view());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp::gen;
  using gtp::fuzz::require;
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(data[i]);

  auto reports = read_reports(text, "in");
  if (!reports) {
    require(reports.error().what.starts_with("in"), "an error has a place");
    return 0;
  }
  for (const WrittenReport& report : *reports) {
    const std::string once = written(report.report);
    const auto again = read_reports(once, "out");
    require(again.ok() && again->size() == 1, "what we write, we read");
    require(written(again->front().report) == once, "and find the same in it");
  }
  WrittenReport later = reports->front();
  later.name = "later";
  ++later.report.duration_ns;
  reports->push_back(later);
  const auto sum = combine(*reports, {{}, true});
  require(!sum.ok() || sum->sources.size() == reports->size(), "a source for each");
  return 0;
}
