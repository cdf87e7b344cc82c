// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/command.hpp"
#include "gtpgen/echo/echo_command.hpp"
#include "gtpgen/load/load_command.hpp"
#include "gtpgen/merge/merge_command.hpp"
#include "gtpgen/ndr/ndr_command.hpp"
#include "gtpgen/reflect/reflect_command.hpp"
#include "gtpgen/replay/replay_command.hpp"
#include "gtpgen/scenario/run_command.hpp"
#include "gtpgen/sink/sink_command.hpp"
#include "gtpgen/tunnel/tunnel_commands.hpp"

namespace gtp::gen {

std::vector<std::unique_ptr<Command>> make_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_echo_command());
  commands.push_back(make_load_command());
  commands.push_back(make_ndr_command());
  commands.push_back(make_run_command());
  commands.push_back(make_merge_command());
  commands.push_back(make_reflect_command());
  commands.push_back(make_sink_command());
  commands.push_back(make_replay_command());
  commands.push_back(make_tunnel_add_command());
  commands.push_back(make_tunnel_del_command());
  commands.push_back(make_tunnel_list_command());
  commands.push_back(make_tunnel_flush_command());
  return commands;
}

}  // namespace gtp::gen
