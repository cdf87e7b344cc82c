// SPDX-License-Identifier: GPL-2.0-or-later
//
// The words and signs of a filter expression (private to this directory). A word is everything up to a blank or one of
// ( ) { } , = < > ! & | " and the range sign `..`, so addresses, globs, times and names need no quotes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gtp::filter {

enum class TokenKind : std::uint8_t {
  end,
  word,
  quoted,  // text between double quotes; no escapes, so no quote inside
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  open,
  close,
  open_list,
  close_list,
  comma,
  dots,
  and_sign,  // "and" or "&&"
  or_sign,
  not_sign,
  invalid,  // a sign that does not exist, or a quote that is not closed
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::string_view text;   // as written; without the quotes when quoted
  std::size_t offset = 0;  // of the first character in the expression
};

class Lexer {
 public:
  explicit Lexer(std::string_view text) noexcept : text_(text) {}
  // The next token; `end` again and again once the text is used up.
  Token next() noexcept;

 private:
  Token take(TokenKind kind, std::size_t length) noexcept;

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace gtp::filter
