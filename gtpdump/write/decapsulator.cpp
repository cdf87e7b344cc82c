// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpdump/write/decapsulator.hpp"

#include "gtpdump/print/words.hpp"
#include "libcommon/util/hash.hpp"

namespace gtp::dump {

Result<std::unique_ptr<Decapsulator>> Decapsulator::create(const std::string& path) {
  capture::WriterOptions options;
  options.format = capture::FileFormat::pcapng;
  options.application = "gtpdump";
  auto writer = capture::create_writer(path, options);
  if (!writer) return std::move(writer).error();
  return std::unique_ptr<Decapsulator>(new Decapsulator(*std::move(writer)));
}

std::uint32_t Decapsulator::interface_of(const packet::Layer& layer, packet::LinkType link_type) {
  const wire::Header& header = layer.header;
  const std::uint64_t id = header.has_tid ? header.tid : header.teid;
  std::uint64_t key = mix64(layer.dst.hash() ^ mix64(id)) ^ static_cast<std::uint64_t>(link_type);
  const bool full = interfaces_.size() >= kMaxTunnels;
  if (full && !tunnels_.contains(key)) key = static_cast<std::uint64_t>(link_type);
  const auto [row, added] = tunnels_.insert(key, static_cast<std::uint32_t>(interfaces_.size()));
  if (added) {
    TextBuffer name;
    if (full) {
      name.put("other tunnels");
    } else {
      if (header.has_tid) {
        put_tbcd(name, header.tid);
      } else {
        name.put("0x");
        name.put_hex(id, 8);
      }
      name.put(' ');
      name.put_address(layer.dst);
    }
    interfaces_.push_back({link_type, 0, std::string(name.view()), true});
  }
  return *row;
}

Result<void> Decapsulator::write(const Item& item) {
  // Only the outermost tunnel is taken off; what is inside may be a tunnel again.
  for (const packet::Layer& layer : item.packet.layers) {
    const packet::Inner& inner = layer.inner;
    using Payload = packet::Inner::Payload;
    if (layer.quoted || inner.octets.empty()) continue;
    if (inner.payload != Payload::ip && inner.payload != Payload::ethernet) continue;
    const bool ip = inner.payload == Payload::ip;
    capture::RawPacket packet;
    packet.time_ns = item.raw.time_ns;
    packet.octets = inner.octets;
    packet.wire_length = static_cast<std::uint32_t>(inner.octets.size());
    if (ip && inner.truncated && inner.length > packet.wire_length) packet.wire_length = inner.length;
    packet.link_type = ip ? packet::LinkType::raw : packet::LinkType::ethernet;
    packet.interface = interface_of(layer, packet.link_type);
    return writer_->write(packet, interfaces_[packet.interface]);
  }
  return {};
}

}  // namespace gtp::dump
