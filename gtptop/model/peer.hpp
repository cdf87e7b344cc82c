// SPDX-License-Identifier: GPL-2.0-or-later
//
// A peer: the other end of tunnels, with the state of the path to it. Its sums are made from the tunnels; the echo
// state from the answers to Echo Requests, which are sent only when somebody asks for them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "libcommon/util/ip.hpp"

namespace gtp::top {

enum class PathState : std::uint8_t {
  unknown,  // not probed and silent
  up,       // a G-PDU or an Echo Response came within the last 10 s (while probing: within the probe interval)
  suspect,  // some of the last Echo Requests were not answered
  down,     // N3-REQUESTS of them in a row were not answered
};

constexpr std::string_view path_state_name(PathState state) noexcept {
  constexpr std::string_view kNames[] = {"unknown", "up", "suspect", "down"};
  return kNames[static_cast<std::uint8_t>(state)];
}

struct PeerKey {
  IpAddress address;
  friend auto operator<=>(const PeerKey&, const PeerKey&) = default;
};

struct PeerRow {
  IpAddress address;
  std::string link;  // the first link that has a tunnel to it
  PathState state = PathState::unknown;
  std::uint64_t tunnels = 0;
  std::optional<std::uint64_t> up_bps;
  std::optional<std::uint64_t> dn_bps;
  std::optional<std::uint64_t> pps;
  std::optional<std::uint64_t> up_bytes;
  std::optional<std::uint64_t> dn_bytes;
  std::uint64_t error_indications = 0;  // received since the start
  std::optional<std::uint64_t> error_indications_per_s;
  std::optional<std::uint64_t> rtt_ns;
  std::optional<std::uint64_t> loss_percent;     // of the last 10 Echo Requests
  std::optional<std::uint64_t> recovery;         // restart counter; GTP-U's is not told (TS 29.281, 7.2.2: ignored)
  std::optional<std::uint64_t> recovery_before;  // it changed and nobody has acknowledged it
  std::optional<std::uint64_t> last_echo_s;      // since the last Echo Response
  std::optional<std::uint64_t> last_rx_s;        // since the last G-PDU
  std::optional<std::uint64_t> down_for_s;
  bool probing = false;
  std::vector<float> rtt_history;  // ms, oldest first, at most 10; NaN: not answered
};

}  // namespace gtp::top
