// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/capture/record_source.hpp"

#include <algorithm>

namespace gtp::capture {

Result<bool> RecordSource::next(RawBatch& batch, std::size_t limit) {
  batch.clear();
  if (pending_) return end_with(*std::exchange(pending_, std::nullopt));
  if (ended_) return false;
  limit = std::max<std::size_t>(limit, 1);
  for (;;) {
    Result<std::size_t> needed = parse(batch, limit);
    if (!batch.packets.empty()) {
      if (!needed) pending_ = std::move(needed).error();
      batch.memory.push_back(reader_.memory());
      return true;
    }
    if (!needed) return end_with(std::move(needed).error());
    // Only an empty batch reads on: fill() may change the block, and a live pipe must not hold packets back.
    Result<bool> filled = reader_.fill(*needed);
    if (!filled) return end_with(std::move(filled).error());
    if (*filled) continue;
    ended_ = true;
    if (Result<void> clean = at_end(); !clean) return clean.error();
    return false;
  }
}

Result<bool> RecordSource::end_with(Error error) {
  ended_ = true;
  if (error.system == EINTR) return false;  // woken, not broken
  return error;
}

}  // namespace gtp::capture
