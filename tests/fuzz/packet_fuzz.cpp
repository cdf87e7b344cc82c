// SPDX-License-Identifier: GPL-2.0-or-later
//
// A frame (frame_input.hpp): what the decoder finds, and everything that is printed about it.
#include <cstddef>
#include <cstdint>

#include "libcommon/packet/decoder.hpp"
#include "tests/fuzz/frame_input.hpp"
#include "tests/fuzz/printing.hpp"

namespace gtp::fuzz {
namespace {

bool holds(Bytes whole, Bytes part) {
  return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

void check(const packet::Packet& packet, Bytes frame) {
  require(packet.layers.size() <= static_cast<std::size_t>(packet::kMaxLayers) * 2, "the layers are bounded");
  for (const packet::Layer& layer : packet.layers) {
    require(holds(frame, layer.message), "a message lies in its frame");
    require(layer.message.empty() || frame.data() + layer.offset == layer.message.data(), "it lies where it says");
    require(holds(frame, layer.inner.octets), "a T-PDU lies in its frame");
    require(layer.header.body_end <= layer.message.size(), "the body lies in the message");
  }
  if (packet.has_fragment) require(holds(frame, packet.fragment.payload), "a fragment lies in its frame");
}

}  // namespace
}  // namespace gtp::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace gtp;
  static const packet::Decoder decoder({{5000, packet::PortUse::gtp_u}});
  static const capture::Interface interface = {
      .link_type = packet::LinkType::ethernet, .snap_length = 0, .name = "eth0"};
  static fuzz::Printers printers;
  if (size == 0) return 0;

  dump::Item item;
  item.interface = &interface;
  item.frame = 1;
  item.raw.number = 1;
  item.raw.link_type = fuzz::link_type(data[0] & 0x0fU);
  item.raw.octets = std::as_bytes(std::span(data, size)).subspan(1);
  // The high bits say how much the capture left out.
  item.raw.wire_length = static_cast<std::uint32_t>(item.raw.octets.size() + (data[0] >> 4) * 10U);
  decoder.decode(item.raw.link_type, item.raw.octets, item.raw.wire_length, item.packet);
  fuzz::check(item.packet, item.raw.octets);
  printers.print(item);
  return 0;
}
