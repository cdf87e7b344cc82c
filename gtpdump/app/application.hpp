// SPDX-License-Identifier: GPL-2.0-or-later
//
// Application: one run of gtpdump. Builds the stages of the pipeline from the options and runs them, twice for --follow
// over files.
#pragma once

#include <atomic>
#include <memory>
#include <optional>

#include "gtpdump/app/input.hpp"
#include "gtpdump/options.hpp"
#include "gtpdump/print/printer.hpp"
#include "gtpdump/stats/checker.hpp"
#include "gtpdump/stats/statistics.hpp"
#include "gtpdump/track/assembler.hpp"
#include "gtpdump/track/follow.hpp"
#include "gtpdump/track/tracker.hpp"
#include "gtpdump/write/outputs.hpp"
#include "libcommon/filter/filter.hpp"
#include "libcommon/output/progress.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/sys/signals.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::dump {

class Application {
 public:
  Application(Options options, const sys::Signals& signals);

  // Everything; the value is the exit status.
  Result<int> run();

 private:
  // What is learned in capture order; a second pass starts with a new one.
  struct Order {
    explicit Order(const packet::Decoder& decoder) : assembler(decoder) {}
    Assembler assembler;
    Tracker tracker;
  };

  Result<void> prepare();
  Result<void> make_printer();
  Result<void> learn();
  Result<void> run_pipeline(bool learning);
  void decode(Batch& batch) const;
  bool track(Batch& batch, bool learning);
  bool matches(const Item& item) const;
  void format(Batch& batch);
  Result<void> write(Batch& batch);
  void show_progress();
  void erase_progress();
  int report();

  Options options_;
  const sys::Signals& signals_;
  sys::Terminal out_terminal_;
  sys::Terminal error_terminal_;
  output::Style style_;
  packet::Decoder decoder_;
  Input input_;
  filter::Filter filter_;
  std::optional<Follower> follower_;
  std::unique_ptr<Order> order_;
  std::unique_ptr<Statistics> statistics_;
  std::unique_ptr<Printer> printer_;
  Outputs outputs_;
  std::optional<output::ProgressLine> progress_;
  bool select_in_order_ = false;  // -c counts, --follow and --stats look at what was selected, in capture order
  std::uint64_t selected_ = 0;
  std::atomic<std::size_t> printed_ = 0;
  std::atomic<std::size_t> violations_ = 0;
  std::atomic<std::size_t> reassembled_ = 0;  // selected messages that came in fragments
};

}  // namespace gtp::dump
