// SPDX-License-Identifier: GPL-2.0-or-later
//
// ChunkDecoder: the seam between decompress.cpp and the three libraries, each in a file of its own.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "libcommon/util/bytes.hpp"

namespace gtp::capture {

class ChunkDecoder {
 public:
  struct Step {
    std::size_t consumed = 0;
    std::size_t produced = 0;
    std::string_view fault;  // why this can not go on, static storage; empty: all is well
  };

  virtual ~ChunkDecoder() = default;

  // Decodes as much of [in] as fits into [out] (never empty). [last]: no input follows. Members or frames that follow
  // one another count as one stream.
  virtual Step decode(Bytes in, std::span<std::byte> out, bool last) = 0;

  // May the input end here?
  virtual bool complete() const = 0;
};

std::unique_ptr<ChunkDecoder> make_gzip_decoder();
std::unique_ptr<ChunkDecoder> make_zstd_decoder();
std::unique_ptr<ChunkDecoder> make_xz_decoder();

}  // namespace gtp::capture
