// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-4xx: packets that are too big, in pieces, or summed up wrong.
#include <algorithm>

#include "gtptop/check/rules.hpp"
#include "kernel/uapi/linux/gtp.h"

namespace gtp::top {
namespace {

// 401: what the link takes, with GTP around it, against the way to the peer.
void too_big(const HostFacts& facts, const Model& model, Findings& out) {
  for (const LinkRow& link : model.links.rows()) {
    bool container = false;
    for (const SubscriberFacts& each : facts.subscribers) container |= each.link == link.index && each.qfi.has_value();
    const RouteFacts* worst = nullptr;
    std::uint32_t worst_over = 0;
    for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
      const Peer& peer = model.peers[number];
      if (!peer.used || peer.tunnels == 0 || peer.link != link.index) continue;
      const RouteFacts* route = facts.peer(peer.address);
      if (route == nullptr || route->error != 0 || route->mtu == 0 || route->gtp || route->local) continue;
      const bool version0 = link.tunnels_v0 != 0 && link.tunnels_v1 == 0;
      const std::uint32_t whole = link.mtu + tunnel_overhead(peer.address.is_v6(), version0, container);
      if (whole <= route->mtu || whole - route->mtu <= worst_over) continue;
      worst_over = whole - route->mtu;
      worst = route;
    }
    if (worst == nullptr) continue;
    out.link(401, link,
             "MTU " + std::to_string(link.mtu) + " of " + link.name + " with GTP around it is " +
                 std::to_string(worst->mtu + worst_over) + ", the way to " + worst->destination.text() + " takes " +
                 std::to_string(worst->mtu) + ": big packets are fragmented or lost");
  }
}

void fragments(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || model.links.rows().empty()) return;
  if (facts.reassembly_fails.grown != 0) {
    out.host(402, count_of(facts.reassembly_fails.grown, "packet") +
                      " could not be put together from fragments: some "
                      "were lost on the way");
    return;
  }
  bool by_link = false;
  for (const GtpLinkFacts& each : facts.gtp_links) {
    const LinkRow* link = model.links.find(each.link);
    const std::uint64_t grew = each.grew(GTP_LC_TX_FRAGMENTED);
    if (link == nullptr || grew == 0) continue;
    by_link = true;
    out.link(402, *link,
             count_of(grew, "packet") + " left " + link->name + " in fragments: firewalls and NAT often drop such")
        .severity = Severity::note;
  }
  if (!by_link && facts.fragments_made.grown != 0) {
    out.host(402, count_of(facts.fragments_made.grown, "fragment") + " were sent: firewalls and NAT often drop such")
        .severity = Severity::note;
  }
}

void no_discovery(const HostFacts& facts, const Model& model, Findings& out) {
  if (facts.pmtu_discovery.value_or(true) || model.links.rows().empty()) return;
  out.host(403, "path MTU discovery is switched off (net.ipv4.ip_no_pmtu_disc): packets that are too big get lost");
}

void checksums(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || facts.checksum_errors.grown == 0 || model.links.rows().empty()) return;
  out.host(405, count_of(facts.checksum_errors.grown, "UDP datagram") +
                    " had a wrong checksum, or over IPv6 none, and were dropped");
}

constexpr Rule kRules[] = {too_big, fragments, no_discovery, checksums};

}  // namespace

std::span<const Rule> size_rules() noexcept { return kRules; }

}  // namespace gtp::top
