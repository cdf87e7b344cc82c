// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-1xx: packets that do not find their tunnel.
#include "gtptop/check/rules.hpp"
#include "kernel/uapi/linux/gtp.h"

namespace gtp::top {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;
// A peer that is sent to for as long and never answers is worth a word; an idle subscriber is not.
constexpr std::uint64_t kSilentNs = 60 * kSecond;
constexpr std::uint64_t kHandoverNs = 10 * kSecond;
constexpr std::uint64_t kMinute = 60 * kSecond;

const LinkRow* link_row(const Model& model, std::uint32_t index) { return model.links.find(index); }

bool is_gtp_socket(const netlink::UdpSocket& socket) { return socket.local_port == 2152 || socket.local_port == 3386; }

// 101: a link that nobody listens for, or a firewall in front of it.
void nobody_listens(const HostFacts& facts, const Model& model, Findings& out) {
  bool listens = false;
  for (const netlink::UdpSocket& socket : facts.sockets) listens |= is_gtp_socket(socket);
  for (const LinkRow& link : model.links.rows()) {
    const InterfaceFacts* interface = facts.interface(link.index);
    const bool elsewhere = interface != nullptr && interface->elsewhere;
    if (facts.sockets_known && !listens && !elsewhere) {
      out.link(101, link, "no UDP socket is bound to port 2152 here: what peers send to " + link.name + " is refused");
    }
  }
  if (!facts.dropping || model.links.rows().empty()) return;
  for (const DroppingChain& chain : *facts.dropping) {
    if (chain.hook != DroppingChain::Hook::input) continue;
    out.host(101, "the firewall's chain " + chain.name + " drops what no rule accepts: UDP port 2152 must be accepted")
        .severity = Severity::note;
  }
}

void silent_peer(const HostFacts&, const Model& model, Findings& out) {
  if (model.capabilities.traffic == Origin::none) return;
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used || !peer.has_rates || peer.dn_bps <= 0 || peer.last_rx_ns != 0) continue;
    if (peer.up_bytes != 0 || peer.answered_ns != 0 || model.tick * kSecond < kSilentNs) continue;
    out.peer(101, peer.address, "nothing has ever come from " + peer.address.text() + ", to which packets are sent")
        .severity = Severity::note;
  }
}

// 102: our module counts them; on mainline they fill the socket.
void unknown_teid(const HostFacts&, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    if (const std::uint64_t rate = link.no_tunnel_per_s.value_or(0); rate > 0) {
      out.link(102, link, count_of(rate, "G-PDU") + " per second come to " + link.name + " for TEIDs it does not know");
      continue;
    }
    const bool full = link.receive_queue_bytes && link.receive_limit_bytes.value_or(0) != 0 &&
                      *link.receive_queue_bytes * 10 >= *link.receive_limit_bytes * 9;
    if (link.socket_drops_per_s.value_or(0) > 0 || (full && link.socket_drops.value_or(0) > 0)) {
      out.link(102, link,
               "the socket of " + link.name +
                   " is full and drops: G-PDUs for tunnels that this kernel does not know queue there unread");
    }
  }
}

// What our module counts, and the sentence for it.
void counted_losses(const HostFacts& facts, const Model& model, Findings& out) {
  struct Loss {
    std::uint16_t id;
    gtp_link_counter counter;
    const char* what;
  };
  constexpr Loss kLosses[] = {
      {103, GTP_LC_RX_WRONG_MS, " came from another address than their tunnel's subscriber"},
      {105, GTP_LC_RX_VERSION, " came in another GTP version than the port's: v0 is for 3386, v1 for 2152"},
      {106, GTP_LC_RX_INNER, " held no IP packet, or a cut one"},
      {106, GTP_LC_RX_LENGTH, " had a length beyond their datagram"},
      {106, GTP_LC_RX_EXTENSION, " had malformed extension headers"},
      {109, GTP_LC_RX_COMPREHENSION, " required an extension header that this kernel does not know"},
      {109, GTP_LC_EXT_NOTIFICATION_RX, " said that the peer does not know our extension headers"},
  };
  if (!facts.repeated) return;
  for (const GtpLinkFacts& each : facts.gtp_links) {
    const LinkRow* link = link_row(model, each.link);
    if (link == nullptr) continue;
    std::uint16_t last = 0;
    for (const Loss& loss : kLosses) {
      const std::uint64_t grew = each.grew(loss.counter);
      // One finding of an id for a link: the first says enough.
      if (grew == 0 || loss.id == last) continue;
      last = loss.id;
      out.link(loss.id, *link, count_of(grew, "packet") + " to " + link->name + loss.what);
    }
  }
}

// 104: a GGSN finds tunnels by the destination, so subscribers are behind the link; an SGSN has them on its own side.
void wrong_role(const HostFacts& facts, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    unsigned against = 0;
    unsigned all = 0;
    for (const SubscriberFacts& each : facts.subscribers) {
      if (each.link != link.index || each.route.error != 0) continue;
      ++all;
      const bool behind = each.route.route.link == link.index && !each.route.local;
      against += (link.role == LinkRole::ggsn ? each.route.local : behind) ? 1 : 0;
    }
    if (all == 0 || against != all) continue;
    out.link(104, link,
             link.role == LinkRole::ggsn
                 ? link.name + " is a ggsn, but its subscribers' addresses are this host's own"
                 : link.name + " is an sgsn, but the routes to its subscribers lead into it as on a ggsn");
  }
}

// 107: the way to a peer leads through another GTP link.
void nested(const HostFacts& facts, const Model& model, Findings& out) {
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used || peer.tunnels == 0) continue;
    const RouteFacts* route = facts.peer(peer.address);
    if (route == nullptr || !route->gtp || route->route.link == peer.link) continue;
    out.peer(107, peer.address,
             "packets to " + peer.address.text() + " go through the GTP link " + route->interface + ": GTP in GTP");
  }
}

void error_indications(const HostFacts&, const Model& model, Findings& out) {
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used || peer.error_indications_per_s < 1) continue;
    out.peer(108, peer.address,
             peer.address.text() + " sends " +
                 count_of(static_cast<std::uint64_t>(peer.error_indications_per_s), "Error Indication") +
                 " per second");
  }
}

// 110: packets of a 5G tunnel come with a QFI and go without.
void no_container(const HostFacts& facts, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    unsigned lacking = 0;
    for (const SubscriberFacts& each : facts.subscribers) {
      if (each.link == link.index && each.seen_qfi && !each.qfi) ++lacking;
    }
    if (lacking == 0) continue;
    out.link(110, link,
             count_of(lacking, "sampled tunnel") + " of " + link.name +
                 " received a QFI and sent none: a 5G peer drops packets without a PDU Session Container");
  }
}

// 111: after an End Marker nothing more comes on a tunnel, so it should be gone soon.
void ended(const HostFacts&, const Model& model, Findings& out) {
  for (std::size_t back = 0; back < model.events.size(); ++back) {
    const Event& event = model.events.newest(back);
    if (event.time_ns + kMinute < model.now_ns) return;
    if (event.kind != EventKind::end_marker || event.time_ns + kHandoverNs > model.now_ns) continue;
    if (model.tunnels.find(event.key) == kNoRow) continue;
    out.tunnel(111, event.key, model.links.name(event.key.link),
               "an End Marker came " + span_of(model.now_ns - event.time_ns) + " ago on a tunnel that is still there");
    return;
  }
}

// 112: mainline lists a tunnel by its new TEID and finds it by the old one.
void stale_hash(const HostFacts& facts, const Model& model, Findings& out) {
  for (const SubscriberFacts& each : facts.subscribers) {
    if (each.found_by_id.value_or(true)) continue;
    TunnelKey key;
    key.link = each.link;
    key.id = each.id;
    key.version = each.version;
    key.inner_v6 = each.ms.is_v6() ? 1 : 0;
    out.tunnel(112, key, model.links.name(each.link),
               "the tunnel of " + each.ms.text() + " is listed, but packets with its TEID do not find it");
  }
}

constexpr Rule kRules[] = {nobody_listens, silent_peer,       unknown_teid, counted_losses, wrong_role,
                           nested,         error_indications, no_container, ended,          stale_hash};

}  // namespace

std::span<const Rule> identification_rules() noexcept { return kRules; }

}  // namespace gtp::top
