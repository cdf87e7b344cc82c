// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen load: one trial of traffic, and its report.
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_load_command();

}  // namespace gtp::gen
