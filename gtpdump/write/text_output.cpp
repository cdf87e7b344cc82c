// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/write/text_output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace gtp::dump {

Result<void> TextOutput::write(std::string_view text) {
  while (!text.empty() && !closed_) {
    const ssize_t written = ::write(fd_, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE) {
      closed_ = true;
    } else if (errno == EAGAIN) {
      pollfd wait{fd_, POLLOUT, 0};
      poll(&wait, 1, -1);
    } else if (errno != EINTR) {
      return Error::from_errno("standard output");
    }
  }
  return {};
}

}  // namespace gtp::dump
