// SPDX-License-Identifier: GPL-2.0-or-later
//
// A tunnel of the kernel's GTP endpoint ("PDP context"), as netlink has it, and its attributes on the wire
// (kernel/uapi/linux/gtp.h). A plain value without memory of its own: a dump of a million fills one and the same.
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/netlink/message.hpp"
#include "libcommon/netlink/request.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::netlink {

enum class GtpVersion : std::uint8_t { v0 = 0, v1 = 1 };
enum class PduType : std::uint8_t { downlink = 0, uplink = 1 };

// Counters of one tunnel; only our module has them. Received is what came out of the tunnel, sent what went in.
struct TunnelStats {
  static constexpr std::uint64_t kNever = ~std::uint64_t{0};

  std::uint64_t rx_packets = 0;
  std::uint64_t rx_bytes = 0;
  std::uint64_t tx_packets = 0;
  std::uint64_t tx_bytes = 0;
  std::uint64_t rx_idle_ms = kNever;  // since the last packet
  std::uint64_t tx_idle_ms = kNever;
  std::uint64_t created_ns = 0;  // since 1970
  std::uint64_t generation = 0;  // changes with every change of the tunnel, grows over all tunnels
  std::uint32_t rx_drop_ms = 0;  // these wrap
  std::uint32_t rx_drop_inner = 0;
  std::uint32_t tx_drop_too_big = 0;
  std::uint32_t tx_drop_route = 0;
  std::uint32_t error_indications = 0;
  std::uint32_t end_markers = 0;

  friend bool operator==(const TunnelStats&, const TunnelStats&) = default;
};

struct Tunnel {
  std::uint32_t link = 0;  // interface index
  GtpVersion version = GtpVersion::v1;
  std::uint64_t tid = 0;    // version 0
  std::uint16_t flow = 0;   // version 0
  std::uint32_t i_tei = 0;  // version 1: of packets received here
  std::uint32_t o_tei = 0;  // version 1: of packets sent
  IpAddress ms;             // the subscriber; in IPv6 the first address of its /64
  IpAddress peer;

  // Only our module has these.
  bool flow_port = false;           // the outer source port follows the inner flow
  std::optional<std::uint8_t> qfi;  // sent in a PDU Session Container of this type
  PduType pdu_type = PduType::downlink;
  std::optional<std::uint8_t> rx_qfi;  // the last one received
  std::optional<TunnelStats> stats;

  friend bool operator==(const Tunnel&, const Tunnel&) = default;
};
static_assert(sizeof(Tunnel) <= 192);

// What one tunnel is found by: its subscriber's address or, when that is empty, its TEID and inner address family.
struct TunnelKey {
  std::uint32_t link = 0;
  GtpVersion version = GtpVersion::v1;
  std::uint64_t id = 0;  // TID, or I_TEI
  bool inner_v6 = false;
  IpAddress ms;

  static TunnelKey by_teid(std::uint32_t link, std::uint32_t i_tei, bool inner_v6 = false) {
    return {link, GtpVersion::v1, i_tei, inner_v6, {}};
  }
  static TunnelKey by_tid(std::uint32_t link, std::uint64_t tid, bool inner_v6 = false) {
    return {link, GtpVersion::v0, tid, inner_v6, {}};
  }
  static TunnelKey by_ms(std::uint32_t link, const IpAddress& ms) { return {link, GtpVersion::v1, 0, ms.is_v6(), ms}; }
  // By TEID or TID: it is the tunnel's own, while addresses may be moved to another.
  static TunnelKey of(const Tunnel& tunnel) {
    return {tunnel.link,
            tunnel.version,
            tunnel.version == GtpVersion::v0 ? tunnel.tid : tunnel.i_tei,
            tunnel.ms.is_v6(),
            {}};
  }
};

void encode_tunnel(Request& request, const Tunnel& tunnel);
void encode_key(Request& request, const TunnelKey& key);

// Fills [tunnel] anew from the attributes behind a generic netlink header. False when they are malformed, or when
// what every tunnel has is missing; the command octet is not looked at, for mainline's answers do not have it.
bool decode_tunnel(const Message& message, Tunnel& tunnel) noexcept;

}  // namespace gtp::netlink
