// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/app/application.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "gtpdump/pipeline/pipeline.hpp"
#include "gtpdump/print/columns.hpp"
#include "gtpdump/print/json.hpp"
#include "gtpdump/print/summary.hpp"
#include "gtpdump/print/tree.hpp"
#include "gtpdump/query/packet_fields.hpp"
#include "libcommon/output/message.hpp"

namespace gtp::dump {
namespace {

constexpr std::uint64_t kMaxThreads = 4;  // more do not help: reading, tracking and writing are serial

std::uint64_t now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(now).count());
}

bool use_colour(ColourMode mode, const sys::Terminal& terminal) {
  return mode == ColourMode::always || (mode == ColourMode::automatic && terminal.colour);
}

}  // namespace

Application::Application(Options options, const sys::Signals& signals)
    : options_(std::move(options)),
      signals_(signals),
      out_terminal_(sys::inspect_terminal(STDOUT_FILENO)),
      error_terminal_(sys::inspect_terminal(STDERR_FILENO)),
      style_(use_colour(options_.colour, out_terminal_)),
      decoder_(options_.ports),
      input_(options_),
      outputs_(STDOUT_FILENO) {}

Result<void> Application::make_printer() {
  const Stamp stamp(options_.time);
  switch (options_.output) {
    case OutputKind::summary:
      printer_ = std::make_unique<SummaryPrinter>(stamp, style_, options_.hex);
      break;
    case OutputKind::tree:
      printer_ = std::make_unique<TreePrinter>(stamp, style_, options_.hex);
      break;
    case OutputKind::json:
      printer_ = std::make_unique<JsonPrinter>(JsonOptions{options_.raw});
      break;
    case OutputKind::fields: {
      auto printer = ColumnPrinter::make(options_.fields, options_.csv);
      if (!printer) return std::move(printer).error();
      printer_ = *std::move(printer);
      break;
    }
    case OutputKind::stats:
    case OutputKind::check:
    case OutputKind::none:
      break;
  }
  return {};
}

Result<void> Application::prepare() {
  auto filter = filter::Filter::compile(options_.filter, packet_schema());
  if (!filter) return std::move(filter).error();
  filter_ = *std::move(filter);
  if (options_.follow) {
    auto follower = Follower::make(*options_.follow);
    if (!follower) return std::move(follower).error();
    follower_ = *std::move(follower);
  }
  select_in_order_ = options_.count != 0 || follower_ || options_.output == OutputKind::stats;
  if (auto made = make_printer(); !made) return made;
  if (auto opened = input_.open(signals_.wake_fd()); !opened) return opened;
  if (input_.is_live() && !options_.quiet && error_terminal_.is_terminal) {
    output::print_warning("gtpdump", "capturing on " + options_.interface + ", GTP and PFCP only; ^C ends");
  }
  const bool show = !options_.quiet && error_terminal_.is_terminal && !out_terminal_.is_terminal && !input_.is_live();
  if (show) {
    const std::string& label = options_.files.size() == 1 ? options_.files.front() : std::string("reading");
    progress_.emplace(label, error_terminal_.columns, now_ns());
  }
  return {};
}

void Application::decode(Batch& batch) const {
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    decoder_.decode(item.raw.link_type, item.raw.octets, item.raw.wire_length, item.packet);
  }
}

bool Application::matches(const Item& item) const {
  return !item.packet.layers.empty() && (filter_.empty() || filter_.matches(PacketSubject(item)));
}

bool Application::track(Batch& batch, bool learning) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    if (item.packet.has_fragment) order_->assembler.complete(item, batch);
    order_->tracker.track(item);
    if (learning) {
      follower_->learn(item);
      continue;
    }
    if (!select_in_order_) continue;
    // Fragments of a followed datagram are no messages, and still belong to it.
    item.selected = follower_ ? follower_->selects(item) && (filter_.empty() || matches(item)) : matches(item);
    // Traffic that is no GTP is part of the whole capture, and of no selection.
    const bool whole = filter_.empty() && !follower_;
    if (statistics_ && (item.selected || (whole && item.packet.layers.empty()))) statistics_->add(item);
    if (item.selected && ++selected_ == options_.count) {
      batch.count = i + 1;
      return false;
    }
  }
  return signals_.received() == 0;
}

void Application::format(Batch& batch) {
  std::size_t selected = 0;
  std::size_t violations = 0;
  std::size_t reassembled = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    if (!select_in_order_) item.selected = matches(item);
    if (!item.selected) continue;
    ++selected;
    if (!item.packet.fragment_frames.empty()) ++reassembled;
    if (printer_) printer_->print(item, batch.text);
    if (options_.output == OutputKind::check) violations += Checker::check(item, options_.json_stats, batch.text);
  }
  printed_ += selected;
  violations_ += violations;
  reassembled_ += reassembled;
}

Result<void> Application::write(Batch& batch) {
  show_progress();
  return outputs_.write(batch, input_.is_live());
}

void Application::show_progress() {
  if (!progress_) return;
  TextBuffer line;
  const capture::Progress at = input_.progress();
  if (progress_->update(line, now_ns(), {at.done, at.total, input_.frames()})) {
    [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.view().data(), line.size());
  }
}

void Application::erase_progress() {
  if (!progress_) return;
  TextBuffer line;
  progress_->erase(line);
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, line.view().data(), line.size());
}

Result<void> Application::run_pipeline(bool learning) {
  order_ = std::make_unique<Order>(decoder_);
  if (learning) order_->tracker.sessions().log_to(follower_->ownership_log());
  if (!learning && options_.output == OutputKind::stats) {
    statistics_ = std::make_unique<Statistics>(order_->tracker);
    order_->tracker.transactions().on_unanswered([this](const Request& request) { statistics_->unanswered(request); });
  }
  Stages stages;
  stages.read = [this](Batch& batch) { return input_.read(batch); };
  stages.decode = [this](Batch& batch) { decode(batch); };
  stages.track = [this, learning](Batch& batch) { return track(batch, learning) && !outputs_.finished(); };
  stages.format = [this, learning](Batch& batch) {
    if (!learning) format(batch);
  };
  stages.write = [this, learning](Batch& batch) { return learning ? Result<void>{} : write(batch); };
  const unsigned available = std::clamp(std::thread::hardware_concurrency(), 1U, static_cast<unsigned>(kMaxThreads));
  // Live traffic needs no read-ahead, and one thread shows it sooner.
  const unsigned threads = input_.is_live() ? 1 : options_.threads != 0 ? options_.threads : available;
  Result<void> result = Pipeline(std::move(stages), threads).run();
  order_->tracker.finish();
  return result;
}

// The first pass of --follow over files.
Result<void> Application::learn() {
  Result<void> learned = run_pipeline(true);
  follower_->finish_learning(order_->tracker.sessions());
  if (!learned) return learned;
  return input_.rewind();
}

// What comes at the end, and the exit status.
int Application::report() {
  if (statistics_) {
    TextBuffer text;
    if (options_.json_stats) {
      statistics_->print_json(text);
    } else {
      statistics_->print(text, style_, out_terminal_.is_terminal ? out_terminal_.columns : 0);
    }
    if (auto written = outputs_.put_text(text.view()); !written) {
      output::print_error("gtpdump", written.error());
      return 1;
    }
  }
  if (const auto live = input_.statistics(); live && !options_.quiet) {
    TextBuffer text;
    text.put("gtpdump: ");
    text.put_dec(live->received);
    text.put(" packets received, ");
    text.put_dec(live->dropped_by_kernel);
    text.put(" dropped by the kernel, ");
    text.put_dec(live->dropped_by_interface);
    text.put(" by the interface\n");
    [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, text.view().data(), text.size());
  }
  // What a user would otherwise take for a fault of the capture.
  if (!options_.write_file.empty() && !follower_ && !(filter_.empty() && options_.count == 0) && reassembled_ != 0) {
    output::print_warning("gtpdump", "selected messages came in IP fragments, of which only the last is written: " +
                                         std::to_string(reassembled_) + "; --follow writes them all");
  }
  if (printed_ == 0 && !options_.quiet && error_terminal_.is_terminal && (!filter_.empty() || follower_)) {
    output::print_warning("gtpdump", "none of " + std::to_string(input_.frames()) + " packets is selected");
  }
  if (signals_.received() != 0) return static_cast<int>(output::ExitStatus::interrupted);
  return violations_ != 0 ? 1 : 0;
}

Result<int> Application::run() {
  if (auto prepared = prepare(); !prepared) return std::move(prepared).error();
  if (follower_ && input_.rewindable()) {
    if (auto learned = learn(); !learned) return std::move(learned).error();
  }
  if (auto opened = outputs_.open(options_, input_.first_interface()); !opened) return std::move(opened).error();
  if (printer_) {
    TextBuffer heading;
    printer_->print_header(heading);
    if (auto written = outputs_.put_text(heading.view()); !written) return std::move(written).error();
  }
  Result<void> done = run_pipeline(false);
  erase_progress();
  const int status = report();
  Result<void> closed = outputs_.close();
  if (!done) return std::move(done).error();
  if (!closed) return std::move(closed).error();
  return status;
}

}  // namespace gtp::dump
