// SPDX-License-Identifier: GPL-2.0-or-later
//
// MemoryStream: octets in memory as a file reader sees a pipe, in pieces. And drain(), which reads all packets of a
// source and checks them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "libcommon/capture/byte_stream.hpp"
#include "libcommon/capture/record_source.hpp"
#include "tests/fuzz/require.hpp"

namespace gtp::fuzz {

class MemoryStream final : public capture::ByteStream {
 public:
  // [piece]: octets per read, at least 1. [octets] outlive the stream.
  MemoryStream(Bytes octets, std::size_t piece) noexcept : octets_(octets), piece_(piece) {}

  Result<std::size_t> read(std::span<std::byte> into) override {
    const std::size_t n = std::min({into.size(), piece_, octets_.size()});
    std::copy_n(octets_.begin(), n, into.begin());
    octets_ = octets_.subspan(n);
    return n;
  }
  capture::Progress progress() const override { return {}; }

 private:
  Bytes octets_;
  std::size_t piece_;
};

// Short pieces for some inputs, so that records are cut by reads too.
inline std::unique_ptr<capture::ByteStream> as_stream(Bytes octets) {
  const std::size_t piece = octets.size() % 4 == 0 ? 7 : 4096;
  return std::make_unique<MemoryStream>(octets, piece);
}

inline void drain(Result<std::unique_ptr<capture::PacketSource>> opened) {
  if (!opened) {
    require(!opened.error().what.empty(), "an error says what is wrong");
    return;
  }
  capture::PacketSource& source = **opened;
  capture::RawBatch batch;
  std::uint64_t number = 0;
  volatile unsigned touched = 0;
  for (;;) {
    const Result<bool> more = source.next(batch, 16);
    if (!more || !*more) break;
    require(batch.packets.size() <= 16, "a batch keeps to its limit");
    for (const capture::RawPacket& packet : batch.packets) {
      require(packet.number > number, "numbers grow");
      number = packet.number;
      require(packet.octets.size() <= capture::kMaxFrameBytes, "a frame keeps to its limit");
      require(packet.interface < source.interface_count(), "a packet's interface is known");
      for (const std::byte octet : packet.octets) touched = touched + load_u8(&octet);
    }
  }
}

}  // namespace gtp::fuzz
