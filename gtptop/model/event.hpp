// SPDX-License-Identifier: GPL-2.0-or-later
//
// What happened: a tunnel made or removed, an answer to an Echo Request, events that were lost. A value of a fixed
// size, so that the log of the last 10,000 has a fixed size too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "gtptop/model/tunnel.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::top {

enum class EventKind : std::uint8_t {
  tunnel_added,
  tunnel_changed,
  tunnel_removed,
  echo_sent,
  echo_response,
  echo_lost,  // not answered in time
  error_indication,
  end_marker,
  path_down,
  path_up,
  restarted,  // the peer's restart counter changed
  link_added,
  link_removed,
  resync,  // the kernel had more to tell than there was room: everything is read anew
};

constexpr std::string_view event_key(EventKind kind) noexcept {
  constexpr std::string_view kKeys[] = {"tunnel_added",  "tunnel_changed", "tunnel_removed",   "echo_sent",
                                        "echo_response", "echo_lost",      "error_indication", "end_marker",
                                        "path_down",     "path_up",        "restarted",        "link_added",
                                        "link_removed",  "resync"};
  return kKeys[static_cast<std::uint8_t>(kind)];
}

struct Event {
  std::uint64_t time_ns = 0;  // since 1970
  std::uint64_t number = 0;   // counts from 1; given by the log
  EventKind kind = EventKind::tunnel_added;
  TunnelKey key;  // only the link where it is not about a tunnel
  std::uint32_t o_tei = 0;
  IpAddress ms;
  IpAddress peer;
  std::optional<std::uint32_t> asker_port;  // netlink port of who did it; our module tells
  std::optional<std::uint64_t> rtt_ns;
  std::optional<std::uint8_t> recovery;
};

}  // namespace gtp::top
