// SPDX-License-Identifier: GPL-2.0-or-later
//
// The time at the start of a line, in the format of -t.
#pragma once

#include <optional>

#include "gtpdump/item.hpp"
#include "libcommon/output/time_format.hpp"

namespace gtp::dump {

class Stamp {
 public:
  // Without a style no time is printed.
  explicit Stamp(std::optional<output::TimeStyle> style) noexcept
      : shown_(style.has_value()), format_(style.value_or(output::TimeStyle::local)) {}

  // The time and a blank.
  void put(TextBuffer& out, const Item& item) const {
    if (!shown_) return;
    const bool delta = format_.style() == output::TimeStyle::delta;
    format_.put(out, item.raw.time_ns, delta ? item.previous_time_ns : item.first_time_ns);
    out.put(' ');
  }

 private:
  bool shown_;
  output::TimeFormat format_;
};

}  // namespace gtp::dump
