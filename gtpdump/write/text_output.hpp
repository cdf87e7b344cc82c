// SPDX-License-Identifier: GPL-2.0-or-later
//
// Text to standard output, a batch at a time. A reader that goes away (head, less) is a normal end: closed() turns
// true. A full disk is an error.
#pragma once

#include <string_view>

#include "libcommon/util/result.hpp"

namespace gtp::dump {

class TextOutput {
 public:
  explicit TextOutput(int fd) noexcept : fd_(fd) {}
  Result<void> write(std::string_view text);
  bool closed() const noexcept { return closed_; }

 private:
  int fd_;
  bool closed_ = false;
};

}  // namespace gtp::dump
