// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/command.hpp"

namespace gtp::gen {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  return commands;
}

}  // namespace gtp::gen
