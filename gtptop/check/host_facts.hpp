// SPDX-License-Identifier: GPL-2.0-or-later
//
// HostFacts: what a host says about itself that the checks want to know: rights, module, sockets, routes, sysctls,
// firewall, counters. Plain values, so that tests write them down; what could not be read stays empty, and a rule that
// needs it then says nothing. Who reads them is a HostReader (host_reader.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "libcommon/netlink/address.hpp"
#include "libcommon/netlink/link_counters.hpp"
#include "libcommon/netlink/route.hpp"
#include "libcommon/netlink/sock_diag.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::top {

// A counter of the kernel, and by how much it grew between the last two readings.
struct Growing {
  std::optional<std::uint64_t> value;
  std::uint64_t grown = 0;

  void read(std::optional<std::uint64_t> now) {
    grown = value && now && *now > *value ? *now - *value : 0;
    value = now;
  }
};

struct InterfaceFacts {
  std::uint32_t index = 0;
  std::string name;
  bool up = false;
  bool gtp = false;
  std::uint32_t mtu = 0;
  bool elsewhere = false;             // a GTP link whose sockets are in another namespace
  std::optional<int> rp_filter;       // what counts: the greater of its own and that of all
  std::optional<int> accept_local;    // its own or that of all
  std::optional<bool> forwarding_v4;  // of a packet that comes in here
  std::optional<bool> forwarding_v6;
};

// Counters of our module, of one link.
struct GtpLinkFacts {
  std::uint32_t link = 0;
  netlink::GtpLinkCounters now;
  netlink::GtpLinkCounters grown;
  std::uint64_t grew(std::size_t counter) const noexcept { return counter < grown.count ? grown.values[counter] : 0; }
};

// Which way a packet to an address goes.
struct RouteFacts {
  IpAddress destination;
  int error = 0;  // errno: there is no way
  netlink::Route route;
  bool local = false;       // an address of this host
  bool by_default = false;  // only the default route fits
  std::uint32_t mtu = 0;    // of the way: the route's, else the interface's
  std::string interface;
  bool gtp = false;  // that is a GTP link
};

// A tunnel of the sample, as the kernel has it.
struct SubscriberFacts {
  std::uint32_t link = 0;
  std::uint64_t id = 0;
  std::uint8_t version = 1;
  IpAddress ms;
  RouteFacts route;
  std::optional<bool> found_by_id;       // false: listed, but packets for it are not found
  std::optional<std::uint8_t> qfi;       // that is sent
  std::optional<std::uint8_t> seen_qfi;  // that is received
};

// What a link's page shows besides: read when it is opened.
struct LinkFacts {
  std::vector<netlink::InterfaceAddress> addresses;
  std::vector<netlink::Route> routes;  // that lead into it
};

// A base chain of nftables (iptables-nft makes such too) whose policy is to drop.
struct DroppingChain {
  std::string name;  // "ip filter FORWARD"
  enum class Hook : std::uint8_t { input, forward, output } hook = Hook::input;
  int family = 4;  // 4, 6, or 0 for both
};

struct HostFacts {
  std::uint64_t time_ns = 0;
  bool known = false;     // somebody has looked; else there is a model and nothing more
  bool repeated = false;  // read twice: what counters grew by means something

  bool module_loaded = false;
  bool module_installed = false;
  std::string module_blacklisted;  // the file that does it
  bool may_administer = false;     // CAP_NET_ADMIN of the initial user namespace
  bool root = false;

  std::vector<InterfaceFacts> interfaces;
  std::vector<GtpLinkFacts> gtp_links;
  std::vector<netlink::UdpSocket> sockets;  // on GTP's ports
  bool sockets_known = false;
  std::vector<RouteFacts> peers;
  std::vector<SubscriberFacts> subscribers;

  std::optional<bool> pmtu_discovery;                  // net.ipv4.ip_no_pmtu_disc is 0
  std::optional<std::vector<DroppingChain>> dropping;  // empty: cannot be read
  std::optional<std::uint64_t> conntrack_count;
  std::optional<std::uint64_t> conntrack_max;

  Growing rcvbuf_errors;     // UDP, both families
  Growing checksum_errors;   // UDP, both families
  Growing reverse_path;      // TcpExtIPReversePathFilter
  Growing unreachable;       // ICMP destination unreachable, received
  Growing fragments_made;    // of IPv4 and IPv6
  Growing reassembly_fails;  // of both
  Growing softnet_dropped;
  Growing softnet_squeezed;
  std::vector<Growing> softnet_packets;  // by processor

  const InterfaceFacts* interface(std::uint32_t index) const noexcept {
    for (const InterfaceFacts& each : interfaces) {
      if (each.index == index) return &each;
    }
    return nullptr;
  }
  const RouteFacts* peer(const IpAddress& address) const noexcept {
    for (const RouteFacts& each : peers) {
      if (each.destination == address) return &each;
    }
    return nullptr;
  }
};

}  // namespace gtp::top
