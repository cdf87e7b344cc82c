// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/tunnel.hpp"

#include <linux/genetlink.h>
#include <sys/socket.h>

#include "kernel/uapi/linux/gtp.h"

namespace gtp::netlink {
namespace {

// A subscriber's IPv6 is a /64; the kernel refuses anything behind it.
IpAddress prefix_of(const IpAddress& ms) noexcept {
  if (!ms.is_v6()) return ms;
  std::array<std::byte, 16> octets{};
  std::copy_n(ms.octets().begin(), 8, octets.begin());
  return IpAddress::from(octets);
}

void encode_id(Request& request, GtpVersion version, std::uint64_t id) {
  if (version == GtpVersion::v0) {
    request.u64(GTPA_TID, id);
  } else {
    request.u32(GTPA_I_TEI, static_cast<std::uint32_t>(id));
  }
}

// The inner family: IPv4 unless said otherwise, and kernels before 6.11 know no other word.
void encode_family(Request& request, bool inner_v6) {
  if (inner_v6) request.u8(GTPA_FAMILY, AF_INET6);
}

TunnelStats decode_stats(Bytes data) noexcept {
  gtp_tunnel_stats raw{};
  raw.rx_idle_ms = TunnelStats::kNever;
  raw.tx_idle_ms = TunnelStats::kNever;
  load_prefix(data, raw);
  TunnelStats stats;
  stats.rx_packets = raw.rx_packets;
  stats.rx_bytes = raw.rx_bytes;
  stats.tx_packets = raw.tx_packets;
  stats.tx_bytes = raw.tx_bytes;
  stats.rx_idle_ms = raw.rx_idle_ms;
  stats.tx_idle_ms = raw.tx_idle_ms;
  stats.created_ns = raw.created_ns;
  stats.generation = raw.generation;
  stats.rx_drop_ms = raw.rx_drop_ms;
  stats.rx_drop_inner = raw.rx_drop_inner;
  stats.tx_drop_too_big = raw.tx_drop_too_big;
  stats.tx_drop_route = raw.tx_drop_route;
  stats.error_indications = raw.error_indications;
  stats.end_markers = raw.end_markers;
  return stats;
}

// Numbers of other sizes than the tunnel's fields have.
bool read_version(const Attribute& attribute, GtpVersion& out) noexcept {
  std::uint32_t version = 0;
  if (!attribute.read(version) || version > GTP_V1) return false;
  out = static_cast<GtpVersion>(version);
  return true;
}

bool read_optional(const Attribute& attribute, std::optional<std::uint8_t>& out) noexcept {
  std::uint8_t value = 0;
  if (!attribute.read(value)) return false;
  out = value;
  return true;
}

bool decode_attribute(const Attribute& attribute, Tunnel& tunnel) noexcept {
  switch (attribute.type) {
    case GTPA_LINK:
      return attribute.read(tunnel.link);
    case GTPA_VERSION:
      return read_version(attribute, tunnel.version);
    case GTPA_TID:
      return attribute.read(tunnel.tid);
    case GTPA_FLOW:
      return attribute.read(tunnel.flow);
    case GTPA_I_TEI:
      return attribute.read(tunnel.i_tei);
    case GTPA_O_TEI:
      return attribute.read(tunnel.o_tei);
    case GTPA_MS_ADDRESS:
    case GTPA_MS_ADDR6:
      return attribute.read(tunnel.ms);
    case GTPA_PEER_ADDRESS:
    case GTPA_PEER_ADDR6:
      return attribute.read(tunnel.peer);
    case GTPA_TUNNEL_FLAGS: {
      std::uint32_t flags = 0;
      const bool there = attribute.read(flags);
      tunnel.flow_port = (flags & GTP_TUNNEL_FLOW_PORT) != 0;
      return there;
    }
    case GTPA_QFI:
      return read_optional(attribute, tunnel.qfi);
    case GTPA_PDU_TYPE: {
      std::uint8_t type = 0;
      const bool there = attribute.read(type);
      tunnel.pdu_type = type == 0 ? PduType::downlink : PduType::uplink;
      return there;
    }
    case GTPA_RX_QFI:
      return read_optional(attribute, tunnel.rx_qfi);
    case GTPA_STATS:
      tunnel.stats = decode_stats(attribute.data);
      return true;
    default:
      return true;
  }
}

}  // namespace

void encode_tunnel(Request& request, const Tunnel& tunnel) {
  const bool v0 = tunnel.version == GtpVersion::v0;
  request.u32(GTPA_VERSION, static_cast<std::uint32_t>(tunnel.version));
  request.u32(GTPA_LINK, tunnel.link);
  encode_id(request, tunnel.version, v0 ? tunnel.tid : tunnel.i_tei);
  if (v0) {
    request.u16(GTPA_FLOW, tunnel.flow);
  } else {
    request.u32(GTPA_O_TEI, tunnel.o_tei);
  }
  encode_family(request, tunnel.ms.is_v6());
  request.address(GTPA_MS_ADDRESS, GTPA_MS_ADDR6, prefix_of(tunnel.ms));
  request.address(GTPA_PEER_ADDRESS, GTPA_PEER_ADDR6, tunnel.peer);
  if (tunnel.flow_port) request.u32(GTPA_TUNNEL_FLAGS, GTP_TUNNEL_FLOW_PORT);
  if (tunnel.qfi) {
    request.u8(GTPA_QFI, *tunnel.qfi);
    request.u8(GTPA_PDU_TYPE, static_cast<std::uint8_t>(tunnel.pdu_type));
  }
}

void encode_key(Request& request, const TunnelKey& key) {
  // Mainline wants the version even where it looks at the address only.
  request.u32(GTPA_VERSION, static_cast<std::uint32_t>(key.version));
  request.u32(GTPA_LINK, key.link);
  encode_family(request, key.ms.empty() ? key.inner_v6 : key.ms.is_v6());
  if (key.ms.empty()) {
    encode_id(request, key.version, key.id);
  } else {
    request.address(GTPA_MS_ADDRESS, GTPA_MS_ADDR6, prefix_of(key.ms));
  }
}

bool decode_tunnel(const Message& message, Tunnel& tunnel) noexcept {
  tunnel = Tunnel{};
  bool sound = message.payload.size() >= GENL_HDRLEN;
  Attributes attributes = message.attributes(GENL_HDRLEN);
  for (Attribute attribute; sound && attributes.next(attribute);) sound = decode_attribute(attribute, tunnel);
  return sound && !attributes.malformed() && tunnel.link != 0 && !tunnel.ms.empty() && !tunnel.peer.empty();
}

}  // namespace gtp::netlink
