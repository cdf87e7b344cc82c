// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen reflect: sends back what `gtpgen load` or anybody else sends to it, like a gateway with an answering server
// behind it.
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_reflect_command();

}  // namespace gtp::gen
