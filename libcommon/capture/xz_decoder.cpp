// SPDX-License-Identifier: GPL-2.0-or-later
#include <lzma.h>

#include "libcommon/capture/decoders.hpp"

namespace gtp::capture {
namespace {

// xz -9 needs 65 MiB; a file may ask for more, an honest one does not.
constexpr std::uint64_t kMaxMemory = std::uint64_t{512} << 20;

class XzDecoder final : public ChunkDecoder {
 public:
  XzDecoder() : usable_(::lzma_stream_decoder(&stream_, kMaxMemory, LZMA_CONCATENATED) == LZMA_OK) {}
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;
  ~XzDecoder() override { ::lzma_end(&stream_); }

  Step decode(Bytes in, std::span<std::byte> out, bool last) override {
    if (!usable_) return {0, 0, "no memory for the xz decompressor"};
    if (complete_) return {in.size(), 0, {}};
    stream_.next_in = static_cast<const std::uint8_t*>(static_cast<const void*>(in.data()));
    stream_.avail_in = in.size();
    stream_.next_out = static_cast<std::uint8_t*>(static_cast<void*>(out.data()));
    stream_.avail_out = out.size();
    const lzma_ret outcome = ::lzma_code(&stream_, last ? LZMA_FINISH : LZMA_RUN);
    return {in.size() - stream_.avail_in, out.size() - stream_.avail_out, fault_of(outcome)};
  }

  bool complete() const override { return complete_; }

 private:
  std::string_view fault_of(lzma_ret outcome) {
    switch (outcome) {
      case LZMA_STREAM_END:
        complete_ = true;
        return {};
      case LZMA_OK:
      case LZMA_BUF_ERROR:  // wants more input or room
        return {};
      case LZMA_MEMLIMIT_ERROR:
        return "the xz data needs more than 512 MiB to decompress";
      case LZMA_MEM_ERROR:
        return "no memory for the xz decompressor";
      default:
        return "the xz data is damaged";
    }
  }

  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool usable_;
  bool complete_ = false;
};

}  // namespace

std::unique_ptr<ChunkDecoder> make_xz_decoder() { return std::make_unique<XzDecoder>(); }

}  // namespace gtp::capture
