// SPDX-License-Identifier: GPL-2.0-or-later
//
// Assembler: completes packets that stopped at an IP fragment. The packet in which a datagram becomes complete gets its
// messages; the others keep what they had. One thread, in order.
#pragma once

#include <cstdint>

#include "gtpdump/item.hpp"
#include "libcommon/packet/decoder.hpp"
#include "libcommon/packet/reassembler.hpp"

namespace gtp::dump {

class Assembler {
 public:
  explicit Assembler(const packet::Decoder& decoder) : decoder_(decoder) {}

  // The buffers of complete datagrams go to the batch, which lives as long as its packets.
  void complete(Item& item, Batch& batch);

  std::uint64_t dropped() const noexcept { return reassembler_.dropped(); }

 private:
  const packet::Decoder& decoder_;
  packet::Reassembler reassembler_;
};

}  // namespace gtp::dump
