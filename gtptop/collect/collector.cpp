// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/collect/collector.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>

#include "gtptop/collect/thread_clock.hpp"

namespace gtp::top {
namespace {

constexpr std::uint64_t kPieceNs = 5'000'000;
constexpr std::uint64_t kFirstPieceNs = 20'000'000;

std::uint64_t steady_ns() {
  return static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
}

}  // namespace

Collector::Collector(std::unique_ptr<Gatherer> gatherer, const GatherOptions& options)
    : gatherer_(std::move(gatherer)), options_(options) {}

Collector::~Collector() {
  if (!thread_.joinable()) return;
  thread_.request_stop();
  inbox_.wake();
}

void Collector::record_to(std::unique_ptr<Recorder> recorder) {
  recorder_ = std::move(recorder);
  gatherer_->tee(recorder_.get());
}

void Collector::start(Query first) {
  query_ = std::move(first);
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Result<void> Collector::finish() {
  if (thread_.joinable()) {
    thread_.request_stop();
    inbox_.wake();
    thread_.join();
  }
  if (recorder_) {
    gatherer_->tee(nullptr);
    auto closed = recorder_->close();
    recorder_.reset();
    if (!closed && recorded_) recorded_ = closed.error();
  }
  return recorded_;
}

void Collector::start_recording(const std::string& path) {
  if (recorder_) {
    gatherer_->tee(nullptr);
    auto closed = recorder_->close();
    record_notice_ = closed ? "" : closed.error().what;
    recorder_.reset();
  }
  if (path.empty()) return;
  auto made = Recorder::create(path, gatherer_->model().source, gatherer_->model().capabilities, options_.interval_ns,
                               gatherer_->model().now_ns);
  if (!made) {
    record_notice_ = made.error().what;
    return;
  }
  recorder_ = std::move(*made);
  recorder_->whole(gatherer_->model());
  gatherer_->tee(recorder_.get());
}

void Collector::end_sample() {
  if (!recorder_) return;
  if (auto written = recorder_->sample(gatherer_->model()); !written) {
    gatherer_->tee(nullptr);
    record_notice_ = written.error().what;
    if (recorded_) recorded_ = written.error();
    recorder_.reset();
  }
}

void Collector::send_frame() {
  auto frame = gatherer_->frame(query_);
  frame->number = ++frame_number_;
  if (recorder_) {
    frame->recording_samples = recorder_->samples();
    frame->recording_file = recorder_->path();
  }
  if (!record_notice_.empty()) {
    frame->notice = record_notice_;
    frame->notice_hint.clear();
  }
  query_.search.reset();
  if (watcher_) watcher_(*gatherer_, *frame);
  outbox_.put(std::move(frame));
  asked_ = false;
}

void Collector::read_mail() {
  Inbox::Mail mail = inbox_.take();
  for (const Command& command : mail.commands) {
    if (command.kind == Command::Kind::record) {
      start_recording(command.text);
    } else {
      if (command.kind == Command::Kind::interval) options_.interval_ns = static_cast<std::uint64_t>(command.samples);
      gatherer_->command(command);
    }
    asked_ = true;
  }
  if (!mail.query) return;
  if (mail.query->hold != query_.hold) gatherer_->source().hold(mail.query->hold);
  query_ = std::move(*mail.query);
  asked_ = true;
}

// Until [ns] have passed, answering meanwhile.
void Collector::wait(std::uint64_t ns) {
  const std::uint64_t end = steady_ns() + ns;
  for (;;) {
    const std::uint64_t now = steady_ns();
    const std::uint64_t left = end > now ? end - now : 0;
    pollfd waits[2] = {{inbox_.fd(), POLLIN, 0}, {gatherer_->source().wake_fd(), POLLIN, 0}};
    const timespec timeout{static_cast<std::time_t>(left / 1'000'000'000), static_cast<long>(left % 1'000'000'000)};
    ::ppoll(waits, !query_.hold && waits[1].fd >= 0 ? 2 : 1, &timeout, nullptr);
    if ((waits[1].revents & POLLIN) != 0) gatherer_->read_events();
    if ((waits[0].revents & POLLIN) != 0) {
      read_mail();
      if (asked_) send_frame();
    }
    if (steady_ns() >= end || thread_.get_stop_token().stop_requested()) return;
  }
}

void Collector::run(const std::stop_token& stop) {
  bool complete = false;
  while (!stop.stop_requested()) {
    const std::uint64_t due = steady_ns() + options_.interval_ns;
    if (!query_.hold) {
      gatherer_->begin_tick();
      // Pieces of the sweep until the tick is over; the first one at full speed.
      for (;;) {
        const std::uint64_t start = thread_cpu_ns();
        const bool done = gatherer_->sweep(complete ? kPieceNs : kFirstPieceNs);
        if (done && !complete) complete = true;
        read_mail();
        if (asked_) send_frame();
        if (done || steady_ns() >= due || stop.stop_requested() || query_.hold) break;
        if (complete) {
          const std::uint64_t worked = thread_cpu_ns() - start;
          const std::uint64_t rest = worked * (100 - options_.cpu_percent) / std::max(options_.cpu_percent, 1U);
          wait(std::min(rest, due > steady_ns() ? due - steady_ns() : 0));
          if (query_.hold) break;  // nothing moves from the first held frame on
        }
      }
      if (!query_.hold) {
        gatherer_->end_tick();
        end_sample();
      }
    }
    send_frame();
    const std::uint64_t now = steady_ns();
    if (now < due) wait(due - now);
  }
}

}  // namespace gtp::top
