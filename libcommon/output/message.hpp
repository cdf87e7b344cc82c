// SPDX-License-Identifier: GPL-2.0-or-later
//
// What goes to stderr, and the exit status that goes with it:
//
//   gtpdump: lab.pcap: record 17 is cut short
//     try: gtpdump -r - < lab.pcap
//
// Messages may quote file names and expressions: control characters other than the line feed are replaced.
#pragma once

#include <string_view>

#include "libcommon/output/style.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::output {

// Shared by the three programs; each manual page says its own in full.
enum class ExitStatus : int {
  ok = 0,
  failed = 1,
  usage = 2,
  unsupported = 3,  // or a result that is not trustworthy
  permission = 4,
  nothing = 5,  // nothing to show, or a protocol error
  interrupted = 130,
};
ExitStatus exit_status(ErrorCode code) noexcept;

void put_error(TextBuffer& out, std::string_view program, const Error& error, Style style);
// A remark about work that goes on.
void put_warning(TextBuffer& out, std::string_view program, std::string_view what, Style style);

// The same, written to stderr in one piece.
void print_error(std::string_view program, const Error& error, Style style = {});
void print_warning(std::string_view program, std::string_view what, Style style = {});

}  // namespace gtp::output
