// SPDX-License-Identifier: GPL-2.0-or-later
//
// From the words behind a field to what its values are compared with (private to this directory).
#pragma once

#include <optional>
#include <string>

#include "libcommon/filter/lexer.hpp"
#include "libcommon/filter/program.hpp"
#include "libcommon/filter/schema.hpp"

namespace gtp::filter {

// Why an operand does not fit, and which word is to blame.
struct Complaint {
  std::string what;
  Token at;
};

// Adds `operation low` or, when [high] is given, `low..high` to [test]. `!=` is added like `=`; the caller swaps the
// exits. Ranges go with = and != only, which the caller has checked.
std::optional<Complaint> add_operand(const FieldDef& field, TokenKind operation, const Token& low,
                                     const std::optional<Token>& high, Test& test);

// Whether [word] can be the operand of a boolean field.
bool is_boolean(std::string_view word) noexcept;

}  // namespace gtp::filter
