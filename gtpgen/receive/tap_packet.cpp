// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/receive/analyzer.hpp"
#include "gtpgen/receive/inner_packet.hpp"
#include "gtpgen/receive/tap.hpp"
#include "libcommon/packet/ip_header.hpp"
#include "libcommon/wire/protocol.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kGtpHeader = 8;

// One datagram, or a row of them: each G-PDU says how long it is.
void analyze_gtp_u(Analyzer& analyzer, Bytes octets, const Analyzer::Arrived& arrived) noexcept {
  while (true) {
    const std::size_t length = octets.size() < kGtpHeader ? octets.size() : kGtpHeader + load_u16(octets.data() + 2);
    const bool more = length >= kGtpHeader && length < octets.size();
    analyzer.datagram(more ? octets.first(length) : octets, arrived);
    if (!more) return;
    octets = octets.subspan(length);
  }
}

// How long the first datagram of a row is: up to the next stamp of its run.
std::size_t plain_segment(Bytes payload, const Stamp& first) noexcept {
  for (std::size_t at = kStampLength; at + kStampLength <= payload.size(); ++at) {
    if (load_u16(payload.data() + at) != kStampMagic) continue;
    const auto stamp = read_stamp(payload.subspan(at));
    if (stamp && stamp->run == first.run) return at;
  }
  return payload.size();
}

}  // namespace

void analyze_tap_packet(Analyzer& analyzer, const TapPacket& packet) noexcept {
  const InnerPacket outer = read_inner_packet(packet.octets);
  if (outer.status != InnerPacket::Status::ok) return;
  const Analyzer::Arrived arrived{packet.time_ns, true};
  const Bytes payload = packet.octets.subspan(outer.payload_at, outer.end - outer.payload_at);
  const bool udp = outer.protocol == packet::protocol::kUdp;
  if (udp && load_u16(packet.octets.data() + outer.upper_at + 2) == wire::kPortGtpU) {
    analyze_gtp_u(analyzer, payload, arrived);
    return;
  }
  const auto stamp = read_stamp(payload);
  if (!stamp) return;
  const std::size_t segment = udp ? plain_segment(payload, *stamp) : payload.size();
  if (segment == payload.size()) {
    analyzer.inner_packet(packet.octets, arrived);
    return;
  }
  for (std::size_t at = 0; at < payload.size(); at += segment) analyzer.payload(slice(payload, at, segment), arrived);
}

}  // namespace gtp::gen
