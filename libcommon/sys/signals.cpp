// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/sys/signals.hpp"

#include <sys/eventfd.h>

#include <atomic>
#include <cstdint>

namespace gtp::sys {
namespace {

// What a handler may touch.
std::atomic<int> received_signal{0};
std::atomic<int> event_fd{-1};
static_assert(std::atomic<int>::is_always_lock_free);

void handle(int signal) {
  const int saved_errno = errno;
  received_signal.store(signal, std::memory_order_relaxed);
  constexpr std::uint64_t kOne = 1;
  // It cannot fail before 2^64 - 1 signals have come.
  (void)!::write(event_fd.load(std::memory_order_relaxed), &kOne, sizeof kOne);
  errno = saved_errno;
}

}  // namespace

Signals::Signals(Fd event) : event_(std::move(event)) {
  received_signal = 0;
  event_fd = event_.value();
  struct sigaction stop {};
  stop.sa_handler = handle;
  stop.sa_flags = static_cast<int>(static_cast<unsigned>(SA_RESTART) | static_cast<unsigned>(SA_RESETHAND));
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  saved_[0].signal = SIGINT;
  saved_[1].signal = SIGTERM;
  saved_[2].signal = SIGPIPE;
  for (Saved& saved : saved_) {
    ::sigaction(saved.signal, saved.signal == SIGPIPE ? &ignore : &stop, &saved.action);
  }
}

Signals::~Signals() {
  for (const Saved& saved : saved_) ::sigaction(saved.signal, &saved.action, nullptr);
  event_fd = -1;
}

Result<std::unique_ptr<Signals>> Signals::install() {
  Fd event(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!event) return Error::from_errno("cannot wait for signals");
  return std::unique_ptr<Signals>(new Signals(std::move(event)));
}

int Signals::received() const noexcept { return received_signal.load(std::memory_order_relaxed); }

}  // namespace gtp::sys
