// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any text: compile() ends with a filter or an error, and what compiles matches its subject and its negation's
// opposite.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "tests/unit/filter/rows.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp::filter;
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(data[i]);
  const auto filter = Filter::compile(text, test::kSchema);
  if (!filter) return 0;

  test::Row row;
  row.number(test::kTeid, 5).text(test::kApn, "internet.mnc001.mcc001.gprs").text(test::kImsi, "001010000000001");
  row.address(test::kMs, "10.45.0.7").name(test::kType, 1, "echo_request").number(test::kMalformed, 1);
  const bool matched = filter->matches(row);
  if (text.size() + 6 > Filter::kMaxLength || filter->empty()) return 0;
  const auto negated = Filter::compile("not(" + text + ")", test::kSchema);
  // One more parenthesis may be one too many; otherwise the negation compiles and decides the other way.
  if (negated && negated->matches(row) == matched) std::abort();
  return 0;
}
