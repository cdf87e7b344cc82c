// SPDX-License-Identifier: GPL-2.0-or-later
//
// Pipeline: runs batches through five stages on a few threads. Serial stages see the batches in order and one at a
// time; parallel stages see any batch on any thread. So output and state are the same with any number of threads.
//
// Each thread takes the most advanced work that can be done: write, then track, then format, then read and decode. A
// batch that was just decoded is usually tracked and formatted by the same thread while it is in its cache. The number
// of batches bounds the memory and the read-ahead.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "gtpdump/item.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::dump {

struct Stages {
  // Fills the batch; false at the end of the input.
  std::function<Result<bool>(Batch&)> read;
  std::function<void(Batch&)> decode;
  // False: enough; batches behind this one are neither tracked nor written.
  std::function<bool(Batch&)> track;
  std::function<void(Batch&)> format;
  std::function<Result<void>(Batch&)> write;
};

class Pipeline {
 public:
  Pipeline(Stages stages, unsigned threads);

  // Runs to the end of the input, to a false from track, or to the first error of read or write. After a read error
  // everything that was read before it is still written. The calling thread is one of the workers.
  Result<void> run();

 private:
  enum class State : std::uint8_t {
    free,
    reading,
    decoding,
    decoded,
    tracking,
    tracked,
    formatting,
    formatted,
    writing
  };
  struct Slot {
    Batch batch;
    State state = State::free;
  };

  void work();
  bool step(std::unique_lock<std::mutex>& lock);
  Slot* find(State state, std::optional<std::uint64_t> sequence = std::nullopt);
  bool finished() const;
  void stop_with(Error error);

  Stages stages_;
  unsigned threads_;
  std::vector<std::unique_ptr<Slot>> slots_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t next_read_ = 0;
  std::uint64_t next_track_ = 0;
  std::uint64_t next_write_ = 0;
  std::optional<std::uint64_t> end_;  // sequence behind the last batch
  bool reading_ = false;
  bool aborted_ = false;        // a write failed: drop everything
  bool enough_ = false;         // track said so
  std::optional<Error> error_;  // of a write
  std::optional<Error> read_error_;
};

}  // namespace gtp::dump
