// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

// gtpgen merge: reports of several hosts as one.
std::unique_ptr<Command> make_merge_command();

}  // namespace gtp::gen
