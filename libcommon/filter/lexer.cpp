// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/lexer.hpp"

namespace gtp::filter {
namespace {

constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr bool ends_word(char c) noexcept {
  return is_blank(c) || std::string_view("(){},=<>!&|\"").find(c) != std::string_view::npos;
}

TokenKind keyword(std::string_view word) noexcept {
  if (word == "and" || word == "AND") return TokenKind::and_sign;
  if (word == "or" || word == "OR") return TokenKind::or_sign;
  if (word == "not" || word == "NOT") return TokenKind::not_sign;
  return TokenKind::word;
}

struct Sign {
  std::string_view text;
  TokenKind kind;
};

// The longer of two signs with the same start comes first.
constexpr Sign kSigns[] = {
    {"==", TokenKind::equal},         {"=", TokenKind::equal},       {"!=", TokenKind::not_equal},
    {"!", TokenKind::not_sign},       {"<=", TokenKind::less_equal}, {"<", TokenKind::less},
    {">=", TokenKind::greater_equal}, {">", TokenKind::greater},     {"&&", TokenKind::and_sign},
    {"||", TokenKind::or_sign},       {"(", TokenKind::open},        {")", TokenKind::close},
    {"{", TokenKind::open_list},      {"}", TokenKind::close_list},  {",", TokenKind::comma},
    {"..", TokenKind::dots},
};

}  // namespace

Token Lexer::take(TokenKind kind, std::size_t length) noexcept {
  const Token token{kind, text_.substr(at_, length), at_};
  at_ += length;
  return token;
}

Token Lexer::next() noexcept {
  while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  const std::string_view rest = text_.substr(at_);
  if (rest.empty()) return take(TokenKind::end, 0);

  for (const Sign& sign : kSigns) {
    if (rest.starts_with(sign.text)) return take(sign.kind, sign.text.size());
  }
  if (rest.front() == '"') {
    const std::size_t close = rest.find('"', 1);
    if (close == std::string_view::npos) return take(TokenKind::invalid, rest.size());
    Token token = take(TokenKind::quoted, close + 1);
    token.text = token.text.substr(1, close - 1);
    return token;
  }
  std::size_t length = 0;
  while (length < rest.size() && !ends_word(rest[length]) && !rest.substr(length).starts_with("..")) ++length;
  if (length == 0) return take(TokenKind::invalid, 1);  // a single & or |
  return take(keyword(rest.substr(0, length)), length);
}

}  // namespace gtp::filter
