// SPDX-License-Identifier: GPL-2.0-or-later
//
// Input: all files of the command line, one after another, or a live capture, as one stream of numbered packets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gtpdump/item.hpp"
#include "gtpdump/options.hpp"
#include "libcommon/capture/source.hpp"

namespace gtp::dump {

class Input {
 public:
  explicit Input(const Options& options) : files_(options.files) {}

  // Opens the first source; what cannot be opened is an error before anything is printed.
  Result<void> open();
  // Reads from an already opened source instead of files (live capture).
  void use(std::unique_ptr<capture::PacketSource> source) { source_ = std::move(source); }

  // Fills the batch with packets that carry their number and the times around them.
  Result<bool> read(Batch& batch);

  capture::PacketSource* source() noexcept { return source_.get(); }
  std::uint64_t frames() const noexcept { return frames_; }
  // Octets of the files that were read to their end, for the progress line.
  std::uint64_t finished_octets() const noexcept { return finished_octets_; }
  bool rewindable() const noexcept;

 private:
  Result<bool> next_file();

  std::vector<std::string> files_;
  std::size_t next_file_ = 0;
  std::unique_ptr<capture::PacketSource> source_;
  std::uint64_t frames_ = 0;
  std::uint64_t first_time_ns_ = 0;
  std::uint64_t previous_time_ns_ = 0;
  std::uint64_t finished_octets_ = 0;
};

}  // namespace gtp::dump
