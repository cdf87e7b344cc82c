// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/replay/extract.hpp"

#include "libcommon/packet/ip_header.hpp"
#include "libcommon/packet/link_layer.hpp"

namespace gtp::gen::replay {

Extractor::Out Extractor::extract(const capture::RawPacket& packet) {
  if (wanted_ == Wanted::ip) return extract_ip(packet);
  decoder_.decode(packet.link_type, packet.octets, packet.wire_length, decoded_);
  if (!decoded_.layers.empty() || !decoded_.has_fragment) return extract_message();
  if (!reassembler_.add(decoded_.fragment, 0, packet.number, packet.time_ns, reassembled_)) {
    return {Skip::fragment, {}, 0};
  }
  decoder_.decode_reassembled(reassembled_.first, reassembled_.first.payload, decoded_);
  return extract_message();
}

Extractor::Out Extractor::extract_message() {
  if (decoded_.layers.empty()) {
    const bool broken = decoded_.rejected != packet::Packet::Rejected::no;
    return {broken ? Skip::malformed : Skip::other, {}, 0};
  }
  // The outermost message: what is in its tunnel goes with it.
  const packet::Layer& layer = decoded_.layers.front();
  const wire::Header& header = layer.header;
  if (layer.quoted || header.protocol != wire::Protocol::gtpv1_u) return {};
  if (header.faults.has(wire::Fault::captured_short)) return {Skip::cut, {}, 0};
  const bool g_pdu = wire::carries_t_pdu(header);
  if (wanted_ == Wanted::g_pdu && !g_pdu) return {};
  if (header.faults.malformed() || header.faults.has(wire::Fault::length_beyond_packet)) {
    return {Skip::malformed, {}, 0};
  }
  return {Skip::none, layer.message.first(header.body_end), g_pdu ? header.body_offset : 0U};
}

Extractor::Out Extractor::extract_ip(const capture::RawPacket& packet) {
  decoded_.clear();
  packet::View view{packet.octets, packet.wire_length, 0};
  if (!packet::skip_link_layer(packet.link_type, view, decoded_)) return {};
  packet::IpHeader ip;
  switch (packet::read_ip_header(view, ip)) {
    case packet::IpStatus::not_ip:
      return {};
    case packet::IpStatus::malformed:
      return {Skip::malformed, {}, 0};
    case packet::IpStatus::cut:
      return {Skip::cut, {}, 0};
    case packet::IpStatus::ok:
      break;
  }
  // Behind the packet there may be padding of the link.
  const std::size_t length = ip.has_length ? ip.length : view.wire;
  if (length > view.wire) return {Skip::malformed, {}, 0};
  if (length > view.size()) return {Skip::cut, {}, 0};
  return {Skip::none, view.octets.first(length), 0};
}

}  // namespace gtp::gen::replay
