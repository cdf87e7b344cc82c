// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/record/line_reader.hpp"

#include <cstring>
#include <span>

#include "libcommon/capture/decompress.hpp"

namespace gtp::top {

LineReader::LineReader(std::string name, std::unique_ptr<capture::ByteStream> stream)
    : name_(std::move(name)), stream_(std::move(stream)), buffer_(2 * kLongestLine) {}

Result<LineReader> LineReader::open(const std::string& path) {
  auto stream = capture::open_stream(path, {});
  if (!stream) return stream.error();
  std::vector<std::byte> start(capture::kCompressionMagicBytes);
  std::size_t have = 0;
  while (have < start.size()) {
    auto got = (*stream)->read(std::span(start).subspan(have));
    if (!got) return got.error();
    if (*got == 0) break;
    have += *got;
  }
  start.resize(have);
  const std::string name = capture::display_name(path);
  const auto compression = capture::compression_of(start);
  auto rest = capture::prepend(std::move(start), *std::move(stream));
  if (compression != capture::Compression::none) rest = capture::decompress(compression, name, std::move(rest));
  return LineReader(name, std::move(rest));
}

Result<bool> LineReader::fill() {
  if (at_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + at_, size_ - at_);
    size_ -= at_;
    at_ = 0;
  }
  if (size_ == buffer_.size()) {
    return Error{ErrorCode::protocol, 0, name_ + ": line " + std::to_string(number_ + 1) + " is too long", {}};
  }
  auto got = stream_->read(std::as_writable_bytes(std::span(buffer_).subspan(size_)));
  if (!got) return got.error();
  size_ += *got;
  return *got != 0;
}

Result<std::string_view> LineReader::next() {
  for (;;) {
    const char* start = buffer_.data() + at_;
    if (const void* end = std::memchr(start, '\n', size_ - at_)) {
      const auto length = static_cast<std::size_t>(static_cast<const char*>(end) - start);
      at_ += length + 1;
      ++number_;
      if (length == 0) continue;
      return std::string_view(start, length);
    }
    auto more = fill();
    if (!more) {
      ended_ = true;
      return more.error();
    }
    if (*more) continue;
    ended_ = true;
    if (size_ != at_) return Error{ErrorCode::protocol, 0, name_ + ": the last line is cut short", {}};
    return std::string_view{};
  }
}

}  // namespace gtp::top
