// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/unwanted.hpp"

#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen {
namespace {

constexpr std::byte kVersionMask{0x1f};
constexpr std::byte kVersion3{0x60};

TrafficPlan smallest(TrafficPlan traffic) {
  traffic.plain = false;
  return traffic;
}
OuterStyle from_gtp(OuterStyle style) {
  style.start = FrameStart::gtp;
  return style;
}

}  // namespace

UnwantedFrames::UnwantedFrames(const TrafficPlan& traffic, const OuterStyle& style, const TunnelPlan& tunnels)
    : traffic_(smallest(traffic)),
      style_(style),
      tunnels_(tunnels),
      g_pdu_(traffic_, from_gtp(style), static_cast<std::uint16_t>(traffic_.smallest_size())),
      message_(g_pdu_.length()),
      frame_(g_pdu_.length() + kEthernetHeader + 48) {}

Bytes UnwantedFrames::make(Unwanted kind, std::uint32_t number, const OuterHeader* outer) noexcept {
  std::size_t length = g_pdu_.length();
  if (kind == Unwanted::echo) {
    ByteWriter out(message_);
    wire::write_echo_request(out, static_cast<std::uint16_t>(number));
    length = out.size();
  } else {
    PacketFields fields;
    fields.tunnel = tunnels_.tunnel(tunnels_.at(number % tunnels_.count()));
    if (kind == Unwanted::unknown_teid) fields.tunnel.teid = tunnels_.foreign_teid(number);
    g_pdu_.fill(message_.data());
    g_pdu_.patch(message_.data(), fields);
    if (kind == Unwanted::bad_version) message_[0] = (message_[0] & kVersionMask) | kVersion3;
    if (kind == Unwanted::truncated) length -= kStampLength;
  }
  const Bytes message = Bytes(message_).first(length);
  if (style_.start == FrameStart::gtp) return message;
  ByteWriter out(frame_);
  if (style_.start == FrameStart::link) write_link_header(out, style_.link, style_.version);
  write_udp_datagram(out, *outer, style_, message);
  return out.view();
}

}  // namespace gtp::gen
