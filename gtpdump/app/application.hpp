// SPDX-License-Identifier: GPL-2.0-or-later
//
// Application: one run of gtpdump. Builds the stages of the pipeline from the options and runs them.
#pragma once

#include <memory>

#include "gtpdump/app/input.hpp"
#include "gtpdump/app/text_output.hpp"
#include "gtpdump/options.hpp"
#include "gtpdump/print/printer.hpp"
#include "gtpdump/track/assembler.hpp"
#include "gtpdump/track/tracker.hpp"
#include "libcommon/filter/filter.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/packet/decoder.hpp"

namespace gtp::dump {

class Application {
 public:
  explicit Application(Options options);

  // Everything; the value is the exit status.
  Result<int> run();

 private:
  Result<void> prepare();
  Result<void> make_printer();
  void decode(Batch& batch) const;
  bool track(Batch& batch);
  void select(Item& item) const;
  void format(Batch& batch) const;
  Result<void> write(Batch& batch);

  Options options_;
  packet::Decoder decoder_;
  Input input_;
  Assembler assembler_;
  Tracker tracker_;
  output::Style style_;
  filter::Filter filter_;
  std::unique_ptr<Printer> printer_;
  TextOutput text_;
  bool select_in_order_ = false;  // when -c counts what was selected
  std::uint64_t selected_ = 0;
};

}  // namespace gtp::dump
