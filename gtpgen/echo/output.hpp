// SPDX-License-Identifier: GPL-2.0-or-later
//
// Output: what a run prints. It appends to a buffer; the runner writes that to stdout whenever it has nothing else to
// do. Two kinds: lines for people, as ping(8) has them, and gtpgen-echo/1 (docs/formats/gtpgen-echo-1.md).
#pragma once

#include <memory>

#include "gtpgen/echo/event.hpp"
#include "gtpgen/echo/settings.hpp"
#include "gtpgen/echo/summary.hpp"
#include "libcommon/output/style.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::gen::echo {

struct OutputOptions {
  bool quiet = false;    // the statistics only
  bool times = false;    // before each line
  bool monitor = false;  // what changes, not each answer
  bool flood = false;    // nothing per answer
  output::Style style;
};

class Output : public Listener {
 public:
  virtual void heading(const Engine& engine, const Settings& settings) = 0;
  virtual void statistics(const Engine& engine, const Summary& summary, bool final) = 0;

  TextBuffer& text() noexcept { return text_; }

 private:
  TextBuffer text_;
};

std::unique_ptr<Output> make_text_output(const OutputOptions& options);
std::unique_ptr<Output> make_json_output(const OutputOptions& options);

}  // namespace gtp::gen::echo
