// SPDX-License-Identifier: GPL-2.0-or-later
//
// gtpgen ndr: the highest rate that is forwarded without (or with little) loss.
#pragma once

#include <memory>

#include "gtpgen/command.hpp"

namespace gtp::gen {

std::unique_ptr<Command> make_ndr_command();

}  // namespace gtp::gen
