// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/app/input.hpp"

#include <sys/stat.h>

#include <algorithm>

namespace gtp::dump {
namespace {

// A batch stays in the second-level cache from decoding to formatting, and is large enough to make locking free.
constexpr std::size_t kBatchPackets = 1024;

// Octets of a regular file, 0 for what cannot be read twice.
std::uint64_t regular_size(const std::string& path) {
  struct stat status {};
  const bool regular = path != "-" && stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
  return regular ? static_cast<std::uint64_t>(status.st_size) : 0;
}

}  // namespace

Result<void> Input::open(int wake_fd) {
  wake_fd_ = wake_fd;
  if (!options_.interface.empty()) {
    capture::LiveOptions live;
    live.interface = options_.interface;
    live.filter = options_.bpf;
    live.gtp_only = options_.bpf.empty();
    for (const packet::PortRule& rule : options_.ports) live.more_ports.push_back(rule.port);
    live.promiscuous = options_.promiscuous;
    live.wake_fd = wake_fd;
    auto opened = capture::open_live(live);
    if (!opened) return std::move(opened).error();
    live_ = opened->get();
    source_ = *std::move(opened);
    if (options_.duration_s > 0) {
      deadline_ = std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::nanoseconds>(
                                                         std::chrono::duration<double>(options_.duration_s));
    }
    return {};
  }
  if (!options_.bpf.empty()) {
    auto compiled = capture::BpfFilter::compile(options_.bpf);
    if (!compiled) return std::move(compiled).error();
    bpf_ = *std::move(compiled);
  }
  for (const std::string& file : options_.files) total_octets_ += regular_size(file);
  auto opened = next_file();
  if (!opened) return std::move(opened).error();
  return {};
}

Result<void> Input::rewind() {
  source_.reset();
  next_file_ = 0;
  frames_ = first_frame_ = finished_octets_ = 0;
  first_time_ns_ = previous_time_ns_ = 0;
  done_octets_ = 0;
  auto opened = next_file();
  if (!opened) return std::move(opened).error();
  return {};
}

bool Input::rewindable() const noexcept {
  return live_ == nullptr && std::all_of(options_.files.begin(), options_.files.end(),
                                         [](const std::string& f) { return regular_size(f) != 0; });
}

const capture::Interface* Input::first_interface() const {
  return source_ && source_->interface_count() != 0 ? &source_->interface(0) : nullptr;
}

Result<bool> Input::next_file() {
  if (source_) finished_octets_ += source_->progress().done;
  first_frame_ = frames_;
  source_.reset();
  source_interfaces_.clear();
  if (next_file_ == options_.files.size()) return false;
  auto source = capture::open_file(options_.files[next_file_++], {.wake_fd = wake_fd_});
  if (!source) return std::move(source).error();
  source_ = *std::move(source);
  return true;
}

// Interfaces of all files get numbers of their own, so that packets of several files can go to one.
const capture::Interface* Input::intern(std::uint32_t index) {
  constexpr std::uint32_t kUnknown = UINT32_MAX;
  if (source_interfaces_.size() <= index) source_interfaces_.resize(index + 1, kUnknown);
  if (source_interfaces_[index] == kUnknown) {
    source_interfaces_[index] = static_cast<std::uint32_t>(interfaces_.size());
    interfaces_.push_back(source_->interface(index));
  }
  return &interfaces_[source_interfaces_[index]];
}

// Drops what --bpf does not want. Frames are numbered by the source, as they stand in the file.
Result<void> Input::filter(capture::RawBatch& batch, std::vector<std::uint64_t>& frames) {
  std::size_t kept = 0;
  for (const capture::RawPacket& packet : batch.packets) {
    frames_ = first_frame_ + packet.number;
    if (bpf_) {
      auto matches = bpf_->matches(packet);
      if (!matches) return std::move(matches).error();
      if (!*matches) continue;
    }
    frames.push_back(frames_);
    batch.packets[kept++] = packet;
  }
  batch.packets.resize(kept);
  return {};
}

Result<bool> Input::read(Batch& batch) {
  if (std::chrono::steady_clock::now() >= deadline_) return false;
  while (source_) {
    Result<bool> more = source_->next(batch.raw, kBatchPackets);
    if (!more) return more;
    if (*more) break;
    if (live_ != nullptr) return false;
    Result<bool> opened = next_file();
    if (!opened) return opened;
  }
  if (!source_) return false;
  done_octets_ = finished_octets_ + source_->progress().done;

  batch.frames.clear();
  if (auto filtered = filter(batch.raw, batch.frames); !filtered) return std::move(filtered).error();
  batch.count = batch.raw.packets.size();
  if (batch.items.size() < batch.count) batch.items.resize(batch.count);
  batch.reassembled.clear();
  batch.text.clear();
  for (std::size_t i = 0; i < batch.count; ++i) {
    Item& item = batch.items[i];
    item.raw = batch.raw.packets[i];
    item.interface = intern(item.raw.interface);
    item.raw.interface = source_interfaces_[item.raw.interface];
    item.frame = batch.frames[i];
    if (first_time_ns_ == 0) first_time_ns_ = previous_time_ns_ = item.raw.time_ns;
    item.first_time_ns = first_time_ns_;
    item.previous_time_ns = previous_time_ns_;
    previous_time_ns_ = item.raw.time_ns;
    item.annotations.clear();
    item.selected = false;
  }
  return true;
}

std::optional<capture::LiveStatistics> Input::statistics() {
  if (live_ == nullptr) return std::nullopt;
  auto statistics = live_->statistics();
  if (!statistics) return std::nullopt;
  return *statistics;
}

}  // namespace gtp::dump
