// SPDX-License-Identifier: GPL-2.0-or-later
//
// Network namespaces. A socket belongs for good to the namespace of the thread that opens it, so looking into another
// one is: enter, open, come back.
//
//   auto core = Netns::open("core");
//   auto inside = core->enter();              // this thread is in it while the scope lives
//   auto socket = netlink::Socket::open(…);
//
// Entering wants CAP_SYS_ADMIN. It moves the calling thread only: threads that it starts meanwhile begin there.
#pragma once

#include <string_view>

#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::sys {

class Netns {
 public:
  class [[nodiscard]] Scope {
   public:
    Scope(Scope&& other) noexcept = default;
    Scope& operator=(Scope&&) = delete;
    ~Scope();

   private:
    friend class Netns;
    explicit Scope(Fd home) noexcept : home_(std::move(home)) {}
    Fd home_;
  };

  // A name that "ip netns" knows, a path, or a process id.
  static Result<Netns> open(std::string_view name);
  // The calling thread's.
  static Result<Netns> current();

  Result<Scope> enter() const;
  int fd() const noexcept { return fd_.value(); }

 private:
  explicit Netns(Fd fd) noexcept : fd_(std::move(fd)) {}
  Fd fd_;
};

}  // namespace gtp::sys
