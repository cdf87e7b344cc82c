// SPDX-License-Identifier: GPL-2.0-or-later
//
// Style: what a piece of text is, shown by colour where there is colour. Colour repeats a word or a sign and never
// carries anything alone, so a Style that is off loses nothing. A value of one octet; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "libcommon/util/text_buffer.hpp"

namespace gtp::output {

enum class Role : std::uint8_t {
  plain,
  dim,    // what the eye may skip: headings, units, notes
  warn,   // legal but worth a look
  error,  // broken, refused
  name,   // what a line is about: a message, a program
  value,  // what people search for: an IMSI, a TEID
};

class Style {
 public:
  constexpr Style() = default;
  constexpr explicit Style(bool colour) noexcept : colour_(colour) {}
  constexpr bool colour() const noexcept { return colour_; }

  // Around text of [role], always in pairs and never nested.
  void begin(TextBuffer& out, Role role) const {
    if (colour_) out.put(kStart[static_cast<std::size_t>(role)]);
  }
  void end(TextBuffer& out, Role role) const {
    if (colour_ && role != Role::plain) out.put("\x1b[0m");
  }
  void put(TextBuffer& out, Role role, std::string_view text) const {
    begin(out, role);
    out.put(text);
    end(out, role);
  }

 private:
  // From the basic eight colours, which every terminal draws readable on its own background.
  static constexpr std::array<std::string_view, 6> kStart = {"",         "\x1b[2m", "\x1b[33m",
                                                             "\x1b[31m", "\x1b[1m", "\x1b[36m"};

  bool colour_ = false;
};

}  // namespace gtp::output
