// SPDX-License-Identifier: GPL-2.0-or-later
//
// Decompressors as streams over streams. What their input holds comes out before they ask for more, so a compressed
// live capture is shown as it comes, too. Memory is bounded by the formats' windows (zstd 128 MiB, xz kMaxXzMemory).
#pragma once

#include "libcommon/capture/byte_stream.hpp"

namespace gtp::capture {

enum class Compression : std::uint8_t { none, gzip, zstd, xz };

// By the magic number; [start] are the first octets of a file, 6 are enough.
Compression compression_of(Bytes start) noexcept;
inline constexpr std::size_t kCompressionMagicBytes = 6;

inline constexpr std::uint64_t kMaxXzMemory = std::uint64_t{512} << 20;

// [name] is for messages. Data that ends early is an Error, after all that could be had of it.
Result<std::unique_ptr<ByteStream>> decompress(Compression compression, std::string name,
                                               std::unique_ptr<ByteStream> input);

}  // namespace gtp::capture
