// SPDX-License-Identifier: GPL-2.0-or-later
//
// `gtpgen tunnel add|del|list|flush`: tunnels of the kernel's GTP. See gtpgen(8).
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_tunnel_add_command();
std::unique_ptr<Command> make_tunnel_del_command();
std::unique_ptr<Command> make_tunnel_list_command();
std::unique_ptr<Command> make_tunnel_flush_command();

}  // namespace gtp::gen
