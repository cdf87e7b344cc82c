// SPDX-License-Identifier: GPL-2.0-or-later
//
// Collector: a Gatherer on a thread of its own, for the screen. It keeps its CPU budget by resting after each piece of
// a sweep for as long as the budget asks (10 %: work 5 ms, rest 45 ms), and answers a new query at once, between two
// pieces. Only the first sweep does not rest: without it there is nothing to see.
#pragma once

#include <functional>
#include <memory>
#include <thread>

#include "gtptop/collect/gatherer.hpp"
#include "gtptop/collect/mailbox.hpp"
#include "gtptop/record/recorder.hpp"

namespace gtp::top {

class Collector {
 public:
  Collector(std::unique_ptr<Gatherer> gatherer, const GatherOptions& options);
  ~Collector();  // ends the thread

  void start(Query first);
  void ask(Query query) { inbox_.put(std::move(query)); }
  void tell(Command command) { inbox_.put(std::move(command)); }
  // The newest frame, null when there is none since the last call.
  FramePtr take() { return outbox_.take(); }
  int fd() const noexcept { return outbox_.fd(); }

  // Before start(): records from the beginning.
  void record_to(std::unique_ptr<Recorder> recorder);
  // Before start(): called with every frame, on the collector's thread, for who wants more than a page of the model.
  using Watcher = std::function<void(Gatherer& gatherer, const Frame& frame)>;
  void watch(Watcher watcher) { watcher_ = std::move(watcher); }
  // After the thread has ended: finishes a recording. An error is what the recording ended with.
  Result<void> finish();

 private:
  void run(const std::stop_token& stop);
  void wait(std::uint64_t ns);
  void read_mail();
  void send_frame();
  void start_recording(const std::string& path);
  void end_sample();

  std::unique_ptr<Gatherer> gatherer_;
  GatherOptions options_;
  Inbox inbox_;
  Outbox outbox_;
  Watcher watcher_;
  Query query_;
  std::unique_ptr<Recorder> recorder_;
  Result<void> recorded_;
  std::string record_notice_;
  std::uint64_t frame_number_ = 0;
  bool asked_ = false;
  std::jthread thread_;
};

}  // namespace gtp::top
