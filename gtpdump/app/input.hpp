// SPDX-License-Identifier: GPL-2.0-or-later
//
// Input: all files of the command line, one after another, or a live capture, as one stream of numbered packets.
//
// read() is called by one thread at a time. progress() may be called by any.
#pragma once

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gtpdump/item.hpp"
#include "gtpdump/options.hpp"
#include "libcommon/capture/bpf_filter.hpp"
#include "libcommon/capture/live.hpp"
#include "libcommon/capture/source.hpp"

namespace gtp::dump {

class Input {
 public:
  explicit Input(const Options& options) : options_(options) {}

  // Opens the first file or the interface; what cannot be opened is an error before anything is printed. [wake_fd]
  // ends a live capture when it becomes readable.
  Result<void> open(int wake_fd);
  // Starts over from the first file, for a second pass.
  Result<void> rewind();
  // Can it be read twice?
  bool rewindable() const noexcept;

  // Fills the batch with packets that carry their number and the times around them. A live capture gives an empty
  // batch now and then.
  Result<bool> read(Batch& batch);

  capture::Progress progress() const noexcept { return {done_octets_.load(), total_octets_}; }
  std::uint64_t frames() const noexcept { return frames_.load(); }
  bool is_live() const noexcept { return live_ != nullptr; }
  // What the first input says about itself before its first packet; null for pcapng, which describes interfaces later.
  const capture::Interface* first_interface() const;
  // What a live capture lost; nothing for files.
  std::optional<capture::LiveStatistics> statistics();

 private:
  Result<bool> next_file();
  Result<void> filter(capture::RawBatch& batch, std::vector<std::uint64_t>& frames);
  const capture::Interface* intern(std::uint32_t index);

  const Options& options_;
  int wake_fd_ = -1;
  std::size_t next_file_ = 0;
  std::unique_ptr<capture::PacketSource> source_;
  capture::LiveSource* live_ = nullptr;
  std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
  std::optional<capture::BpfFilter> bpf_;
  std::deque<capture::Interface> interfaces_;     // of all files
  std::vector<std::uint32_t> source_interfaces_;  // number in interfaces_ of each of the present file
  std::atomic<std::uint64_t> frames_ = 0;
  std::uint64_t first_frame_ = 0;  // of the present file, less one
  std::uint64_t first_time_ns_ = 0;
  std::uint64_t previous_time_ns_ = 0;
  std::uint64_t finished_octets_ = 0;
  std::uint64_t total_octets_ = 0;
  std::atomic<std::uint64_t> done_octets_ = 0;
};

}  // namespace gtp::dump
