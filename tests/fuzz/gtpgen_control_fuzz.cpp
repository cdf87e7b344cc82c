// SPDX-License-Identifier: GPL-2.0-or-later
//
// Any line of a control connection, in either direction: it is understood or refused. What is understood is written and
// read back the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "gtpgen/sink/control.hpp"
#include "tests/fuzz/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp::gen;
  using gtp::fuzz::require;
  std::string line(size, '\0');
  for (std::size_t i = 0; i < size; ++i) line[i] = static_cast<char>(data[i]);

  if (const auto request = read_request(line)) {
    gtp::TextBuffer once;
    put_request(once, *request);
    const auto again = read_request(once.view());
    require(again.ok(), "what we write, we read");
    gtp::TextBuffer twice;
    put_request(twice, *again);
    require(once.view() == twice.view(), "and find the same in it");
  }
  if (const auto answer = read_answer(line); answer && answer->result) {
    gtp::TextBuffer once;
    put_result(once, *answer->result);
    const auto again = read_answer(once.view());
    require(again.ok() && again->result, "what we write, we read");
    gtp::TextBuffer twice;
    put_result(twice, *again->result);
    require(once.view() == twice.view(), "and find the same in it");
  }
  return 0;
}
