// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/batch.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "gtptop/export/metrics_text.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/record/recorder.hpp"
#include "gtptop/report.hpp"
#include "gtptop/version.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::top {
namespace {

std::uint64_t steady_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

enum class Written : std::uint8_t { all, closed, failed };

Written write_out(const TextBuffer& text) {
  std::string_view rest = text.view();
  while (!rest.empty()) {
    const ssize_t n = ::write(STDOUT_FILENO, rest.data(), rest.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno == EPIPE ? Written::closed : Written::failed;
    rest.remove_prefix(static_cast<std::size_t>(n));
  }
  return Written::all;
}

class Batch {
 public:
  Batch(const Options& options, std::unique_ptr<Gatherer> gatherer, sys::Signals& signals)
      : options_(options), gatherer_(std::move(gatherer)), signals_(signals) {}

  Result<int> run();

 private:
  Result<void> start_recording();
  Result<void> take_sample();
  void wait_until(std::uint64_t when_ns);
  std::shared_ptr<Frame> ask(View view, std::uint64_t rows);
  std::uint64_t put_sample(TextBuffer& out, bool first);

  const Options& options_;
  std::unique_ptr<Gatherer> gatherer_;
  sys::Signals& signals_;
  std::unique_ptr<Recorder> recorder_;
};

Result<void> Batch::start_recording() {
  if (options_.record.empty()) return {};
  auto recorder = Recorder::create(options_.record, gatherer_->model().source, gatherer_->model().capabilities,
                                   options_.interval_ns, gatherer_->model().now_ns);
  if (!recorder) return recorder.error();
  recorder_ = *std::move(recorder);
  gatherer_->tee(recorder_.get());
  return {};
}

Result<void> Batch::take_sample() {
  gatherer_->begin_tick();
  // A sweep at full speed: there is nobody to be kept waiting.
  while (!gatherer_->sweep(100'000'000) && signals_.received() == 0) {
  }
  gatherer_->end_tick();
  return recorder_ ? recorder_->sample(gatherer_->model()) : Result<void>();
}

void Batch::wait_until(std::uint64_t when_ns) {
  for (std::uint64_t now = steady_ns(); now < when_ns && signals_.received() == 0; now = steady_ns()) {
    pollfd wake{signals_.wake_fd(), POLLIN, 0};
    ::poll(&wake, 1, static_cast<int>(std::min<std::uint64_t>((when_ns - now) / 1'000'000 + 1, 1'000'000)));
  }
}

// Pages of at most kMaxPageRows, joined.
std::shared_ptr<Frame> Batch::ask(View view, std::uint64_t rows) {
  Query query;
  query.view = view;
  query.sort = default_sort(view);
  if (view == options_.view) {
    query.filter = options_.filter;
    query.sort = options_.sort.value_or(query.sort);
  }
  query.grouping = view == View::tunnels ? options_.grouping : Grouping::none;
  query.rows = static_cast<unsigned>(std::min<std::uint64_t>(rows, kMaxPageRows));
  auto frame = gatherer_->frame(query);
  const auto append = [](auto& to, auto& from) { std::move(from.begin(), from.end(), std::back_inserter(to)); };
  while (frame->page.rows() < std::min(rows, frame->page.matching)) {
    query.offset = frame->page.rows();
    query.rows = static_cast<unsigned>(std::min<std::uint64_t>(rows - query.offset, kMaxPageRows));
    const auto more = gatherer_->frame(query);
    // The last page is a full one, so it may begin before what is wanted.
    if (more->page.rows() == 0 || more->page.offset != query.offset) {
      query.rows = static_cast<unsigned>(std::min<std::uint64_t>(frame->page.matching - query.offset, kMaxPageRows));
      if (query.rows == 0) break;
      auto last = gatherer_->frame(query);
      if (last->page.offset != query.offset) break;
      append(frame->page.tunnels, last->page.tunnels);
      append(frame->page.peers, last->page.peers);
      append(frame->page.events, last->page.events);
      append(frame->page.event_links, last->page.event_links);
      append(frame->page.links, last->page.links);
      append(frame->page.findings, last->page.findings);
      break;
    }
    append(frame->page.tunnels, more->page.tunnels);
    append(frame->page.peers, more->page.peers);
    append(frame->page.events, more->page.events);
    append(frame->page.event_links, more->page.event_links);
    append(frame->page.links, more->page.links);
    append(frame->page.findings, more->page.findings);
  }
  return frame;
}

std::uint64_t Batch::put_sample(TextBuffer& out, bool first) {
  if (options_.output == OutputKind::prometheus) {
    const auto tunnels = options_.top_tunnels != 0 ? ask(View::tunnels, options_.top_tunnels) : nullptr;
    const bool readable = !gatherer_->trouble();
    const auto snapshot =
        take_snapshot(gatherer_->model(), readable, tunnels ? tunnels->page.tunnels : std::span<const TunnelRow>(),
                      {version_number(), version_commit()});
    out.put(metrics_text(snapshot, MetricsFormat::prometheus));
    return 1;
  }
  const auto frame = ask(options_.view, options_.top);
  ReportOptions report;
  report.columns = options_.columns;
  report.units = options_.units;
  report.first = first;
  const sys::Terminal terminal = sys::inspect_terminal(STDOUT_FILENO);
  report.width = terminal.is_terminal ? terminal.columns : 0;
  switch (options_.output) {
    case OutputKind::json:
      put_json(out, *frame, report);
      break;
    case OutputKind::csv:
      put_csv(out, *frame, report);
      break;
    default:
      if (!first) out.put('\n');
      put_text(out, *frame, report);
  }
  return frame->page.rows();
}

Result<int> Batch::run() {
  if (auto started = start_recording(); !started) return started.error();
  const bool live = gatherer_->source().info().live;
  const bool once = options_.output == OutputKind::prometheus;
  const std::uint64_t count = once ? 1 : options_.count.value_or(UINT64_MAX);
  std::uint64_t rows = 0;
  // Rates want two readings: what comes first is only read, and may take its time.
  if (auto taken = take_sample(); !taken) return taken.error();
  std::uint64_t due = steady_ns();
  TextBuffer out;
  for (std::uint64_t sample = 0; sample < count && signals_.received() == 0; ++sample) {
    due += options_.interval_ns;
    if (live) wait_until(due);
    if (signals_.received() != 0) break;
    if (gatherer_->source().ended() && sample > 0) break;
    if (auto taken = take_sample(); !taken) return taken.error();
    out.clear();
    rows += put_sample(out, sample == 0);
    const Written written = write_out(out);
    if (written == Written::closed) return 0;
    if (written == Written::failed) return Error::from_errno("cannot write to standard output");
  }
  if (recorder_) {
    gatherer_->tee(nullptr);
    if (auto closed = recorder_->close(); !closed) return closed.error();
  }
  // The trouble has been said in the output; here it decides the status.
  if (const auto trouble = gatherer_->trouble()) return *trouble;
  return rows == 0 ? static_cast<int>(output::ExitStatus::nothing) : 0;
}

}  // namespace

Result<int> run_batch(const Options& options, std::unique_ptr<Gatherer> gatherer, sys::Signals& signals) {
  return Batch(options, std::move(gatherer), signals).run();
}

}  // namespace gtp::top
