// SPDX-License-Identifier: GPL-2.0-or-later
//
// ByteStream: octets in order from a descriptor or out of a decompressor, under the readers of the file formats.
//
// read() waits until at least one octet is there and delivers what is there, so a capture that is still being written
// into a pipe is shown as it comes. One thread at a time.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "libcommon/capture/source.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::capture {

class ByteStream {
 public:
  virtual ~ByteStream() = default;

  // Reads up to into.size() octets (at least 1 must fit); 0 is the end. An Error whose `system` is EINTR says that
  // somebody woke the reader (OpenOptions::wake_fd).
  virtual Result<std::size_t> read(std::span<std::byte> into) = 0;

  // Position in the file itself, so that a progress line is right for compressed files too.
  virtual Progress progress() const = 0;
};

// A file, "-" for standard input.
Result<std::unique_ptr<ByteStream>> open_stream(const std::string& path, const OpenOptions& options);

// [prefix], which was read from [rest] before, and then [rest].
std::unique_ptr<ByteStream> prepend(std::vector<std::byte> prefix, std::unique_ptr<ByteStream> rest);

// How messages call [path].
std::string display_name(const std::string& path);

}  // namespace gtp::capture
