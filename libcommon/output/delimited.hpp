// SPDX-License-Identifier: GPL-2.0-or-later
//
// Fields of CSV (RFC 4180) and TSV lines. Text may come from the wire: control characters and octets above 0x7e are
// shown as \xHH first, so a field never breaks its line nor drives the terminal it is looked at with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

enum class Delimiter : char { comma = ',', tab = '\t' };

// CSV quotes a field that holds a comma, a quote or a blank at either end; TSV needs no quotes.
void put_field(TextBuffer& out, Delimiter delimiter, std::string_view text);

}  // namespace gtp::output
