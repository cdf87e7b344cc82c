// SPDX-License-Identifier: GPL-2.0-or-later
//
// What travels through gtpdump's pipeline: batches of packets, each with what has been found out about it so far.
//
//   read (serial) -> decode (parallel) -> track (serial, in order) -> format (parallel) -> write (serial, in order)
//
// A batch is in one stage at a time and owned by the thread that works on it, so nothing in it is locked. Batches are
// reused; their vectors keep their memory.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "gtpdump/track/annotation.hpp"
#include "libcommon/capture/source.hpp"
#include "libcommon/packet/layer.hpp"
#include "libcommon/packet/reassembler.hpp"
#include "libcommon/util/text_buffer.hpp"

namespace gtp::dump {

struct Item {
  capture::RawPacket raw;
  const capture::Interface* interface = nullptr;  // where it was captured; lives as long as the Input
  std::uint64_t frame = 0;                        // 1-based number over all inputs
  std::uint64_t first_time_ns = 0;                // of the first packet, for relative times
  std::uint64_t previous_time_ns = 0;             // of the packet before, for delta times
  packet::Packet packet;
  std::vector<Annotation> annotations;  // one per layer, or empty when nothing is known
  bool selected = false;                // by the filters; only these are printed and written
};

struct Batch {
  std::uint64_t sequence = 0;  // 0, 1, 2, … in the order of reading
  capture::RawBatch raw;
  std::vector<Item> items;  // the first [count] are in use
  std::size_t count = 0;
  std::vector<std::uint64_t> frames;                      // numbers of raw.packets
  std::vector<std::unique_ptr<std::byte[]>> reassembled;  // buffers that packets of this batch point into
  TextBuffer text;                                        // what the format stage made
};

}  // namespace gtp::dump
