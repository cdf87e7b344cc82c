// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen run.
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_run_command();

}  // namespace gtp::gen
