// SPDX-License-Identifier: GPL-2.0-or-later
//
// A tunnel as a source tells of it (TunnelSample) and as a reader of the table gets it (TunnelRow). Plain values.
//
// UP is from the subscriber, DN is to the subscriber, whatever the role of the link: on a ggsn UP is what was received
// through the tunnel, on an sgsn what was sent. Sources map once, nothing behind them knows of rx and tx.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libcommon/util/ip.hpp"

namespace gtp::top {

// What a tunnel is found by. No padding: the octets of a key are hashed.
struct TunnelKey {
  std::uint64_t id = 0;      // I-TEI, of GTPv0 the TID
  std::uint32_t link = 0;    // interface index; 0: on the wire only, of no link here
  std::uint8_t version = 1;  // of GTP
  std::uint8_t inner_v6 = 0;
  std::uint16_t spare = 0;

  friend auto operator<=>(const TunnelKey&, const TunnelKey&) = default;
};

// A tunnel that only its packets tell of has one direction, for nobody says which of the other direction belong to it.
// Its id is the TEID of that direction, and its link stands for the address that the packets go to, for a TEID means
// nothing without it. No interface has such an index.
inline constexpr std::uint32_t kWireLink = 1U << 31;
constexpr bool is_wire_link(std::uint32_t link) noexcept { return (link & kWireLink) != 0; }

// Which direction that is; stands in the flow label, which GTPv1 does not have.
enum class WireSide : std::uint16_t {
  none,
  received,  // the id is an I-TEI, of an address of this host; the O-TEI is not known
  sent,      // the id is an O-TEI, of the peer; the I-TEI is not known
};

struct TunnelCounters {
  std::uint64_t up_packets = 0;
  std::uint64_t up_bytes = 0;
  std::uint64_t dn_packets = 0;
  std::uint64_t dn_bytes = 0;

  friend bool operator==(const TunnelCounters&, const TunnelCounters&) = default;
};

// Who knows of a tunnel.
enum class Presence : std::uint8_t {
  kernel,  // listed by the kernel
  wire,    // packets seen, no tunnel in this kernel: of a user-space UPF, or unknown
};

// One reading. What is not told stays empty and leaves what the table knew as it is.
struct TunnelSample {
  TunnelKey key;
  std::uint32_t o_tei = 0;
  std::uint16_t flow = 0;  // GTPv0; of GTPv1 a WireSide
  IpAddress ms;            // in IPv6 the first address of its /64; empty: not known
  IpAddress peer;
  std::optional<std::uint8_t> qfi;
  Presence presence = Presence::kernel;
  std::optional<TunnelCounters> counters;
  std::optional<std::uint32_t> drops;   // all reasons
  std::optional<std::uint64_t> seen_s;  // the last packet, seconds since 1970
  std::optional<std::uint64_t> created_s;
};

// A tunnel, or a group of them, on a page.
struct TunnelRow {
  TunnelKey key;
  std::uint32_t o_tei = 0;
  std::uint16_t flow = 0;
  Presence presence = Presence::kernel;
  std::string link;  // name
  IpAddress ms;
  IpAddress peer;
  std::optional<std::uint8_t> qfi;
  std::optional<TunnelCounters> counters;
  std::optional<std::uint64_t> up_bps;  // bits per second
  std::optional<std::uint64_t> dn_bps;
  std::optional<std::uint64_t> pps;  // both directions
  std::optional<std::uint64_t> drops;
  std::optional<std::uint64_t> drops_per_s;
  std::optional<std::uint64_t> idle_s;    // since the last packet
  std::optional<std::uint64_t> age_s;     // since it was made
  std::optional<std::uint64_t> stale_ms;  // since it was read; the row is dim when it is old
  std::vector<float> history;             // DN bit/s, oldest first, one a tick; NaN: not known

  std::uint64_t tunnels = 1;  // of a group
  bool group = false;
  bool open = false;  // a group whose tunnels follow
  std::string label;  // of a group: "192.0.2.41", "gtp0", "10.45.17.0/24"

  WireSide side() const noexcept { return key.version == 0 ? WireSide::none : static_cast<WireSide>(flow); }
};

}  // namespace gtp::top
