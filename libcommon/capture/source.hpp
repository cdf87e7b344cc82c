// SPDX-License-Identifier: GPL-2.0-or-later
//
// Where packets come from: capture files, compressed files, a pipe, an interface. All behind PacketSource, which hands
// out batches so that the cost per packet is a few loads.
//
// Octets of a batch stay valid as long as the batch's `memory` is held (the blocks they were read into), so a batch may
// be handed to another thread. next() itself is called by one thread at a time. Blocks are 1 MiB and used again when
// the last batch that holds them is gone: resident memory does not grow with the file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "libcommon/packet/link_type.hpp"
#include "libcommon/util/bytes.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::capture {

struct RawPacket {
  std::uint64_t time_ns = 0;  // since 1970
  std::uint32_t wire_length = 0;
  std::uint32_t interface = 0;  // index for PacketSource::interface()
  packet::LinkType link_type = packet::LinkType::ethernet;
  bool has_time = true;      // false: the file says nothing (simple packet blocks of pcapng)
  std::uint64_t number = 0;  // within the source from 1 on, as Wireshark counts: see pcapng_reader.cpp
  Bytes octets;              // what was captured
};

// An interface of a pcapng file, or the only one of a pcap file or a live capture.
struct Interface {
  packet::LinkType link_type = packet::LinkType::ethernet;
  std::uint32_t snap_length = 0;  // 0: unlimited
  std::string name;               // if_name, may be empty
  bool nanoseconds = false;       // resolution of the time stamps
};

struct RawBatch {
  std::vector<RawPacket> packets;
  std::vector<std::shared_ptr<const void>> memory;
  void clear() noexcept {
    packets.clear();
    memory.clear();
  }
};

// Octets read and known to come, for a progress line; total is 0 when it cannot be known.
struct Progress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;
};

class PacketSource {
 public:
  virtual ~PacketSource() = default;

  // Fills [batch] (cleared first) with up to [limit] packets; fewer when more would mean to wait. False: the end. An
  // Error ends the source too, after the packets before the fault have been delivered ("record 17 is cut short").
  // A live source may return true with no packets when its timeout has passed.
  virtual Result<bool> next(RawBatch& batch, std::size_t limit) = 0;

  // Grows while pcapng interface blocks are met; entries never change. Called by the thread that calls next().
  virtual const Interface& interface(std::uint32_t index) const = 0;
  virtual std::uint32_t interface_count() const = 0;

  virtual Progress progress() const { return {}; }
};

struct OpenOptions {
  // While nothing comes out of a pipe, reading also waits for this descriptor to become readable (the read end of
  // sys::Signals) and then ends; -1: none. open_file() itself may be woken: an Error whose `system` is EINTR.
  int wake_fd = -1;
};

// Opens a capture file, "-" for standard input. pcap (both byte orders, us and ns), pcapng; gzip, zstd and xz around
// either are recognised by their magic numbers.
Result<std::unique_ptr<PacketSource>> open_file(const std::string& path, const OpenOptions& options = {});

}  // namespace gtp::capture
