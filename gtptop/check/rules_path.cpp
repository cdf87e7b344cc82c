// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-2xx: the way to a peer, and what answers there.
#include "gtptop/check/rules.hpp"

namespace gtp::top {
namespace {

template <typename F>
void each_peer(const Model& model, F&& f) {
  for (std::uint32_t number = 0; number < model.peers.limit(); ++number) {
    if (const Peer& peer = model.peers[number]; peer.used) f(peer);
  }
}

bool hears_traffic(const Peer& peer, std::uint64_t now_ns) {
  return peer.last_rx_ns != 0 && now_ns < peer.last_rx_ns + kAliveNs;
}

// 201, 202, 203: what became of Echo Requests.
void echoes(const HostFacts&, const Model& model, Findings& out) {
  each_peer(model, [&](const Peer& peer) {
    // A path that no tunnel uses any more is nobody's trouble.
    if (peer.tunnels == 0) return;
    const std::string address = peer.address.text();
    // Traffic says that the peer lives, whatever became of the echoes.
    if (peer.lost_in_row >= kN3Requests && hears_traffic(peer, model.now_ns)) {
      out.peer(203, peer.address,
               address + " sends packets and answers no Echo Request: it may answer to another port, or not at all");
      return;
    }
    const PathState state = peer.state(model.now_ns);
    if (state == PathState::down) {
      const std::uint64_t since = peer.down_since_ns != 0 ? peer.down_since_ns : model.now_ns;
      out.peer(201, peer.address,
               "path to " + address + " down for " + span_of(model.now_ns - since) + ", " +
                   count_of(peer.tunnels, "tunnel") + (peer.tunnels == 1 ? " uses it" : " use it"))
          .since_ns = since;
    }
    if (state == PathState::suspect) {
      out.peer(202, peer.address,
               std::to_string(peer.loss_percent().value_or(0)) + "% of the last Echo Requests to " + address +
                   " were not answered");
    }
  });
}

void restarted(const HostFacts&, const Model& model, Findings& out) {
  each_peer(model, [&](const Peer& peer) {
    if (!peer.recovery_before) return;
    out.peer(204, peer.address,
             "restart counter of " + peer.address.text() + " went from " + std::to_string(*peer.recovery_before) +
                 " to " + std::to_string(peer.recovery.value_or(0)));
  });
}

// 205: somebody says that nobody listens there. The counter does not say who, so it is a note.
void unreachable(const HostFacts& facts, const Model& model, Findings& out) {
  if (!facts.repeated || facts.unreachable.grown == 0 || model.peers.size() == 0) return;
  out.host(205, count_of(facts.unreachable.grown, "ICMP message") +
                    " said that a destination or port was unreachable: a peer may have nobody at its port");
}

bool is_private(const IpAddress& address) {
  if (!address.is_v4()) return false;
  const std::uint32_t a = address.to_v4();
  return (a >> 24) == 10 || (a >> 20) == 0xac1 || (a >> 16) == 0xc0a8 || (a >> 22) == (0x64400000U >> 22);
}

// 206: a private address that only the default route leads to, from a public one.
void translated(const HostFacts& facts, const Model& model, Findings& out) {
  each_peer(model, [&](const Peer& peer) {
    if (peer.tunnels == 0 || !is_private(peer.address)) return;
    const RouteFacts* route = facts.peer(peer.address);
    if (route == nullptr || route->error != 0 || !route->by_default) return;
    if (route->route.source.empty() || is_private(route->route.source)) return;
    out.peer(206, peer.address,
             peer.address.text() +
                 " is a private address and only the default route leads there: the peer may be "
                 "behind address translation");
  });
}

// 207: two roles on one host. The kernel takes packets from its own addresses only when told to.
void own_address(const HostFacts& facts, const Model& model, Findings& out) {
  each_peer(model, [&](const Peer& peer) {
    if (peer.tunnels == 0) return;
    const RouteFacts* route = facts.peer(peer.address);
    if (route == nullptr || !route->local) return;
    out.peer(207, peer.address,
             "the peer " + peer.address.text() +
                 " is an address of this host: packets from own addresses are dropped on other interfaces");
  });
}

constexpr Rule kRules[] = {echoes, restarted, unreachable, translated, own_address};

}  // namespace

std::span<const Rule> path_rules() noexcept { return kRules; }

}  // namespace gtp::top
