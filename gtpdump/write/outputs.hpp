// SPDX-License-Identifier: GPL-2.0-or-later
//
// Outputs: where the selected packets of a batch go: text to standard output, packets to -w and --decap. Called by the
// write stage: one thread at a time, batches in order.
#pragma once

#include <memory>

#include "gtpdump/item.hpp"
#include "gtpdump/options.hpp"
#include "gtpdump/write/decapsulator.hpp"
#include "gtpdump/write/text_output.hpp"
#include "libcommon/capture/writer.hpp"

namespace gtp::dump {

class Outputs {
 public:
  explicit Outputs(int text_fd) noexcept : text_(text_fd) {}

  // Creates the files, none of which may be an input. [interface] is the first input's, when it is known before the
  // first packet: a pcap file keeps its link type and resolution.
  Result<void> open(const Options& options, const capture::Interface* interface);
  Result<void> write(const Batch& batch, bool live);
  Result<void> put_text(std::string_view text) { return text_.write(text); }
  Result<void> close();

  // Nobody takes more: standard output was closed, or the last file of a rotation is full.
  bool finished() const noexcept { return text_.closed() || closed_ || (packets_ && packets_->finished()); }
  std::uint64_t packets_written() const noexcept { return packets_written_; }

 private:
  Result<void> keep(Result<void> result);

  TextOutput text_;
  std::unique_ptr<capture::PacketWriter> packets_;
  std::unique_ptr<Decapsulator> decap_;
  std::uint64_t packets_written_ = 0;
  bool closed_ = false;  // the reader of -w - went away
};

}  // namespace gtp::dump
