// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/live_checks.hpp"

#include <algorithm>
#include <cstring>

#include "gtptop/check/finding.hpp"
#include "gtptop/check/rules.hpp"

namespace gtp::top {
namespace {

std::string way_of(const RouteFacts& route) {
  std::string out = route.destination.text();
  if (route.local) return out + " is an address of this host";
  if (!route.route.gateway.empty()) out += " via " + route.route.gateway.text();
  out += " dev " + route.interface;
  if (!route.route.source.empty()) out += " src " + route.route.source.text();
  return out;
}

LiveCheck route_to_peer(const RouteFacts& route, const LinkRow& link) {
  LiveCheck check{CheckOutcome::ok, "route to peer", {}, "ip route get " + route.destination.text()};
  if (route.error != 0) return {CheckOutcome::fail, check.name, std::strerror(route.error), "GTP-303"};
  check.what = way_of(route);
  if (route.gtp && route.route.link == link.index) return {CheckOutcome::fail, check.name, check.what, "GTP-304"};
  if (route.gtp) return {CheckOutcome::warn, check.name, check.what, "GTP-107"};
  if (route.local) return {CheckOutcome::warn, check.name, check.what, "GTP-207"};
  return check;
}

LiveCheck route_to_subscriber(const RouteFacts& route, const LinkRow& link) {
  LiveCheck check{CheckOutcome::ok, "route to MS", {}, "ip route get " + route.destination.text()};
  if (link.role == LinkRole::sgsn) {
    check.what = "an sgsn has its subscribers on its own side";
    return check;
  }
  if (route.error != 0) return {CheckOutcome::fail, check.name, std::strerror(route.error), "GTP-302"};
  check.what = way_of(route);
  if (route.local) return {CheckOutcome::warn, check.name, check.what, "GTP-104"};
  if (route.route.link != link.index) return {CheckOutcome::fail, check.name, check.what, "GTP-302"};
  return check;
}

LiveCheck size_of(const RouteFacts& route, const LinkRow& link, const TunnelDetail& detail) {
  LiveCheck check{CheckOutcome::skip, "MTU", "the way to the peer is not known",
                  "ip route get " + route.destination.text()};
  if (route.error != 0 || route.mtu == 0) return check;
  const unsigned around =
      tunnel_overhead(route.destination.is_v6(), detail.row.key.version == 0, detail.row.qfi.has_value());
  const std::uint32_t whole = link.mtu + around;
  check.what = link.name + " " + std::to_string(link.mtu) + " + " + std::to_string(around) +
               " octets of GTP/UDP/IP = " + std::to_string(whole);
  if (whole > route.mtu) {
    check.what += " > " + std::to_string(route.mtu) + " of " + route.interface + ": fragmented or dropped";
    return {CheckOutcome::fail, check.name, check.what, "GTP-401"};
  }
  check.what += ", " + route.interface + " takes " + std::to_string(route.mtu);
  check.outcome = CheckOutcome::ok;
  return check;
}

LiveCheck filter_of(const HostFacts& facts, const RouteFacts& route, const LinkRow& link) {
  LiveCheck check{CheckOutcome::skip, "reverse path filter", "cannot be read", "sysctl net.ipv4.conf"};
  const InterfaceFacts* own = facts.interface(link.index);
  if (own == nullptr || !own->rp_filter) return check;
  check.what = link.name + " " + std::to_string(*own->rp_filter);
  const InterfaceFacts* outer = facts.interface(route.route.link);
  if (outer != nullptr && outer->rp_filter) check.what += ", " + outer->name + " " + std::to_string(*outer->rp_filter);
  const bool strict = *own->rp_filter == 1 || (outer != nullptr && outer->rp_filter.value_or(0) == 1);
  check.what += strict ? " (1: strict)" : " (0: off, 2: loose)";
  check.outcome = strict ? CheckOutcome::note : CheckOutcome::ok;
  if (strict && facts.reverse_path.grown != 0) check.outcome = CheckOutcome::warn;
  if (check.outcome == CheckOutcome::warn) check.look = "GTP-306";
  return check;
}

LiveCheck forwarding_of(const HostFacts& facts, const LinkRow& link, bool v6) {
  LiveCheck check{CheckOutcome::skip, "forwarding", "cannot be read",
                  v6 ? "sysctl net.ipv6.conf.all.forwarding" : "sysctl net.ipv4.ip_forward"};
  const InterfaceFacts* own = facts.interface(link.index);
  if (own == nullptr) return check;
  const std::optional<bool> on = v6 ? own->forwarding_v6 : own->forwarding_v4;
  if (!on) return check;
  check.what =
      std::string(v6 ? "IPv6" : "IPv4") + (*on ? " is forwarded from " : " is not forwarded from ") + link.name;
  check.outcome = *on || link.role == LinkRole::sgsn ? CheckOutcome::ok : CheckOutcome::fail;
  if (check.outcome == CheckOutcome::fail) check.look = "GTP-307";
  return check;
}

LiveCheck firewall_of(const HostFacts& facts) {
  LiveCheck check{CheckOutcome::skip, "firewall", "the rules of nftables cannot be read", "nft list ruleset"};
  if (!facts.dropping) return check;
  check.outcome = CheckOutcome::ok;
  check.what = "no chain drops by its policy";
  for (const DroppingChain& chain : *facts.dropping) {
    if (chain.hook == DroppingChain::Hook::output) continue;
    check.what = chain.name + " drops what no rule accepts";
    check.outcome = CheckOutcome::note;
  }
  return check;
}

}  // namespace

LiveCheck sockets_check(const LinkRow& link) {
  LiveCheck check{CheckOutcome::skip, "sockets", "not known for several links", "ss -ulnm 'sport = :2152'"};
  if (!link.receive_queue_bytes || !link.receive_limit_bytes) return check;
  const bool full = *link.receive_queue_bytes * 10 >= *link.receive_limit_bytes * 9;
  check.what = link.sockets + ": " + digits_of(*link.receive_queue_bytes) + " of " +
               digits_of(*link.receive_limit_bytes) + " octets wait, " + digits_of(link.socket_drops.value_or(0)) +
               " dropped";
  check.outcome = full ? CheckOutcome::fail : CheckOutcome::ok;
  if (full) check.look = "GTP-102";
  return check;
}

LiveCheck path_check(const Model& model, const IpAddress& address) {
  LiveCheck check{CheckOutcome::skip, "path", "never asked: e sends one Echo Request", "gtpgen echo " + address.text()};
  const auto number = model.peers.find(address);
  if (!number) return check;
  const Peer& peer = model.peers[*number];
  const auto loss = peer.loss_percent();
  if (!loss) return check;
  check.what = std::to_string(*loss) + "% of the last Echo Requests were not answered";
  check.outcome = *loss == 0 ? CheckOutcome::ok : CheckOutcome::warn;
  if (peer.state(model.now_ns) == PathState::down) check.outcome = CheckOutcome::fail;
  if (*loss != 0) check.look = finding_name(check.outcome == CheckOutcome::fail ? 201 : 202);
  return check;
}

std::vector<LiveCheck> live_checks(const HostFacts& facts, const RouteFacts& peer, const SubscriberFacts& subscriber,
                                   const Model& model, const TunnelDetail& detail) {
  std::vector<LiveCheck> checks;
  const LinkRow* link = model.links.find(detail.row.key.link);
  if (link == nullptr) return {path_check(model, detail.row.peer)};
  checks.push_back(route_to_peer(peer, *link));
  if (!detail.row.ms.empty()) checks.push_back(route_to_subscriber(subscriber.route, *link));
  if (!subscriber.found_by_id.value_or(true)) {
    checks.push_back({CheckOutcome::fail, "hash", "listed, but not found by its TEID: delete and add it", "GTP-112"});
  }
  checks.push_back(size_of(peer, *link, detail));
  checks.push_back(filter_of(facts, peer, *link));
  checks.push_back(forwarding_of(facts, *link, detail.row.ms.is_v6()));
  checks.push_back(firewall_of(facts));
  checks.push_back(sockets_check(*link));
  checks.push_back(path_check(model, detail.row.peer));
  return checks;
}

}  // namespace gtp::top
