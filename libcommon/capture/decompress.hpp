// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decompressors as streams over streams. What their input holds comes out before they ask for more, so a compressed
// live capture is shown as it comes, too. Memory is bounded: gzip 32 KiB, zstd 128 MiB (files made with --long=28 and
// more are refused), xz 512 MiB.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "libcommon/capture/byte_stream.hpp"

namespace gtp::capture {

enum class Compression : std::uint8_t { none, gzip, zstd, xz };

// By the magic number; [start] are the first octets of a file, kCompressionMagicBytes are enough.
Compression compression_of(Bytes start) noexcept;
inline constexpr std::size_t kCompressionMagicBytes = 6;

// [name] is for messages. Data that ends early or is damaged is an Error, after all that could be had of it.
std::unique_ptr<ByteStream> decompress(Compression compression, std::string name, std::unique_ptr<ByteStream> input);

}  // namespace gtp::capture
