// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/decompress.hpp"

#include <array>

#include "libcommon/capture/decoders.hpp"

namespace gtp::capture {
namespace {

// From octets of [input] to octets for the reader, by whatever library [decoder] stands for.
class DecodedStream final : public ByteStream {
 public:
  DecodedStream(std::string name, std::unique_ptr<ByteStream> input, std::unique_ptr<ChunkDecoder> decoder)
      : name_(std::move(name)), input_(std::move(input)), decoder_(std::move(decoder)) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    for (;;) {
      ChunkDecoder::Step step = decoder_->decode(rest_, into, input_ended_);
      rest_ = rest_.subspan(step.consumed);
      // What was made before a fault comes first; the decoder reports the fault again at the next call.
      if (step.produced != 0) return step.produced;
      if (!step.fault.empty()) return Error{ErrorCode::failed, 0, name_ + ": " + std::string(step.fault), {}};
      if (!rest_.empty()) {
        if (step.consumed != 0) continue;
        return Error{ErrorCode::failed, 0, name_ + ": the compressed data leads nowhere", {}};
      }
      if (input_ended_) {
        if (decoder_->complete()) return std::size_t{0};
        return Error{ErrorCode::failed, 0, name_ + ": the compressed data is cut short", {}};
      }
      Result<std::size_t> got = input_->read(chunk_);
      if (!got) return std::move(got).error();
      input_ended_ = *got == 0;
      rest_ = Bytes(chunk_).first(*got);
    }
  }

  Progress progress() const override { return input_->progress(); }

 private:
  std::string name_;
  std::unique_ptr<ByteStream> input_;
  std::unique_ptr<ChunkDecoder> decoder_;
  std::array<std::byte, std::size_t{128} << 10> chunk_{};
  Bytes rest_;  // of chunk_, not yet decoded
  bool input_ended_ = false;
};

bool starts_with(Bytes data, std::initializer_list<std::uint8_t> magic) noexcept {
  if (data.size() < magic.size()) return false;
  std::size_t at = 0;
  for (const std::uint8_t octet : magic) {
    if (load_u8(data.data() + at++) != octet) return false;
  }
  return true;
}

}  // namespace

Compression compression_of(Bytes start) noexcept {
  if (starts_with(start, {0x1f, 0x8b})) return Compression::gzip;                    // RFC 1952, 2.3.1
  if (starts_with(start, {0x28, 0xb5, 0x2f, 0xfd})) return Compression::zstd;        // RFC 8878, 3.1.1
  if (starts_with(start, {0xfd, '7', 'z', 'X', 'Z', 0x00})) return Compression::xz;  // .xz format, 2.1.1.1
  return Compression::none;
}

std::unique_ptr<ByteStream> decompress(Compression compression, std::string name, std::unique_ptr<ByteStream> input) {
  std::unique_ptr<ChunkDecoder> decoder;
  switch (compression) {
    case Compression::none:
      return input;
    case Compression::gzip:
      decoder = make_gzip_decoder();
      break;
    case Compression::zstd:
      decoder = make_zstd_decoder();
      break;
    case Compression::xz:
      decoder = make_xz_decoder();
      break;
  }
  return std::make_unique<DecodedStream>(std::move(name), std::move(input), std::move(decoder));
}

}  // namespace gtp::capture
