// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/byte_stream.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace gtp::capture {
namespace {

class FileStream final : public ByteStream {
 public:
  FileStream(std::string name, Fd owned, int fd, int wake_fd)
      : name_(std::move(name)), owned_(std::move(owned)), fd_(fd), wake_fd_(wake_fd) {
    struct stat status {};
    if (::fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode)) return;
    regular_ = true;
    size_ = static_cast<std::uint64_t>(status.st_size);
    // Only advice: read-ahead of twice the usual window.
    (void)::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }

  Result<std::size_t> read(std::span<std::byte> into) override {
    for (;;) {
      if (!regular_ && wake_fd_ >= 0) {
        if (Result<void> ready = wait(); !ready) return ready.error();
      }
      const ssize_t n = ::read(fd_, into.data(), into.size());
      if (n >= 0) {
        done_ += static_cast<std::uint64_t>(n);
        return static_cast<std::size_t>(n);
      }
      if (errno != EINTR && errno != EAGAIN) return Error::from_errno(name_);
    }
  }

  Progress progress() const override { return {done_, size_}; }

 private:
  Result<void> wait() {
    for (;;) {
      std::array<pollfd, 2> fds{{{fd_, POLLIN, 0}, {wake_fd_, POLLIN, 0}}};
      if (::poll(fds.data(), fds.size(), -1) < 0) {
        if (errno == EINTR) continue;
        return Error::from_errno(name_);
      }
      if (fds[1].revents != 0) return Error::from_errno(name_, EINTR);
      if (fds[0].revents != 0) return {};
    }
  }

  std::string name_;
  Fd owned_;  // empty for standard input
  int fd_;
  int wake_fd_;
  bool regular_ = false;
  std::uint64_t done_ = 0;
  std::uint64_t size_ = 0;
};

class PrependedStream final : public ByteStream {
 public:
  PrependedStream(std::vector<std::byte> prefix, std::unique_ptr<ByteStream> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    const std::size_t n = std::min(into.size(), prefix_.size() - at_);
    if (n == 0) return rest_->read(into);
    std::memcpy(into.data(), prefix_.data() + at_, n);
    at_ += n;
    return n;
  }

  Progress progress() const override { return rest_->progress(); }

 private:
  std::vector<std::byte> prefix_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

}  // namespace

std::string display_name(const std::string& path) { return path == "-" ? "standard input" : path; }

Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, const OpenOptions& options) {
  Fd owned;
  int fd = STDIN_FILENO;
  if (path != "-") {
    owned.reset(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!owned) return Error::from_errno(path);
    fd = owned.value();
  }
  return std::unique_ptr<ByteStream>(
      std::make_unique<FileStream>(display_name(path), std::move(owned), fd, options.wake_fd));
}

std::unique_ptr<ByteStream> prepend(std::vector<std::byte> prefix, std::unique_ptr<ByteStream> rest) {
  return std::make_unique<PrependedStream>(std::move(prefix), std::move(rest));
}

}  // namespace gtp::capture
