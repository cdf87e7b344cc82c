// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pattern: what a text or the name of an enumeration is compared with. `*` stands for any characters, `?` for one.
// Upper and lower case are the same; in names, everything but letters and digits is the same too, so that
// request_accepted finds "Request accepted". Matching takes at most |pattern| x |text| steps and does not allocate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace gtp::filter {

class Pattern {
 public:
  enum class Kind : std::uint8_t {
    literal,      // the whole text, `*` and `?` meaning themselves
    glob,         // the whole text with wildcards
    name,         // the whole name
    name_prefix,  // the name or its first words: echo finds echo_request
    name_glob,
  };
  Pattern(Kind kind, std::string_view text);

  bool matches(std::string_view text) const noexcept;
  std::string_view text() const noexcept { return text_; }

  static bool has_wildcards(std::string_view text) noexcept { return text.find_first_of("*?") != text.npos; }

 private:
  Kind kind_;
  std::string text_;  // folded
};

}  // namespace gtp::filter
