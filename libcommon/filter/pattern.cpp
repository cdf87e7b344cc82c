// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/filter/pattern.hpp"

namespace gtp::filter {
namespace {

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr char fold(char c, bool name) noexcept {
  c = lower(c);
  if (!name) return c;
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_';
}

constexpr bool is_name(Pattern::Kind kind) noexcept { return kind >= Pattern::Kind::name; }

bool starts_with(std::string_view text, std::string_view prefix, bool name) noexcept {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i) {
    if (fold(text[i], name) != prefix[i]) return false;
  }
  return true;
}

// When the rest does not fit, only the last star needs to take one more character: earlier ones have done their part.
bool glob(std::string_view pattern, std::string_view text, bool name) noexcept {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == fold(text[t], name))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace

Pattern::Pattern(Kind kind, std::string_view text) : kind_(kind), text_(text) {
  const bool name = is_name(kind);
  for (char& c : text_) {
    const bool wildcard = kind == Kind::name_glob && (c == '*' || c == '?');
    if (!wildcard) c = fold(c, name);
  }
}

bool Pattern::matches(std::string_view text) const noexcept {
  switch (kind_) {
    case Kind::literal:
    case Kind::name:
      return text.size() == text_.size() && starts_with(text, text_, is_name(kind_));
    case Kind::name_prefix:
      return starts_with(text, text_, true) && (text.size() == text_.size() || fold(text[text_.size()], true) == '_');
    case Kind::glob:
    case Kind::name_glob:
      return glob(text_, text, is_name(kind_));
  }
  return false;
}

}  // namespace gtp::filter
