// SPDX-License-Identifier: GPL-2.0-or-later
//
// OutputFile: octets to a file or standard output through one buffer of 1 MiB, so that a record costs a copy and no
// system call. Owns the buffer and, unless it is standard output, the file. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::capture {

class OutputFile {
 public:
  // Creates or empties [path]; "-" is standard output.
  static Result<OutputFile> create(const std::string& path);

  OutputFile(OutputFile&&) = default;
  OutputFile& operator=(OutputFile&&) = default;
  // Writes nothing: what is not flushed or closed is lost, because nobody could be told that it failed.
  ~OutputFile() = default;

  Result<void> append(Bytes octets);
  Result<void> flush();
  // Flushes and closes. Some file systems tell only here that the disk is full.
  Result<void> close();

  // Octets appended so far.
  std::uint64_t size() const noexcept { return size_; }

 private:
  OutputFile(std::string name, Fd owned, int fd);
  Result<void> write_all(Bytes octets);

  std::string name_;
  Fd owned_;
  int fd_;
  std::unique_ptr<std::byte[]> buffer_;
  std::size_t used_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace gtp::capture
