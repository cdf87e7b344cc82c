// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-3xx: this host's links, routes, settings and rights.
#include "gtptop/check/rules.hpp"

namespace gtp::top {
namespace {

// A chain of 16 costs about as much as the rest of a packet's way.
constexpr std::uint64_t kCrowded = 16;

std::uint64_t tunnels_of(const LinkRow& link) { return link.tunnels_v0 + link.tunnels_v1; }

// 301: of mainline's module, whose tables stay as they were made. Ours, which counts, has tables that grow.
void crowded(const HostFacts&, const Model& model, Findings& out) {
  if (model.capabilities.traffic == Origin::module) return;
  for (const LinkRow& link : model.links.rows()) {
    if (link.buckets.value_or(0) == 0 || tunnels_of(link) / *link.buckets < kCrowded) continue;
    out.link(301, link,
             digits_of(tunnels_of(link) / *link.buckets) + " tunnels per hash bucket of " + link.name +
                 ": every packet walks a long chain");
  }
}

// 302: of a ggsn, for an sgsn's subscribers are on its own side.
void no_way_to_subscriber(const HostFacts& facts, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    if (link.role != LinkRole::ggsn) continue;
    for (const SubscriberFacts& each : facts.subscribers) {
      if (each.link != link.index || each.ms.empty() || each.route.local) continue;
      if (each.route.error == 0 && each.route.route.link == link.index) continue;
      const std::string way =
          each.route.error != 0 ? "there is no route" : "the route leads to " + each.route.interface;
      out.link(302, link, "packets to the subscriber " + each.ms.text() + " do not reach " + link.name + ": " + way);
      break;
    }
  }
}

// 303, 304: the way to a peer; by routes, and by the link's counters where routes change under its feet.
void way_to_peer(const HostFacts& facts, const Model& model, Findings& out) {
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    const Peer& peer = model.peers[number];
    if (!peer.used || peer.tunnels == 0) continue;
    const RouteFacts* route = facts.peer(peer.address);
    if (route == nullptr) continue;
    if (route->error != 0) {
      out.peer(303, peer.address,
               "there is no route to the peer " + peer.address.text() + " of " + count_of(peer.tunnels, "tunnel"));
    } else if (route->gtp && route->route.link == peer.link) {
      out.peer(
          304, peer.address,
          "the route to the peer " + peer.address.text() + " leads into the tunnel's own link " + route->interface);
    }
  }
  for (const LinkRow& link : model.links.rows()) {
    if (const std::uint64_t rate = link.no_route_per_s.value_or(0); rate > 0) {
      out.link(303, link, count_of(rate, "packet") + " per second of " + link.name + " have no route to their peer");
    }
  }
}

// 305: what remains of the errors when routes are taken off.
void no_tunnel(const HostFacts&, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    const std::uint64_t errors = link.tx_errors_per_s.value_or(0);
    const std::uint64_t routes = link.no_route_per_s.value_or(0);
    // While packets loop, that is what is wrong.
    if (errors <= routes || (link.counters && link.counters->loop > 0)) continue;
    out.link(
        305, link,
        count_of(errors - routes, "packet") + " per second to " + link.name + " are for an address without tunnel");
  }
}

void reverse_path(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || facts.reverse_path.grown == 0 || model.links.rows().empty()) return;
  std::string strict;
  for (const InterfaceFacts& each : facts.interfaces) {
    if (each.rp_filter.value_or(0) == 1) strict += (strict.empty() ? "" : ", ") + each.name;
  }
  if (strict.empty()) return;
  out.host(306, count_of(facts.reverse_path.grown, "packet") +
                    " were dropped by the reverse path filter, which is strict on " + strict);
}

bool has_v6_tunnels(const HostFacts& facts, std::uint32_t link) {
  for (const SubscriberFacts& each : facts.subscribers) {
    if (each.link == link && each.ms.is_v6()) return true;
  }
  return false;
}

void forwarding(const HostFacts& facts, const Model& model, Findings& out) {
  bool any = false;
  for (const LinkRow& link : model.links.rows()) {
    const InterfaceFacts* interface = facts.interface(link.index);
    if (link.role != LinkRole::ggsn || tunnels_of(link) == 0 || interface == nullptr) continue;
    any = true;
    if (!interface->forwarding_v4.value_or(true)) {
      out.link(307, link, "IPv4 packets of subscribers are not forwarded: forwarding is off for " + link.name);
    } else if (has_v6_tunnels(facts, link.index) && !interface->forwarding_v6.value_or(true)) {
      out.link(307, link, "IPv6 packets of subscribers are not forwarded: forwarding is off for " + link.name);
    }
  }
  if (!any || !facts.dropping) return;
  for (const DroppingChain& chain : *facts.dropping) {
    if (chain.hook != DroppingChain::Hook::forward) continue;
    out.host(307, "the firewall's chain " + chain.name + " drops what no rule accepts: subscribers' packets must be")
        .severity = Severity::note;
  }
}

// 308: somebody has the port, and there is no link: a link with sockets of its own cannot have the same address.
void port_taken(const HostFacts& facts, const Model& model, Findings& out) {
  if (!model.links.rows().empty()) return;
  for (const netlink::UdpSocket& socket : facts.sockets) {
    if (socket.local_port != 2152 || socket.inode == 0) continue;
    const std::string address = socket.local.empty() ? "every address" : socket.local.text();
    out.host(308, "a program of user " + std::to_string(socket.uid) + " has UDP port 2152 of " + address +
                      ": a GTP link cannot be made there");
    return;
  }
}

void module_missing(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.known || facts.module_loaded || !model.links.rows().empty()) return;
  if (!facts.module_blacklisted.empty()) {
    out.host(309, "the module gtp is not loaded and is blacklisted in " + facts.module_blacklisted);
  } else if (!facts.module_installed) {
    out.host(309, "the module gtp is not installed for the kernel that runs");
  } else {
    out.host(309, "the module gtp is installed and not loaded").severity = Severity::note;
  }
}

void no_right(const HostFacts& facts, const Model&, Findings& out) {
  if (!facts.known || facts.may_administer) return;
  out.host(310, facts.root ? "tunnels cannot be listed: root here is not the host's root (a container)"
                           : "tunnels cannot be listed without CAP_NET_ADMIN");
}

void link_down(const HostFacts&, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    if (!link.up) {
      out.link(311, link, link.name + " is down: it takes no packets and sends no Echo Requests");
    }
  }
}

void sockets_elsewhere(const HostFacts& facts, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    const InterfaceFacts* interface = facts.interface(link.index);
    if (interface == nullptr || !interface->elsewhere) continue;
    out.link(312, link,
             link.name + " was moved here: its sockets, and the routes to its peers, are in another network namespace");
  }
}

constexpr Rule kRules[] = {crowded,    no_way_to_subscriber, way_to_peer, no_tunnel, reverse_path,     forwarding,
                           port_taken, module_missing,       no_right,    link_down, sockets_elsewhere};

}  // namespace

std::span<const Rule> host_rules() noexcept { return kRules; }

}  // namespace gtp::top
