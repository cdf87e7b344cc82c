// SPDX-License-Identifier: GPL-2.0-or-later
//
// A file compressed with gzip, zstd or xz, and the pcap file that may be in it.
#include "libcommon/capture/decompress.hpp"
#include "tests/fuzz/memory_stream.hpp"

namespace {

// What a small input may grow to here; real files are read to their end.
constexpr std::size_t kMaxOctets = 1U << 20;

class Bounded final : public gtp::capture::ByteStream {
 public:
  explicit Bounded(std::unique_ptr<ByteStream> inner) : inner_(std::move(inner)) {}
  gtp::Result<std::size_t> read(std::span<std::byte> into) override {
    if (left_ == 0) return std::size_t{0};
    gtp::Result<std::size_t> got = inner_->read(into.first(std::min(into.size(), left_)));
    if (got) {
      gtp::fuzz::require(*got <= left_, "a read keeps to its room");
      left_ -= *got;
    }
    return got;
  }
  gtp::capture::Progress progress() const override { return inner_->progress(); }

 private:
  std::unique_ptr<ByteStream> inner_;
  std::size_t left_ = kMaxOctets;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  const Bytes file = std::as_bytes(std::span(data, size));
  const capture::Compression compression = capture::compression_of(file);
  if (compression == capture::Compression::none) return 0;
  auto stream = std::make_unique<Bounded>(capture::decompress(compression, "fuzz", fuzz::as_stream(file)));
  fuzz::drain(capture::open_pcap("fuzz", capture::BlockReader(std::move(stream))));
  return 0;
}
