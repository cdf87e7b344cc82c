// SPDX-License-Identifier: GPL-2.0-or-later
#include "tests/support/network.hpp"

#include "libcommon/packet/checksum.hpp"

namespace gtp::test {
namespace {

constexpr std::uint8_t kTcp = 6;
constexpr std::uint8_t kUdp = 17;
constexpr std::uint8_t kIcmp = 1;
constexpr std::uint8_t kIcmpv6 = 58;

IpAddress parsed(std::string_view text) { return IpAddress::parse(text).value(); }

void set_u16(Octets& octets, std::size_t at, std::uint16_t value) {
  octets[at] = static_cast<std::byte>(value >> 8);
  octets[at + 1] = static_cast<std::byte>(value & 0xff);
}

// Fills in the checksum at [at] of an upper-layer header.
Octets with_checksum(Octets segment, std::string_view src, std::string_view dst, std::uint8_t protocol,
                     std::size_t at) {
  std::uint16_t sum = packet::upper_layer_checksum(parsed(src), parsed(dst), protocol, segment);
  if (sum == 0 && protocol == kUdp) sum = 0xffff;
  set_u16(segment, at, sum);
  return segment;
}

}  // namespace

Octets ip_packet(std::string_view src, std::string_view dst, std::uint8_t protocol, const Octets& payload,
                 std::uint16_t id, std::uint16_t fragment) {
  if (parsed(src).is_v6()) return ipv6(protocol, payload, src, dst);
  Octets packet = ipv4(protocol, payload, {.id = id, .fragment = fragment, .src = src, .dst = dst});
  set_u16(packet, 10, packet::ipv4_header_checksum(Bytes(packet).first(20)));
  return packet;
}

Octets udp_segment(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                   const Octets& payload) {
  return with_checksum(udp(src_port, dst_port, payload), src, dst, kUdp, 6);
}

Octets udp_packet(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                  const Octets& payload) {
  return ip_packet(src, dst, kUdp, udp_segment(src, dst, src_port, dst_port, payload));
}

Octets tcp_packet(std::string_view src, std::string_view dst, std::uint16_t src_port, std::uint16_t dst_port,
                  std::uint8_t flags, const Octets& payload) {
  const Octets segment = with_checksum(tcp(src_port, dst_port, payload, flags), src, dst, kTcp, 16);
  return ip_packet(src, dst, kTcp, segment);
}

Octets icmp_echo(std::string_view src, std::string_view dst, bool reply, std::uint16_t sequence) {
  const bool v6 = parsed(src).is_v6();
  const std::uint8_t type = v6 ? (reply ? 129 : 128) : (reply ? 0 : 8);
  Octets echo = be8(type) + be8(0) + be16(0) + be16(7) + be16(sequence) + counting(32);
  if (v6) return ip_packet(src, dst, kIcmpv6, with_checksum(std::move(echo), src, dst, kIcmpv6, 2));
  packet::Checksum sum;
  sum.add(echo);
  set_u16(echo, 2, sum.value());
  return ip_packet(src, dst, kIcmp, echo);
}

Octets ethernet_frame(const Octets& ip) {
  const bool v6 = std::to_integer<unsigned>(ip.at(0)) >> 4 == 6;
  return ethernet(ip, v6 ? 0x86dd : 0x0800);
}

void FixtureFile::add_cut(const Octets& frame, std::size_t captured, std::uint64_t gap_us) {
  if (!result_) return;
  capture::Interface ethernet;
  ethernet.nanoseconds = true;
  capture::RawPacket raw;
  raw.time_ns = time_ns_;
  raw.wire_length = static_cast<std::uint32_t>(frame.size());
  raw.octets = Bytes(frame).first(captured);
  result_ = writer_.write(raw, ethernet);
  time_ns_ += gap_us * 1000;
}

}  // namespace gtp::test
