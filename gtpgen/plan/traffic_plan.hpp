// SPDX-License-Identifier: GPL-2.0-or-later
//
// TrafficPlan: what the packets of a run look like, apart from the tunnel they belong to.
//
//   Ethernet | outer IP | outer UDP | GTP-U (8, 12 with any option, + extension headers) | inner IP | UDP, TCP, ICMP
//            |<------------------------ overhead() ------------------------------------->|<--- size, --size ------->|
//
// A value; immutable while a run uses it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/plan/size_mix.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"
#include "libcommon/wire/encode/gtpu.hpp"

namespace gtp::gen {

inline constexpr std::size_t kEthernetHeader = 14;
inline constexpr std::uint16_t kGtpUserPort = 2152;

enum class InnerProtocol : std::uint8_t { udp, tcp, icmp };

// Packets that a gateway should refuse, as shares of all.
enum class Unwanted : std::uint8_t { unknown_teid, bad_version, truncated, echo };
inline constexpr std::size_t kUnwantedKinds = 4;
std::string_view name_of(Unwanted kind) noexcept;

// Towards the network, or towards the subscriber.
enum class Direction : std::uint8_t { uplink, downlink };

struct TrafficPlan {
  SizeMix sizes;
  InnerProtocol protocol = InnerProtocol::udp;
  int inner_version = 4;
  std::uint8_t inner_dscp = 0;
  bool inner_df = true;
  // The other end of the subscriber's traffic; flows are spread over the addresses of the prefix.
  IpPrefix far;
  std::uint16_t far_port = 5001;
  std::uint16_t ue_port = 10000;  // of the first flow of a tunnel; the next flows count up
  std::uint32_t flows = 1;        // of each tunnel
  // G-PDUs without (false) or with a GTP-U sequence number.
  bool sequence_numbers = false;
  // The PDU Session Container; nothing: none. The QFI is that of the tunnel.
  std::optional<wire::PduSession::Direction> pdu_session;
  // Who the inner packet is from: uplink from the subscriber, downlink to it.
  Direction direction = Direction::uplink;
  // Plain: no tunnel around the packet.
  bool plain = false;
  std::array<double, kUnwantedKinds> unwanted{};

  static IpPrefix default_far(int version) noexcept;
  bool has_unwanted() const noexcept;
  double unwanted_share() const noexcept;

  // Octets of the upper-layer header.
  std::size_t upper_header() const noexcept;
  // The shortest inner packet that holds a stamp.
  std::size_t smallest_size() const noexcept;
  // The header around a packet, TEID, sequence number and QFI still 0.
  wire::GPduOptions g_pdu_options() const noexcept;
  // Octets of the GTP-U header with what follows it, 0 when plain.
  std::size_t gtp_header() const noexcept;
  // Octets before the inner packet, from the outer IP header on.
  std::size_t overhead(int outer_version) const noexcept;
};

// "udp4", "tcp6", "icmp", … into protocol and version; without a digit the version stays 0, for the caller to decide.
struct InnerKind {
  InnerProtocol protocol = InnerProtocol::udp;
  int version = 0;
  static Result<InnerKind> parse(std::string_view text);
};

// "9", "0-63", "rr:1,5,9" or "1,5,9": the QFIs that tunnels get in turn.
Result<std::vector<std::uint8_t>> parse_qfis(std::string_view text);
// "unknown-teid=1%,bad-version=0.1%,truncated=…,echo=…".
Result<void> parse_unwanted(std::string_view text, std::array<double, kUnwantedKinds>& shares);
// A number to 63, or a name of RFC 2474, 2597, 3246, 5865: "ef", "af21", "cs5", "be".
Result<std::uint8_t> parse_dscp(std::string_view text);

}  // namespace gtp::gen
