// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/link_counters.hpp"

#include <linux/genetlink.h>

#include <algorithm>

#include "kernel/uapi/linux/gtp.h"

namespace gtp::netlink {
namespace {

constexpr LinkCounterInfo kTable[] = {
    {"", "", false},
    {"rx_short", "shorter than its header says", true},
    {"rx_length", "GTP length beyond the datagram", true},
    {"rx_version", "not the socket's GTP version", true},
    {"rx_protocol_type", "GTP'", true},
    {"rx_extension", "extension headers malformed", true},
    {"rx_comprehension", "required extension header unknown", true},
    {"rx_message", "message type unknown", true},
    {"rx_unknown_teid", "no tunnel of this TEID", true},
    {"rx_wrong_ms", "not the subscriber's address", true},
    {"rx_inner", "what is inside is no IP, or cut", true},
    {"rx_ecn", "marks of congestion that RFC 6040 drops", true},
    {"rx_memory", "out of memory on receive", true},
    {"rx_down", "the link is down", true},
    {"rx_to_user", "given to the socket's owner", false},
    {"tx_no_tunnel", "no tunnel for the address", true},
    {"tx_no_route", "no route to the peer", true},
    {"tx_loop", "the route to the peer leads into the tunnel", true},
    {"tx_too_big", "beyond the MTU of the way to the peer", true},
    {"tx_no_socket", "the link's socket is closed", true},
    {"tx_inner", "no IP packet", true},
    {"tx_memory", "out of memory on transmit", true},
    {"echo_request_rx", "Echo Requests received", false},
    {"echo_request_tx", "Echo Requests sent", false},
    {"echo_response_rx", "Echo Responses received", false},
    {"echo_response_tx", "Echo Responses sent", false},
    {"error_indication_rx", "Error Indications received", false},
    {"error_indication_tx", "Error Indications sent", false},
    {"end_marker_rx", "End Markers received", false},
    {"ext_notification_rx", "Supported Extension Headers Notifications received", false},
    {"ext_notification_tx", "Supported Extension Headers Notifications sent", false},
    {"rate_limited", "answers and events not sent", false},
    {"", "", false},  // GTP_LC_PAD
    {"tx_fragmented", "sent, the outer packet in fragments", false},
};
static_assert(std::size(kTable) == GTP_LC_MAX + 1, "a row for each counter of the module");
static_assert(GtpLinkCounters::kMax > GTP_LC_MAX);

}  // namespace

std::span<const LinkCounterInfo> link_counter_table() noexcept { return kTable; }

std::uint64_t GtpLinkCounters::drops() const noexcept {
  std::uint64_t sum = 0;
  for (std::size_t i = 1; i < std::min(count, std::size(kTable)); ++i) sum += kTable[i].is_drop ? values[i] : 0;
  return sum;
}

bool decode_link_counters(const Message& message, GtpLinkCounters& counters) noexcept {
  counters = GtpLinkCounters{};
  bool sound = message.payload.size() >= GENL_HDRLEN;
  Attributes attributes = message.attributes(GENL_HDRLEN);
  for (Attribute attribute; sound && attributes.next(attribute);) {
    if (attribute.type == GTPA_LINK) sound = attribute.read(counters.link);
    if (attribute.type == GTPA_TUNNELS) sound = attribute.read(counters.tunnels);
    if (attribute.type == GTPA_GENERATION) sound = attribute.read(counters.generation);
    if (attribute.type != GTPA_LINK_COUNTERS) continue;
    Attributes values(attribute.data);
    for (Attribute value; sound && values.next(value);) {
      // Padding has a number of its own, and no value.
      if (value.type == 0 || value.type >= GtpLinkCounters::kMax || value.data.empty()) continue;
      sound = value.read(counters.values[value.type]);
      counters.count = std::max<std::size_t>(counters.count, value.type + 1U);
    }
    sound = sound && !values.malformed();
  }
  return sound && !attributes.malformed() && counters.link != 0;
}

}  // namespace gtp::netlink
