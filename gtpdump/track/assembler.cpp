// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/track/assembler.hpp"

#include "libcommon/util/hash.hpp"

namespace gtp::dump {
namespace {

// Inner fragments of different tunnels must not meet, even when their addresses are the same.
std::uint64_t scope_of(const packet::Packet& packet) noexcept {
  if (!packet.fragment.inner || packet.layers.empty()) return 0;
  const packet::Layer& layer = packet.layers.back();
  const std::uint64_t tunnel = layer.header.has_teid ? layer.header.teid : layer.header.tid;
  return mix64(layer.src.hash() ^ mix64(layer.dst.hash()) ^ tunnel) | 1;
}

}  // namespace

void Assembler::complete(Item& item, Batch& batch) {
  // A reassembled datagram may itself hold a fragment: inside the tunnel, of a tunnel that was fragmented too.
  for (int depth = 0; item.packet.has_fragment && depth < packet::kMaxLayers; ++depth) {
    packet::Reassembled whole;
    if (!reassembler_.add(item.packet.fragment, scope_of(item.packet), item.frame, item.raw.time_ns, whole)) return;
    packet::Packet& packet = item.packet;
    packet.has_fragment = false;
    const packet::FragmentList frames = {static_cast<std::uint32_t>(packet.fragment_frames.size()),
                                         static_cast<std::uint32_t>(whole.frames.size())};
    packet.fragment_frames.insert(packet.fragment_frames.end(), whole.frames.begin(), whole.frames.end());
    const std::size_t first_new = packet.layers.size();
    if (whole.first.inner && first_new != 0) packet.layers.back().inner_fragments = frames;
    decoder_.decode_reassembled(whole.first, whole.first.payload, packet);
    // The first message of the datagram and what is piggybacked on it; GTP inside that has an IP header of its own.
    for (std::size_t i = first_new; !whole.first.inner && i < packet.layers.size(); ++i) {
      if (i != first_new && !packet.layers[i].piggybacked) break;
      packet.layers[i].outer_fragments = frames;
    }
    batch.reassembled.push_back(std::move(whole.buffer));
  }
}

}  // namespace gtp::dump
