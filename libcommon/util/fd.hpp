// SPDX-License-Identifier: GPL-2.0-or-later
//
// Fd owns one file descriptor and closes it. Move only. A borrowed descriptor (standard input) is a plain int.
#pragma once

#include <unistd.h>

#include <utility>

namespace gtp {

class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) noexcept : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(other.release()) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) reset(other.release());
    return *this;
  }
  Fd(const Fd&) = delete;
  Fd& operator=(const Fd&) = delete;
  ~Fd() { reset(); }

  int value() const noexcept { return fd_; }
  explicit operator bool() const noexcept { return fd_ >= 0; }

  // Gives the descriptor away.
  int release() noexcept { return std::exchange(fd_, -1); }

  // Closes what is held, without a look at the outcome: a writer that must know calls release() and close(2) itself.
  void reset(int fd = -1) noexcept {
    if (fd_ >= 0) ::close(fd_);
    fd_ = fd;
  }

 private:
  int fd_ = -1;
};

}  // namespace gtp
