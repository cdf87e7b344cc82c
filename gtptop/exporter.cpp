// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/exporter.hpp"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <mutex>

#include "gtptop/collect/collector.hpp"
#include "gtptop/export/metrics_server.hpp"
#include "gtptop/export/metrics_text.hpp"
#include "gtptop/make_source.hpp"
#include "gtptop/model/columns.hpp"
#include "gtptop/version.hpp"
#include "libcommon/output/message.hpp"
#include "libcommon/sys/terminal.hpp"

namespace gtp::top {
namespace {

// Between the collector's thread, which puts, and the server's, which takes.
class SnapshotBox {
 public:
  void put(MetricsSnapshot snapshot) {
    auto made = std::make_shared<const MetricsSnapshot>(std::move(snapshot));
    const std::lock_guard lock(mutex_);
    snapshot_.swap(made);
  }
  std::shared_ptr<const MetricsSnapshot> take() {
    const std::lock_guard lock(mutex_);
    return snapshot_;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const MetricsSnapshot> snapshot_;
};

// The text of the newest snapshot, made when somebody asks and kept until there is another one.
class Texts {
 public:
  explicit Texts(SnapshotBox& box) : box_(box) {}

  HttpAnswer answer(std::string_view accept) {
    auto newest = box_.take();
    if (!newest) {
      HttpAnswer later;
      later.status = 503;
      later.body = std::make_shared<const std::string>("the first reading of all tunnels is not complete\n");
      return later;
    }
    if (newest != snapshot_) texts_ = {};
    snapshot_ = std::move(newest);
    const bool open = accept.find("application/openmetrics-text") != std::string_view::npos;
    const MetricsFormat format = open ? MetricsFormat::openmetrics : MetricsFormat::prometheus;
    auto& text = texts_[open ? 1 : 0];
    if (!text) text = std::make_shared<const std::string>(metrics_text(*snapshot_, format));
    return {200, content_type(format), text};
  }

 private:
  SnapshotBox& box_;
  std::shared_ptr<const MetricsSnapshot> snapshot_;
  std::array<std::shared_ptr<const std::string>, 2> texts_;
};

// What the collector is asked for: the tunnels that are series, or, where none is, as little as possible.
Query collector_query(const Options& options) {
  Query query;
  query.view = options.top_tunnels != 0 ? View::tunnels : View::links;
  query.sort = options.top_tunnels != 0 ? options.sort.value_or(default_sort(query.view)) : default_sort(query.view);
  query.rows = options.top_tunnels != 0 ? options.top_tunnels : 1;
  if (options.top_tunnels != 0) query.filter = options.filter;
  return query;
}

void say(std::string_view what) {
  output::print_warning("gtptop", what, output::Style(sys::inspect_terminal(STDERR_FILENO).colour));
}

}  // namespace

Result<int> run_exporter(Options& options, sys::Signals& signals) {
  auto server = MetricsServer::open(*options.listen);
  if (!server) return server.error();
  auto gatherer = make_gatherer(options, true);
  if (!gatherer) return gatherer.error();
  std::unique_ptr<Recorder> recorder;
  if (!options.record.empty()) {
    const Model& model = (*gatherer)->model();
    auto made = Recorder::create(options.record, model.source, model.capabilities, options.interval_ns, model.now_ns);
    if (!made) return made.error();
    recorder = *std::move(made);
  }

  SnapshotBox box;
  Texts texts(box);
  Collector collector(*std::move(gatherer), {options.interval_ns, options.cpu_percent});
  if (recorder) collector.record_to(std::move(recorder));
  collector.watch([&box](Gatherer& source, const Frame& frame) {
    const bool readable = !source.trouble();
    // Half a reading would show half of the tunnels.
    if (readable && !source.model().sweep.complete) return;
    box.put(take_snapshot(source.model(), readable, frame.page.tunnels, {version_number(), version_commit()}));
  });
  collector.start(collector_query(options));
  std::fprintf(stderr, "gtptop: http://%s/metrics\n", (*server)->address().text().c_str());

  std::string notice;
  const int wake[] = {signals.wake_fd(), collector.fd()};
  while (signals.received() == 0) {
    (*server)->serve(wake, [&texts](std::string_view accept) { return texts.answer(accept); });
    const FramePtr frame = collector.take();
    if (!frame || frame->notice == notice) continue;
    notice = frame->notice;
    say(notice.empty() ? "all is readable again" : notice);
  }
  if (auto finished = collector.finish(); !finished) return finished.error();
  return signals.received() == SIGTERM ? 0 : static_cast<int>(output::ExitStatus::interrupted);
}

}  // namespace gtp::top
