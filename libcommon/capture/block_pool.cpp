// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/block_pool.hpp"

namespace gtp::capture {

std::shared_ptr<std::byte> BlockPool::take() {
  std::unique_ptr<std::byte[]> block;
  {
    const std::lock_guard lock(mutex_);
    if (!free_.empty()) {
      block = std::move(free_.back());
      free_.pop_back();
    }
  }
  if (!block) block = std::make_unique_for_overwrite<std::byte[]>(kBlockBytes);
  return {block.release(),
          [pool = shared_from_this()](std::byte* p) { pool->give_back(std::unique_ptr<std::byte[]>(p)); }};
}

void BlockPool::give_back(std::unique_ptr<std::byte[]> block) {
  const std::lock_guard lock(mutex_);
  if (free_.size() < kMaxFree) free_.push_back(std::move(block));
}

}  // namespace gtp::capture
