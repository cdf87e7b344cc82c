// SPDX-License-Identifier: GPL-2.0-or-later
//
// The tables of gtptop(8): "screen", "columns_VIEW", "findings", "gtptop_fields".
#pragma once

#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp::top::test {

// False: there is no such table.
bool put_top_table(TextBuffer& out, std::string_view table);

}  // namespace gtp::top::test
