// SPDX-License-Identifier: GPL-2.0-or-later
//
// A Printer turns one packet into text. Printers are const and stateless between packets, so that the format stage may
// run on any thread; what depends on order (relative times) is in the Item.
#pragma once

#include "gtpdump/item.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::dump {

class Printer {
 public:
  virtual ~Printer() = default;
  // Appends everything there is to say about the packet, with its final newline.
  virtual void print(const Item& item, TextBuffer& out) const = 0;
  // What comes before the first packet (a heading), may be empty.
  virtual void print_header(TextBuffer&) const {}
};

}  // namespace gtp::dump
