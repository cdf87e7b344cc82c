// SPDX-License-Identifier: GPL-2.0-or-later
#include <zstd.h>
#include <zstd_errors.h>

#include "libcommon/capture/decoders.hpp"

namespace gtp::capture {
namespace {

class ZstdDecoder final : public ChunkDecoder {
 public:
  Step decode(Bytes in, std::span<std::byte> out, bool /*last*/) override {
    if (!context_) return {0, 0, "no memory for the zstd decompressor"};
    if (!fault_.empty()) return {0, 0, fault_};
    ZSTD_inBuffer source{in.data(), in.size(), 0};
    ZSTD_outBuffer sink{out.data(), out.size(), 0};
    // Also without input: the frame may have more output than the last call had room for.
    const std::size_t outcome = ::ZSTD_decompressStream(context_.get(), &sink, &source);
    if (::ZSTD_isError(outcome) != 0) {
      fault_ = ::ZSTD_getErrorCode(outcome) == ZSTD_error_frameParameter_windowTooLarge
                   ? "the zstd data needs more than 128 MiB to decompress"
                   : "the zstd data is damaged";
    } else if (source.pos != 0 || sink.pos != 0) {
      complete_ = outcome == 0;
    }
    return {source.pos, sink.pos, fault_};
  }

  bool complete() const override { return complete_; }

 private:
  struct Free {
    void operator()(ZSTD_DCtx* context) const noexcept { ::ZSTD_freeDCtx(context); }
  };

  std::unique_ptr<ZSTD_DCtx, Free> context_{::ZSTD_createDCtx()};
  std::string_view fault_;
  bool complete_ = false;
};

}  // namespace

std::unique_ptr<ChunkDecoder> make_zstd_decoder() { return std::make_unique<ZstdDecoder>(); }

}  // namespace gtp::capture
