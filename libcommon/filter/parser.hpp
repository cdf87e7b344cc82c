// SPDX-License-Identifier: GPL-2.0-or-later
//
// Recursive descent over the grammar in filter.hpp, emitting the tests as it goes (private to this directory).
#pragma once

#include <string_view>

#include "libcommon/filter/program.hpp"
#include "libcommon/filter/schema.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::filter {

Result<Program> parse(std::string_view text, const Schema& schema);

}  // namespace gtp::filter
