// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/block_reader.hpp"

#include <cstring>

namespace gtp::capture {

BlockReader::BlockReader(std::unique_ptr<ByteStream> stream)
    : stream_(std::move(stream)), pool_(std::make_shared<BlockPool>()) {}

Result<bool> BlockReader::fill(std::size_t n) {
  while (end_ - begin_ < n) {
    if (capacity_ - begin_ < n) renew(n);
    Result<std::size_t> got = stream_->read({block_.get() + end_, capacity_ - end_});
    if (!got) return std::move(got).error();
    if (*got == 0) return false;
    end_ += *got;
  }
  return true;
}

void BlockReader::renew(std::size_t n) {
  const std::size_t left = end_ - begin_;
  std::shared_ptr<std::byte> next;
  if (n <= kBlockBytes) {
    next = pool_->take();
    capacity_ = kBlockBytes;
  } else {
    next = {new std::byte[n], std::default_delete<std::byte[]>()};
    capacity_ = n;
  }
  if (left != 0) std::memcpy(next.get(), block_.get() + begin_, left);
  block_ = std::move(next);
  begin_ = 0;
  end_ = left;
}

}  // namespace gtp::capture
