// SPDX-License-Identifier: GPL-2.0-or-later
//
// BlockPool: blocks of kBlockBytes octets that return here when their last holder, on whatever thread, lets go. A lock
// per block, not per packet. Blocks keep the pool alive, not the other way round.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace gtp::capture {

inline constexpr std::size_t kBlockBytes = std::size_t{1} << 20;

class BlockPool : public std::enable_shared_from_this<BlockPool> {
 public:
  // A block of kBlockBytes with undefined content.
  std::shared_ptr<std::byte> take();

 private:
  // More than these are freed: a consumer that fell behind once must not pin memory for ever.
  static constexpr std::size_t kMaxFree = 16;

  void give_back(std::unique_ptr<std::byte[]> block);

  std::mutex mutex_;
  std::vector<std::unique_ptr<std::byte[]>> free_;
};

}  // namespace gtp::capture
