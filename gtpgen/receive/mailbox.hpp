// SPDX-License-Identifier: GPL-2.0-or-later
//
// Mailbox<T>: how one thread lets others see its counters without sharing them: whoever wants to know asks, the thread
// finds that out between two batches by one relaxed load, and leaves a copy.
//
// The thread calls wanted() and answer(), and end() with the last state; anyone else ask(), which waits. The thread is
// woken by the eventfd wake_fd(), which it puts into its epoll set.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "libcommon/util/fd.hpp"

namespace gtp::gen {

template <typename T>
class Mailbox {
 public:
  Mailbox() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

  int wake_fd() const noexcept { return wake_.value(); }

  // The thread's side.
  bool stopped() const noexcept { return stop_.load(std::memory_order_relaxed); }
  bool wanted() const noexcept { return asked_.load(std::memory_order_relaxed) != seen_; }
  void drain_wake() noexcept {
    std::uint64_t drained = 0;
    (void)!::read(wake_.value(), &drained, sizeof drained);
  }
  void answer(const T& state) { leave(state, false); }
  void end(const T& state) { leave(state, true); }

  // The others' side.
  T ask() {
    const std::uint64_t mine = asked_.fetch_add(1, std::memory_order_relaxed) + 1;
    wake();
    std::unique_lock lock(mutex_);
    answered_condition_.wait(lock, [&] { return answered_ >= mine || ended_; });
    return state_;
  }
  void stop() noexcept {
    stop_.store(true, std::memory_order_relaxed);
    wake();
  }

 private:
  void leave(const T& state, bool ended) {
    seen_ = asked_.load(std::memory_order_relaxed);
    const std::scoped_lock lock(mutex_);
    state_ = state;
    answered_ = seen_;
    ended_ = ended;
    answered_condition_.notify_all();
  }
  void wake() noexcept {
    constexpr std::uint64_t kOne = 1;
    (void)!::write(wake_.value(), &kOne, sizeof kOne);
  }

  Fd wake_;
  std::atomic<bool> stop_{false};
  std::atomic<std::uint64_t> asked_{0};
  std::uint64_t seen_ = 0;  // the thread's own
  std::mutex mutex_;        // of what follows
  std::condition_variable answered_condition_;
  std::uint64_t answered_ = 0;
  bool ended_ = false;
  T state_{};
};

}  // namespace gtp::gen
