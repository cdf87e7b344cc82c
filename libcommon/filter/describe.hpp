// SPDX-License-Identifier: GPL-2.0-or-later
//
// A schema in words, from the rows that the compiler of expressions uses: for --help and for the manual page.
#pragma once

#include "libcommon/filter/schema.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::filter {

// "number", "address or prefix", …: what kind of operand a field takes.
std::string_view type_name(FieldType type) noexcept;

// One line per field for a terminal: name, example, what it is.
void put_fields(TextBuffer& out, const Schema& schema);
// The same as an mdoc list, to be included in FILTERS of a manual page.
void put_manual(TextBuffer& out, const Schema& schema);

}  // namespace gtp::filter
