// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/xdp_flood_plan.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cassert>
#include <cstring>

namespace gtp::gen {
namespace {

constexpr std::size_t kStampRunAt = 16;

// Two octets as they lie in memory.
std::uint16_t word_at(const std::byte* at) noexcept {
  std::uint16_t word = 0;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The sum that a checksum of the blank frame stands for.
std::uint16_t sum_at(const std::byte* checksum) noexcept { return static_cast<std::uint16_t>(~word_at(checksum)); }

}  // namespace

std::vector<std::byte> blank_frame(const FloodPlan& plan) {
  const FrameLayout layout = plan.frame->layout();
  constexpr std::array<std::byte, 16> kZeros{};
  OuterHeader outer = plan.outer;
  outer.source_port = 0;
  PacketFields fields;
  fields.tunnel.ue = IpAddress::from(Bytes(kZeros).first(layout.inner_v6 ? 16 : 4));
  fields.outer = &outer;
  fields.stamp.run = plan.run;
  std::vector<std::byte> frame(plan.frame->length());
  plan.frame->fill(frame.data());
  plan.frame->patch(frame.data(), fields);
  return frame;
}

flood_plan encode(const FloodPlan& plan) {
  const FrameLayout layout = plan.frame->layout();
  const std::vector<std::byte> frame = blank_frame(plan);
  const std::size_t udp = layout.gtp - 8;
  assert(layout.stamp + kStampLength <= FLOOD_HEADERS && layout.stamp + kStampLength <= frame.size());
  flood_plan out{};
  std::memcpy(out.octets, frame.data(), std::min<std::size_t>(frame.size(), FLOOD_HEADERS));
  out.epoch_ns = plan.epoch_ns;
  out.deadline_ns = plan.end_ns;
  out.limit = plan.limit;
  out.link = plan.link;
  out.flows = plan.flows;
  const std::size_t payload = frame.size() - layout.stamp;
  out.tcp_payload = layout.protocol == InnerProtocol::tcp ? static_cast<std::uint32_t>(payload) : 0;
  out.udp_at = static_cast<std::uint32_t>(udp);
  out.gtp_at = static_cast<std::uint32_t>(layout.gtp);
  out.addresses_at = static_cast<std::uint32_t>(layout.inner + (layout.inner_v6 ? 8 : 12));
  const bool uplink = layout.direction == Direction::uplink;
  out.subscriber = uplink ? 0 : layout.inner_v6 ? 16 : 4;
  out.upper_at = static_cast<std::uint32_t>(layout.upper);
  out.checksum_at = static_cast<std::uint32_t>(layout.checksum);
  const bool icmp = layout.protocol == InnerProtocol::icmp;
  out.port_at = static_cast<std::uint32_t>(layout.upper + (icmp ? 4 : uplink ? 0 : 2));
  out.stamp_at = static_cast<std::uint32_t>(layout.stamp);
  out.port = layout.ue_port;
  if (!layout.inner_v6) out.ip_sum = sum_at(frame.data() + layout.inner + 10);
  // The first flow's port is in this frame, but the program adds each packet's.
  const std::uint32_t upper_sum = std::uint32_t{sum_at(frame.data() + layout.checksum)} +
                                  static_cast<std::uint16_t>(~word_at(frame.data() + out.port_at));
  out.upper_sum = static_cast<std::uint16_t>(upper_sum % 0xffff);
  out.outer_sum = sum_at(frame.data() + udp + 6);
  out.magic = word_at(frame.data() + layout.stamp);
  out.run = word_at(frame.data() + layout.stamp + kStampRunAt);
  out.inner_v6 = layout.inner_v6 ? 1 : 0;
  out.icmp = icmp ? 1 : 0;
  out.number_gtp = layout.sequence_numbers ? 1 : 0;
  out.has_qfi = layout.pdu_session ? 1 : 0;
  return out;
}

flood_tunnel encode(const FloodTunnel& tunnel) noexcept {
  flood_tunnel out{};
  const Bytes subscriber = tunnel.tunnel.ue.octets();
  std::memcpy(out.subscriber, subscriber.data(), std::min(subscriber.size(), sizeof out.subscriber));
  out.teid_be = htonl(tunnel.tunnel.teid);
  out.stream = tunnel.stream;
  out.source_port_be = htons(tunnel.source_port);
  out.qfi = tunnel.tunnel.qfi;
  return out;
}

}  // namespace gtp::gen
