// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpdump: decodes GTP and PFCP from captures and interfaces. See man/gtpdump.1.
#include <cstdio>

#include "gtpdump/app/application.hpp"
#include "gtpdump/options.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/signals.hpp"
#include "libcommon/sys/terminal.hpp"

namespace {

int fail(const gtp::Error& error) {
  gtp::output::print_error("gtpdump", error, gtp::output::Style(gtp::sys::inspect_terminal(2).colour));
  return static_cast<int>(gtp::output::exit_status(error.code));
}

}  // namespace

int main(int argc, char** argv) {
  auto parsed = gtp::dump::parse_options(argc, argv);
  if (!parsed) return fail(parsed.error());
  if (parsed->print_and_exit) {
    return std::fputs(parsed->print_and_exit->c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? 1 : 0;
  }
  auto signals = gtp::sys::Signals::install();
  if (!signals) return fail(signals.error());
  auto status = gtp::dump::Application(std::move(parsed->options), **signals).run();
  return status ? *status : fail(status.error());
}
