// SPDX-License-Identifier: GPL-2.0-or-later
//
// The two boxes between a viewer and its collector. Into the Inbox go queries, of which only the newest counts, and
// commands, of which all count; into the Outbox go frames, of which only the newest counts. Each has a descriptor that
// is readable while something new is in it. Any thread.
#pragma once

#include <mutex>
#include <optional>
#include <vector>

#include "gtptop/model/command.hpp"
#include "gtptop/model/query.hpp"
#include "libcommon/util/fd.hpp"

namespace gtp::top {

// A descriptor to wake somebody who waits in poll(2).
class Bell {
 public:
  Bell();
  int fd() const noexcept { return fd_.value(); }
  void ring() noexcept;
  void silence() noexcept;

 private:
  Fd fd_;
};

class Inbox {
 public:
  void put(Query query);
  void put(Command command);
  struct Mail {
    std::optional<Query> query;
    std::vector<Command> commands;
  };
  Mail take();
  int fd() const noexcept { return bell_.fd(); }
  void wake() noexcept { bell_.ring(); }

 private:
  std::mutex mutex_;
  Mail mail_;
  Bell bell_;
};

class Outbox {
 public:
  void put(FramePtr frame);
  FramePtr take();  // null: nothing new
  int fd() const noexcept { return bell_.fd(); }

 private:
  std::mutex mutex_;
  FramePtr frame_;
  Bell bell_;
};

}  // namespace gtp::top
