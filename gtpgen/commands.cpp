// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/command.hpp"
#include "gtpgen/echo/echo_command.hpp"

namespace gtp::gen {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_echo_command());
  return commands;
}

}  // namespace gtp::gen
