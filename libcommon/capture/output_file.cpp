// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/output_file.hpp"

#include <fcntl.h>

#include <cstring>

namespace gtp::capture {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20;
constexpr mode_t kMode = 0666;  // less what the umask takes

Error write_error(const std::string& name) {
  const int error = errno;
  Error out = Error::from_errno(name, error);
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) out.hint = "limit the size: -C MEGABYTES -W FILES";
  return out;
}

}  // namespace

OutputFile::OutputFile(std::string name, Fd owned, int fd)
    : name_(std::move(name)),
      owned_(std::move(owned)),
      fd_(fd),
      buffer_(std::make_unique_for_overwrite<std::byte[]>(kBufferBytes)) {}

Result<OutputFile> OutputFile::create(const std::string& path) {
  if (path == "-") return OutputFile("standard output", Fd(), STDOUT_FILENO);
  Fd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode));
  if (!file) return Error::from_errno(path);
  const int fd = file.value();
  return OutputFile(path, std::move(file), fd);
}

Result<void> OutputFile::append(Bytes octets) {
  size_ += octets.size();
  if (octets.size() > kBufferBytes - used_) {
    if (Result<void> flushed = flush(); !flushed) return flushed;
    if (octets.size() > kBufferBytes) return write_all(octets);
  }
  if (octets.empty()) return {};
  std::memcpy(buffer_.get() + used_, octets.data(), octets.size());
  used_ += octets.size();
  return {};
}

Result<void> OutputFile::flush() {
  // Emptied in any case: after a failure nothing is written a second time.
  return write_all({buffer_.get(), std::exchange(used_, 0)});
}

Result<void> OutputFile::write_all(Bytes octets) {
  while (!octets.empty()) {
    const ssize_t n = ::write(fd_, octets.data(), octets.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return write_error(name_);
    }
    octets = octets.subspan(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void> OutputFile::close() {
  Result<void> flushed = flush();
  fd_ = -1;
  // The descriptor is gone whatever close(2) says (Linux), so there is no second try after EINTR.
  if (owned_ && ::close(owned_.release()) != 0 && errno != EINTR && flushed) return write_error(name_);
  return flushed;
}

}  // namespace gtp::capture
