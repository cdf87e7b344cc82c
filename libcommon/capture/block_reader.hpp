// SPDX-License-Identifier: GPL-2.0-or-later
//
// BlockReader turns a ByteStream into contiguous octets that live in shared blocks, without a copy per packet:
//
//   block   |...consumed...|...available()...|.....free, filled by the next read.....|
//
// Whoever keeps memory() keeps the block, and may read it from another thread while this one fills the free part. A
// record that does not fit into the rest of its block is moved, alone, to the start of the next one. Blocks go back to
// a pool when the last holder lets go.
//
// Measured on an 820 MB capture of 1,000,000 packets in the page cache (touching the first and last octet of each,
// 2 cores of a small VM): read(2) into 1 MiB blocks 0.07 to 0.10 s and 3 MiB resident; a mapping 0.18 s and 784 MiB;
// a mapping with MADV_POPULATE_READ ahead and MADV_DONTNEED behind 0.22 to 0.24 s. Page table work costs more than
// the copy. read(2) also has no SIGBUS when somebody truncates the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "libcommon/capture/block_pool.hpp"
#include "libcommon/capture/byte_stream.hpp"
#include "libcommon/util/bytes.hpp"

namespace gtp::capture {

class BlockReader {
 public:
  explicit BlockReader(std::unique_ptr<ByteStream> stream);

  Bytes available() const noexcept { return {block_.get() + begin_, end_ - begin_}; }
  void consume(std::size_t n) noexcept { begin_ += n; }

  // Reads until [n] octets are available, a little more when that costs nothing. False: the stream ended before.
  // What available() returned before is stale afterwards. Callers bound [n]: it is what gets allocated.
  Result<bool> fill(std::size_t n);

  std::shared_ptr<const void> memory() const noexcept { return block_; }
  Progress progress() const { return stream_->progress(); }

 private:
  void renew(std::size_t n);

  std::unique_ptr<ByteStream> stream_;
  std::shared_ptr<BlockPool> pool_;
  std::shared_ptr<std::byte> block_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace gtp::capture
