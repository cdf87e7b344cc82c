// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen: echo, load and measurement for GTP. See man/gtpgen.8.
#include <cstdio>

#include "gtpgen/options.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/signals.hpp"
#include "libcommon/sys/terminal.hpp"

namespace {

int fail(const gtp::Error& error) {
  gtp::output::print_error("gtpgen", error, gtp::output::Style(gtp::sys::inspect_terminal(2).colour));
  return static_cast<int>(gtp::output::exit_status(error.code));
}

}  // namespace

int main(int argc, char** argv) {
  auto parsed = gtp::gen::parse_command_line(argc, argv);
  if (!parsed) return fail(parsed.error());
  if (parsed->print_and_exit) {
    return std::fputs(parsed->print_and_exit->c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? 1 : 0;
  }
  auto signals = gtp::sys::Signals::install();
  if (!signals) return fail(signals.error());
  auto status = parsed->command->run(**signals);
  if (!status) return fail(status.error());
  if (*status == 0 && (*signals)->received() != 0) return static_cast<int>(gtp::output::ExitStatus::interrupted);
  return *status;
}
