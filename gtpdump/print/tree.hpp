// SPDX-License-Identifier: GPL-2.0-or-later
//
// -v: the summary line, then every field of every message, indented by its place. Labels are the specification's,
// numbers carry their names and units. An element with one field stays on one line.
#pragma once

#include "gtpdump/print/printer.hpp"
#include "gtpdump/print/stamp.hpp"
#include "libcommon/output/style.hpp"

namespace gtp::dump {

class TreePrinter final : public Printer {
 public:
  TreePrinter(Stamp stamp, output::Style style, bool hex) noexcept : stamp_(stamp), style_(style), hex_(hex) {}
  void print(const Item& item, TextBuffer& out) const override;

 private:
  Stamp stamp_;
  output::Style style_;
  bool hex_;
};

}  // namespace gtp::dump
