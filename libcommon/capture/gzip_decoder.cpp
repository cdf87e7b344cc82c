// SPDX-License-Identifier: GPL-2.0-or-later
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <limits>

#include "libcommon/capture/decoders.hpp"

namespace gtp::capture {
namespace {

constexpr int kGzipOnly = 15 + 16;  // window bits, and 16 for the gzip wrapper (zlib.h, inflateInit2)

uInt clamp(std::size_t n) noexcept {
  return static_cast<uInt>(std::min<std::size_t>(n, std::numeric_limits<uInt>::max()));
}

class GzipDecoder final : public ChunkDecoder {
 public:
  GzipDecoder() : usable_(::inflateInit2(&stream_, kGzipOnly) == Z_OK) {}
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;
  ~GzipDecoder() override { ::inflateEnd(&stream_); }

  Step decode(Bytes in, std::span<std::byte> out, bool /*last*/) override {
    if (!usable_) return {0, 0, "no memory for the gzip decompressor"};
    if (state_ == State::trailer) return {in.size(), 0, {}};
    if (in.empty() && state_ != State::inside) return {};
    if (state_ == State::between) {
      // Another member, or padding and other leftovers, which gzip(1) ignores as well.
      if (load_u8(in.data()) != 0x1f) {
        state_ = State::trailer;
        return {in.size(), 0, {}};
      }
      ::inflateReset(&stream_);
    }
    state_ = State::inside;
    stream_.next_in = static_cast<const Bytef*>(static_cast<const void*>(in.data()));
    stream_.avail_in = clamp(in.size());
    stream_.next_out = static_cast<Bytef*>(static_cast<void*>(out.data()));
    stream_.avail_out = clamp(out.size());
    const int outcome = ::inflate(&stream_, Z_NO_FLUSH);
    Step step{clamp(in.size()) - stream_.avail_in, clamp(out.size()) - stream_.avail_out, {}};
    if (outcome == Z_STREAM_END) {
      state_ = State::between;
    } else if (outcome != Z_OK && outcome != Z_BUF_ERROR) {
      step.fault = "the gzip data is damaged";
    }
    return step;
  }

  bool complete() const override { return state_ != State::inside; }

 private:
  enum class State : unsigned char { start, inside, between, trailer };

  z_stream stream_{};
  bool usable_;
  State state_ = State::start;
};

}  // namespace

std::unique_ptr<ChunkDecoder> make_gzip_decoder() { return std::make_unique<GzipDecoder>(); }

}  // namespace gtp::capture
