// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/app/input.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace gtp::dump {
namespace {
// A batch stays in the second-level cache from decoding to formatting, and is large enough to make locking free.
constexpr std::size_t kBatchPackets = 512;
}  // namespace

Result<void> Input::open() {
  if (source_) return {};
  auto opened = next_file();
  if (!opened) return std::move(opened).error();
  return {};
}

Result<bool> Input::next_file() {
  if (source_) finished_octets_ += source_->progress().done;
  source_.reset();
  if (next_file_ == files_.size()) return false;
  auto source = capture::open_file(files_[next_file_++]);
  if (!source) return std::move(source).error();
  source_ = *std::move(source);
  return true;
}

Result<bool> Input::read(Batch& batch) {
  while (source_) {
    Result<bool> more = source_->next(batch.raw, kBatchPackets);
    if (!more) return more;
    if (*more) break;
    Result<bool> opened = next_file();
    if (!opened) return opened;
  }
  if (!source_) return false;
  batch.count = batch.raw.packets.size();
  if (batch.items.size() < batch.count) batch.items.resize(batch.count);
  batch.reassembled.clear();
  batch.text.clear();
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    item.raw = batch.raw.packets[i];
    item.frame = ++frames_;
    if (frames_ == 1) first_time_ns_ = previous_time_ns_ = item.raw.time_ns;
    item.first_time_ns = first_time_ns_;
    item.previous_time_ns = previous_time_ns_;
    previous_time_ns_ = item.raw.time_ns;
    item.annotations.clear();
    item.selected = false;
  }
  return true;
}

bool Input::rewindable() const noexcept {
  return std::all_of(files_.begin(), files_.end(), [](const std::string& path) {
    struct stat status {};
    return path != "-" && stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  });
}

}  // namespace gtp::dump
