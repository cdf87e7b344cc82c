// SPDX-License-Identifier: GPL-2.0-or-later
//
// A host where all is well, for tests of rules to break: a GGSN with one link, one peer and three tunnels.
//
//   gtp0 (7, ggsn, MTU 1400)  ->  192.0.2.1 via eth1 (2, MTU 1500)
//   10.45.0.1 … 10.45.0.3 via gtp0, I-TEIs 1 … 3
#pragma once

#include <algorithm>
#include <vector>

#include "gtptop/check/rules.hpp"
#include "gtptop/model/model.hpp"

namespace gtp::top {

constexpr std::uint64_t kNow = 1'700'000'000'000'000'000;
constexpr std::uint64_t kSecond = 1'000'000'000;
constexpr std::uint32_t kGtp0 = 7;
constexpr std::uint32_t kEth1 = 2;

inline IpAddress ip(const char* text) { return *IpAddress::parse(text); }

struct World {
  Model model;
  HostFacts facts;
  LinkRow link;

  World() {
    model.now_ns = kNow;
    model.capabilities.traffic = Origin::module;
    model.capabilities.tunnels = true;
    link.index = kGtp0;
    link.name = "gtp0";
    link.up = true;
    link.mtu = 1400;
    link.buckets = 1024;
    link.counters = LinkCounters{};
    link.receive_queue_bytes = 0;
    link.receive_limit_bytes = 212'992;
    link.socket_drops = 0;
    tell_link();
    for (std::uint32_t i = 1; i <= 3; ++i) {
      add_tunnel(i, IpAddress::v4(0x0a2d0000U + i), ip("192.0.2.1"));
      SubscriberFacts subscriber;
      subscriber.link = kGtp0;
      subscriber.id = i;
      subscriber.ms = IpAddress::v4(0x0a2d0000U + i);
      subscriber.route = way(subscriber.ms, kGtp0);
      subscriber.found_by_id = true;
      facts.subscribers.push_back(subscriber);
    }
    sum();
    facts.time_ns = kNow;
    facts.repeated = true;
    facts.module_loaded = true;
    facts.known = true;
    facts.may_administer = true;
    facts.root = true;
    facts.interfaces = {interface(kEth1, "eth1", 1500), interface(kGtp0, "gtp0", 1400)};
    facts.interfaces[1].gtp = true;
    facts.gtp_links.resize(1);
    facts.gtp_links[0].link = kGtp0;
    facts.gtp_links[0].grown.count = netlink::GtpLinkCounters::kMax;
    netlink::UdpSocket socket;
    socket.local_port = 2152;
    facts.sockets = {socket};
    facts.sockets_known = true;
    facts.peers = {way(ip("192.0.2.1"), kEth1)};
    facts.dropping.emplace();
    facts.pmtu_discovery = true;
    facts.conntrack_count = 10;
    facts.conntrack_max = 1000;
    facts.softnet_packets.resize(2);
  }

  void tell_link() { model.links.update(link, kNow / 1'000'000); }
  // A second reading, a second later, so that there are rates.
  void tell_link_later() { model.links.update(link, kNow / 1'000'000 + 1000); }
  void add_tunnel(std::uint32_t teid, const IpAddress& ms, const IpAddress& peer) {
    TunnelSample sample;
    sample.key.link = kGtp0;
    sample.key.id = teid;
    sample.key.inner_v6 = ms.is_v6() ? 1 : 0;
    sample.ms = ms;
    sample.peer = peer;
    model.add(sample, 0);
  }
  void sum() {
    model.peers.aggregate(model.tunnels, model.links, model.now_ns);
    model.links.count_tunnels(model.tunnels);
  }
  Peer& peer() { return model.peers.at(*model.peers.find(ip("192.0.2.1"))); }

  static InterfaceFacts interface(std::uint32_t index, const char* name, std::uint32_t mtu) {
    InterfaceFacts out;
    out.index = index;
    out.name = name;
    out.up = true;
    out.mtu = mtu;
    out.rp_filter = 0;
    out.accept_local = 0;
    out.forwarding_v4 = true;
    out.forwarding_v6 = true;
    return out;
  }
  static RouteFacts way(const IpAddress& to, std::uint32_t interface) {
    RouteFacts out;
    out.destination = to;
    out.route.link = interface;
    out.interface = interface == kGtp0 ? "gtp0" : "eth1";
    out.gtp = interface == kGtp0;
    out.mtu = interface == kGtp0 ? 1400 : 1500;
    out.route.source = ip("198.51.100.1");
    return out;
  }

  std::vector<Finding> found() const {
    std::vector<Finding> out;
    apply_rules(facts, model, out);
    return out;
  }
  // How many of this id.
  long count(std::uint16_t id) const {
    const std::vector<Finding> all = found();
    return std::count_if(all.begin(), all.end(), [&](const Finding& each) { return each.id == id; });
  }
  // The first of this id, or an empty one.
  Finding first(std::uint16_t id) const {
    for (const Finding& each : found()) {
      if (each.id == id) return each;
    }
    return {};
  }
};

}  // namespace gtp::top
