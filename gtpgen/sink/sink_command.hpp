// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen sink: receives what `gtpgen load` sends, and says what came of it.
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_sink_command();

}  // namespace gtp::gen
