// SPDX-License-Identifier: GPL-2.0-or-later
//
// What the kernel tells of its own accord in the multicast group "gtp", in the namespace of the link.
//
// Mainline tells of tunnels made (a change looks the same) and removed, and of Echo Responses, with nothing but
// version and addresses. Ours says who asked, and has the rest. Tunnels that go with their link are told by neither:
// the link's end is an event of the route family (route_events.hpp).
#pragma once

#include <cstdint>
#include <optional>

#include "libcommon/netlink/tunnel.hpp"

namespace gtp::netlink {

struct GtpEvent {
  enum class Kind : std::uint8_t {
    tunnel_added,
    tunnel_changed,
    tunnel_removed,
    echo_response,
    error_indication,  // about `tunnel`, of which only the link and TEIDs are told; `tunnel.peer` sent it
    end_marker,        // as above
  };

  Kind kind = Kind::tunnel_added;
  std::uint32_t asker_port = 0;  // of the netlink socket that asked for it; 0: not told
  std::uint32_t asker_sequence = 0;
  Tunnel tunnel;  // of an Echo Response: the link, the version, the peer

  // Of an Echo Response.
  IpAddress local;
  std::optional<std::uint16_t> sequence;
  std::optional<std::uint64_t> rtt_ns;
  std::optional<std::uint8_t> recovery;
};

// False when the message is malformed or no event that is known.
bool decode_event(const Message& message, GtpEvent& event) noexcept;

}  // namespace gtp::netlink
