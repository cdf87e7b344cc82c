// SPDX-License-Identifier: GPL-2.0-or-later
//
// ProgressLine: one line for a terminal that is redrawn while a long file is read,
//
//   lab.pcap  412 MB of 820 MB (50 %)  503k packets  1.21M/s  0.4 s left
//
// The caller passes the clock, owns the descriptor and writes what it is given. Nothing is drawn in the first half
// second, so that short runs stay silent, nor more often than ten times a second. erase() leaves an empty line behind;
// call it before anything else goes to the terminal and at the end. One thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

class ProgressLine {
 public:
  // [columns] of the terminal; a line that would not fit is shortened to its figures.
  ProgressLine(std::string_view label, unsigned columns, std::uint64_t now_ns);

  struct State {
    std::uint64_t done_bytes = 0;
    std::uint64_t total_bytes = 0;  // 0: unknown
    std::uint64_t packets = 0;
  };
  // Appends what to write, and returns true, when it is time to redraw.
  bool update(TextBuffer& out, std::uint64_t now_ns, const State& state);
  // Appends what clears the line, if it is drawn.
  void erase(TextBuffer& out);

 private:
  std::string label_;
  std::size_t columns_;
  std::uint64_t start_ns_;
  std::uint64_t due_ns_;
  bool drawn_ = false;
};

}  // namespace gtp::output
