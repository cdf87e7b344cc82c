// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/packet/message.hpp"

#include "libcommon/wire/ie.hpp"

namespace gtp::packet {
namespace {

using wire::Protocol;
using Rejected = Packet::Rejected;

constexpr std::uint8_t kProtocolType = 0x10;  // PT: 1 GTP, 0 GTP'

bool is_known(const wire::Header& header) noexcept {
  if (header.message_type == wire::kMessageGPdu && header.protocol != Protocol::gtp_prime) return true;
  return wire::find_message(header.protocol, header.message_type) != nullptr;
}

// Does the T-PDU begin like IP? Then a wrong length field is a broken sender, not other traffic.
bool carries_ip(const View& datagram, const wire::Header& header) noexcept {
  if (header.message_type != wire::kMessageGPdu || header.body_offset >= datagram.size()) return false;
  const int nibble = load_u8(datagram.data() + header.body_offset) >> 4;
  return nibble == 4 || nibble == 6;
}

// A message of a known type whose length promises more than the datagram has.
bool may_be_too_long(const View& datagram, const Claim& claim, const wire::Header& header) noexcept {
  const bool spare_bits_fit = !header.faults.has(wire::Fault::reserved_bit);
  // Charging records take several segments; nothing else here runs over TCP.
  if (claim.stream) return header.protocol == Protocol::gtp_prime && spare_bits_fit;
  return claim.both_ports || carries_ip(datagram, header) || (!claim.service && spare_bits_fit);
}

bool is_plausible(const View& datagram, const Claim& claim, const wire::Header& header) noexcept {
  if (!header.has_type || !header.has_length) return claim.both_ports && !claim.stream;
  const std::size_t end = declared_end(header);
  const bool beyond = end > datagram.wire;
  if (is_known(header)) return !beyond || may_be_too_long(datagram, claim, header);
  if (claim.stream) return false;
  switch (header.protocol) {
    case Protocol::gtpv2_c:
    case Protocol::pfcp:
      return claim.both_ports || !beyond;
    case Protocol::gtp_prime:
      return end == datagram.wire || (claim.both_ports && !beyond && header.length != 0);
    default:
      return end == datagram.wire;
  }
}

}  // namespace

std::size_t declared_end(const wire::Header& header) noexcept {
  if (!header.has_length) return 0;
  switch (header.protocol) {
    case Protocol::gtpv0:
      return header.length + std::size_t{20};
    case Protocol::gtpv1_c:
    case Protocol::gtpv1_u:
      return header.length + std::size_t{8};
    case Protocol::gtpv2_c:
    case Protocol::pfcp:
      return header.length + std::size_t{4};
    case Protocol::gtp_prime:
      return header.length + std::size_t{header.header_length};
  }
  return 0;
}

Rejected read_message(const View& datagram, const Claim& claim, wire::Header& out) noexcept {
  const std::uint8_t flags = load_u8(datagram.data());
  const int version = flags >> 5;
  const bool prime = (flags & kProtocolType) == 0;
  const bool charging = claim.use == PortUse::gtp_v0_or_prime;
  if (claim.use == PortUse::pfcp) {
    if (version != 1) return Rejected::unsupported_version;
    out = wire::decode_pfcp(datagram.octets, datagram.wire);
  } else if (version == 2 && !(charging && prime)) {
    // Bit 5 is P in GTPv2-C; only the charging port tells it from GTP' version 2.
    out = wire::decode_gtpv2(datagram.octets, datagram.wire);
  } else if (version <= 2 && prime) {
    out = wire::decode_gtp_prime(datagram.octets, datagram.wire);
    if (!charging) out.faults.add(wire::Fault::unexpected_protocol_type);
  } else if (version == 1) {
    out = wire::decode_gtpv1(datagram.octets, datagram.wire, claim.user_plane);
  } else if (version == 0) {
    out = wire::decode_gtpv0(datagram.octets, datagram.wire);
  } else {
    return Rejected::unsupported_version;
  }
  // Without a message type the port is all there is to tell the plane.
  if (!out.has_type && version == 1 && !prime && claim.user_plane) out.protocol = Protocol::gtpv1_u;
  return is_plausible(datagram, claim, out) ? Rejected::no : Rejected::not_gtp;
}

}  // namespace gtp::packet
