// SPDX-License-Identifier: GPL-2.0-or-later
//
// The command line of gtpgen: chooses the subcommand, reads its options, makes its help.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpgen/command.hpp"

namespace gtp::gen {

// Either a command with all its options read and checked, or text to print instead of work.
struct Parsed {
  std::unique_ptr<Command> command;
  std::optional<std::string> print_and_exit;
};

Result<Parsed> parse_command_line(int argc, const char* const* argv);

// What `gtpgen --help` and `gtpgen COMMAND --help` print.
std::string help_text(const std::vector<std::unique_ptr<Command>>& commands);
std::string help_text(Command& command);

}  // namespace gtp::gen
