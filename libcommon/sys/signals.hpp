// SPDX-License-Identifier: GPL-2.0-or-later
//
// Signals: SIGINT and SIGTERM become a flag and a readable descriptor, so that a program ends where it wants to and
// still prints its report. A second one of the same kind kills the process as usual: no hang is unbreakable. SIGPIPE
// is ignored, writes fail with EPIPE instead. System calls that were interrupted go on by themselves (SA_RESTART);
// whoever waits puts wake_fd() into its poll(2).
//
// One object per process, made in main() before other threads; its functions may be called from any thread. The
// handlers of before are restored at the end.
#pragma once

#include <signal.h>

#include <array>
#include <memory>

#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::sys {

class Signals {
 public:
  static Result<std::unique_ptr<Signals>> install();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  // The signal that came, 0 for none yet.
  int received() const noexcept;

  // Readable from the first signal on, and for ever.
  int wake_fd() const noexcept { return event_.value(); }

 private:
  explicit Signals(Fd event);

  struct Saved {
    int signal;
    struct sigaction action;
  };

  Fd event_;
  std::array<Saved, 3> saved_{};
};

}  // namespace gtp::sys
