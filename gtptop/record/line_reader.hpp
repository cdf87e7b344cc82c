// SPDX-License-Identifier: GPL-2.0-or-later
//
// LineReader: the lines of a recording, compressed or not, from a file or standard input ("-"). One thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/capture/byte_stream.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::top {

class LineReader {
 public:
  static constexpr std::size_t kLongestLine = 65536;

  static Result<LineReader> open(const std::string& path);

  // The next line without its end, good until the next call; one that is empty when there is no more. A file that was
  // cut off gives all its whole lines first, then an error.
  Result<std::string_view> next();
  bool ended() const noexcept { return ended_; }
  std::uint64_t number() const noexcept { return number_; }

 private:
  LineReader(std::string name, std::unique_ptr<capture::ByteStream> stream);
  Result<bool> fill();

  std::string name_;
  std::unique_ptr<capture::ByteStream> stream_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::uint64_t number_ = 0;
  bool ended_ = false;
};

}  // namespace gtp::top
