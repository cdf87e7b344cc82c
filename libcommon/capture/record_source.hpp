// SPDX-License-Identifier: GPL-2.0-or-later
//
// RecordSource: what the pcap and the pcapng reader have in common. A format only says how to cut records out of the
// octets at hand; when to read, what belongs to a batch and how a file that ends in the middle is reported is here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "libcommon/capture/block_reader.hpp"
#include "libcommon/capture/source.hpp"

namespace gtp::capture {

// As long as a frame may be: what libpcap and the tools around it accept (loopback and offload frames are the longest
// real ones, 64 KiB). Whoever claims more has lost the record boundaries.
inline constexpr std::uint32_t kMaxFrameBytes = 262'144;

class RecordSource : public PacketSource {
 public:
  Result<bool> next(RawBatch& batch, std::size_t limit) final;
  const Interface& interface(std::uint32_t index) const final { return interfaces_[index]; }
  std::uint32_t interface_count() const final { return static_cast<std::uint32_t>(interfaces_.size()); }
  Progress progress() const final { return reader_.progress(); }

 protected:
  RecordSource(std::string name, BlockReader reader) : name_(std::move(name)), reader_(std::move(reader)) {}

  // Appends packets until [limit] are there or the next record is incomplete, consuming what was used. Returns how
  // many octets must be available to go on.
  virtual Result<std::size_t> parse(RawBatch& batch, std::size_t limit) = 0;

  // The stream has ended with available() octets that are no whole record: is that a fault?
  virtual Result<void> at_end() const = 0;

  Error fault(std::string what) const { return {ErrorCode::failed, 0, name_ + ": " + std::move(what), {}}; }

  std::string name_;
  BlockReader reader_;
  std::vector<Interface> interfaces_;

 private:
  Result<bool> end_with(Error error);

  std::optional<Error> pending_;  // found behind packets that had to be delivered first
  bool ended_ = false;
};

// The two formats; [reader] stands at the first octet of the file.
Result<std::unique_ptr<PacketSource>> open_pcap(std::string name, BlockReader reader);
Result<std::unique_ptr<PacketSource>> open_pcapng(std::string name, BlockReader reader);

// [name] does not begin like a capture file.
Error not_a_capture(const std::string& name, const std::string& why);
Error unsupported_link_type(const std::string& name, std::uint32_t link_type);

}  // namespace gtp::capture
