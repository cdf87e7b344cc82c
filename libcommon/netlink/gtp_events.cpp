// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/gtp_events.hpp"

#include <linux/genetlink.h>
#include <linux/netlink.h>

#include "kernel/uapi/linux/gtp.h"

namespace gtp::netlink {
namespace {

template <typename T>
bool read_into(const Attribute& attribute, std::optional<T>& out) noexcept {
  T value{};
  if (!attribute.read(value)) return false;
  out = value;
  return true;
}

// Of an Echo Response the subscriber's address is this end's; an Error Indication and an End Marker have none.
bool decode_signal(const Message& message, GtpEvent& event) noexcept {
  // Lacking an address, decode_tunnel() refuses the message, but has read what is there.
  decode_tunnel(message, event.tunnel);
  event.local = event.tunnel.ms;
  event.tunnel.ms = {};
  bool sound = !event.tunnel.peer.empty();
  Attributes attributes = message.attributes(GENL_HDRLEN);
  for (Attribute attribute; sound && attributes.next(attribute);) {
    if (attribute.type == GTPA_SEQUENCE) sound = read_into(attribute, event.sequence);
    if (attribute.type == GTPA_RTT) sound = read_into(attribute, event.rtt_ns);
    if (attribute.type == GTPA_RECOVERY) sound = read_into(attribute, event.recovery);
  }
  return sound && !attributes.malformed();
}

}  // namespace

bool decode_event(const Message& message, GtpEvent& event) noexcept {
  genlmsghdr header{};
  if (!load_native(message.payload, header)) return false;
  event = GtpEvent{};
  event.asker_port = message.port;
  event.asker_sequence = message.sequence;
  switch (header.cmd) {
    case GTP_CMD_NEWPDP:
      event.kind = (message.flags & NLM_F_REPLACE) != 0 ? GtpEvent::Kind::tunnel_changed : GtpEvent::Kind::tunnel_added;
      return decode_tunnel(message, event.tunnel);
    case GTP_CMD_DELPDP:
      event.kind = GtpEvent::Kind::tunnel_removed;
      return decode_tunnel(message, event.tunnel);
    case GTP_CMD_ECHOREQ:
      event.kind = GtpEvent::Kind::echo_response;
      return decode_signal(message, event);
    case GTP_CMD_ERROR_INDICATION:
      event.kind = GtpEvent::Kind::error_indication;
      return decode_signal(message, event);
    case GTP_CMD_END_MARKER:
      event.kind = GtpEvent::Kind::end_marker;
      return decode_signal(message, event);
    default:
      return false;
  }
}

}  // namespace gtp::netlink
