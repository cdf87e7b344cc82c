// SPDX-License-Identifier: GPL-2.0-or-later
//
// `gtpgen replay`: sends a capture's G-PDUs again. See gtpgen(8).
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_replay_command();

}  // namespace gtp::gen
