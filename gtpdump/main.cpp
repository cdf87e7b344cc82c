// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpdump: decodes GTP and PFCP from captures and interfaces. See man/gtpdump.1.
#include <csignal>
#include <cstdio>

#include "gtpdump/app/application.hpp"
#include "gtpdump/options.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  auto parsed = gtp::dump::parse_options(argc, argv);
  if (!parsed) {
    std::fprintf(stderr, "gtpdump: %s\n", parsed.error().what.c_str());
    return 2;
  }
  if (parsed->print_and_exit) {
    std::fputs(parsed->print_and_exit->c_str(), stdout);
    return 0;
  }
  auto status = gtp::dump::Application(std::move(parsed->options)).run();
  if (!status) {
    std::fprintf(stderr, "gtpdump: %s\n", status.error().what.c_str());
    return 1;
  }
  return *status;
}
