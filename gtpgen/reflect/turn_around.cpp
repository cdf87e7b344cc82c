// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/reflect/turn_around.hpp"

#include <algorithm>

#include "gtpgen/frame/fold.hpp"
#include "gtpgen/frame/stamp.hpp"
#include "gtpgen/receive/inner_packet.hpp"
#include "libcommon/packet/ip_header.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kStampKindAt = 2;
constexpr std::uint8_t kEchoRequest4 = 8;
constexpr std::uint8_t kEchoReply4 = 0;
constexpr std::uint8_t kEchoRequest6 = 128;
constexpr std::uint8_t kEchoReply6 = 129;

// RFC 1624, equation 3: the checksum after a word became another.
std::uint16_t updated(std::uint16_t checksum, std::uint16_t before, std::uint16_t after) noexcept {
  std::uint64_t sum = static_cast<std::uint16_t>(~checksum);
  sum += static_cast<std::uint16_t>(~before);
  sum += after;
  return checksum_of(sum);
}

// Where the upper layer has its checksum, from its first octet.
std::size_t checksum_at(std::uint8_t protocol) noexcept {
  switch (protocol) {
    case packet::protocol::kUdp:
      return 6;
    case packet::protocol::kTcp:
      return 16;
    default:
      return 2;  // ICMP
  }
}

// Sets an octet at an even distance from the upper layer's start, and its checksum with it.
void change_octet(std::span<std::byte> octets, const InnerPacket& packet, std::size_t at, std::uint8_t value) noexcept {
  std::byte* const word = octets.data() + at;
  const std::uint16_t before = load_u16(word);
  *word = static_cast<std::byte>(value);
  std::byte* const field = octets.data() + packet.upper_at + checksum_at(packet.protocol);
  const std::uint16_t checksum = load_u16(field);
  const bool udp = packet.protocol == packet::protocol::kUdp;
  if (udp && checksum == 0) return;  // there is none
  const std::uint16_t after = updated(checksum, before, load_u16(word));
  store_u16(field, udp && after == 0 ? 0xffff : after);
}

void swap_octets(std::span<std::byte> octets, std::size_t a, std::size_t b, std::size_t n) noexcept {
  std::swap_ranges(octets.data() + a, octets.data() + a + n, octets.data() + b);
}

void turn_upper_layer(std::span<std::byte> octets, const InnerPacket& packet) noexcept {
  const std::size_t at = packet.upper_at;
  if (packet.protocol == packet::protocol::kUdp || packet.protocol == packet::protocol::kTcp) {
    swap_octets(octets, at, at + 2, 2);
  } else {
    const std::uint8_t type = load_u8(octets.data() + at);
    if (packet.version == 4 && type == kEchoRequest4) change_octet(octets, packet, at, kEchoReply4);
    if (packet.version == 6 && type == kEchoRequest6) change_octet(octets, packet, at, kEchoReply6);
  }
  const Bytes payload = Bytes(octets).subspan(packet.payload_at, packet.end - packet.payload_at);
  if (!read_stamp(payload)) return;
  change_octet(octets, packet, packet.payload_at + kStampKindAt, static_cast<std::uint8_t>(Stamp::Kind::reflected));
}

void turn_pdu_session(std::span<std::byte> octets, const Datagram& datagram) noexcept {
  if (datagram.pdu_session_at == 0 || datagram.pdu_session_length != 2) return;
  std::byte* const at = octets.data() + datagram.pdu_session_at;
  const bool uplink = load_u8(at) >> 4 == 1;
  at[0] = static_cast<std::byte>(uplink ? 0x00 : 0x10);
  at[1] &= std::byte{0x3f};
}

}  // namespace

Turned turn_around(std::span<std::byte> octets, const Datagram& datagram, std::uint32_t teid) noexcept {
  const InnerPacket packet = read_inner_packet(datagram.t_pdu);
  if (packet.status == InnerPacket::Status::malformed) return Turned::malformed;
  store_u32(octets.data() + 4, teid);
  turn_pdu_session(octets, datagram);
  const std::span<std::byte> inner = octets.subspan(datagram.t_pdu_at, datagram.t_pdu.size());
  if (packet.version == 4) {
    swap_octets(inner, 12, 16, 4);
  } else {
    swap_octets(inner, 8, 24, 16);
  }
  if (packet.status == InnerPacket::Status::ok) turn_upper_layer(inner, packet);
  return Turned::yes;
}

void turn_around_payload(std::span<std::byte> octets) noexcept {
  if (read_stamp(octets)) octets[kStampKindAt] = static_cast<std::byte>(Stamp::Kind::reflected);
}

}  // namespace gtp::gen
