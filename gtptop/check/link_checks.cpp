// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/live_checks.hpp"
#include "gtptop/check/rules.hpp"

namespace gtp::top {
namespace {

constexpr std::size_t kMostRoutes = 12;

std::string text_of(const IpPrefix& prefix) { return prefix.address.text() + "/" + std::to_string(prefix.length); }

void put_routes(const LinkFacts& around, const LinkRow& link, std::vector<LiveCheck>& lines) {
  const std::string look = "ip route show dev " + link.name;
  for (std::size_t i = 0; i < around.routes.size() && i < kMostRoutes; ++i) {
    const netlink::Route& route = around.routes[i];
    std::string what = route.destination.length == 0 ? "default" : text_of(route.destination);
    if (!route.gateway.empty()) what += " via " + route.gateway.text();
    if (!route.source.empty()) what += " src " + route.source.text();
    if (route.mtu != 0) what += " mtu " + std::to_string(route.mtu);
    // 254 is the main table.
    if (route.table != 254) what += " table " + std::to_string(route.table);
    lines.push_back({CheckOutcome::ok, "route", what, look});
  }
  if (around.routes.size() > kMostRoutes) {
    lines.push_back({CheckOutcome::note, "route", count_of(around.routes.size() - kMostRoutes, "more route"), look});
  }
  if (!around.routes.empty()) return;
  const bool needed = link.role == LinkRole::ggsn && link.tunnels_v0 + link.tunnels_v1 != 0;
  lines.push_back({needed ? CheckOutcome::warn : CheckOutcome::note, "route", "no route leads into " + link.name,
                   needed ? "GTP-302" : look});
}

void put_settings(const InterfaceFacts& own, std::vector<LiveCheck>& lines) {
  const std::string conf = "net.ipv4.conf." + own.name + ".";
  if (own.rp_filter) {
    const bool strict = *own.rp_filter == 1;
    lines.push_back({strict ? CheckOutcome::note : CheckOutcome::ok, "reverse path filter",
                     std::to_string(*own.rp_filter) + (strict ? " (strict)" : " (0: off, 2: loose)") +
                         ", the greater of its own and that of all",
                     "sysctl " + conf + "rp_filter"});
  }
  if (own.forwarding_v4) {
    lines.push_back({*own.forwarding_v4 ? CheckOutcome::ok : CheckOutcome::warn, "forwarding, IPv4",
                     *own.forwarding_v4 ? "on" : "off: packets of subscribers go no further",
                     "sysctl " + conf + "forwarding"});
  }
  if (own.forwarding_v6) {
    lines.push_back({*own.forwarding_v6 ? CheckOutcome::ok : CheckOutcome::note, "forwarding, IPv6",
                     *own.forwarding_v6 ? "on" : "off", "sysctl net.ipv6.conf.all.forwarding"});
  }
  if (own.accept_local) {
    lines.push_back(
        {CheckOutcome::ok, "accept_local", std::to_string(*own.accept_local), "sysctl " + conf + "accept_local"});
  }
  if (own.elsewhere) {
    lines.push_back(
        {CheckOutcome::note, "namespace", "its sockets are in the network namespace where it was made", "GTP-312"});
  }
}

// The kernel does not tell whose a socket is: those of GTP's ports.
void put_sockets(const HostFacts& facts, const LinkRow& link, std::vector<LiveCheck>& lines) {
  if (link.receive_queue_bytes) lines.push_back(sockets_check(link));
  for (const netlink::UdpSocket& socket : facts.sockets) {
    std::string what = (socket.local.empty() ? socket.version == 6 ? "[::]" : "0.0.0.0" : socket.local.text()) + ":" +
                       std::to_string(socket.local_port);
    what += socket.inode == 0 ? ", the kernel's" : ", a program's of user " + std::to_string(socket.uid);
    if (socket.memory) {
      what += ", " + digits_of(socket.memory->receive_bytes) + " of " + digits_of(socket.memory->receive_limit_bytes) +
              " octets wait, " + count_of(socket.memory->drops, "packet") + " dropped";
    }
    const bool drops = socket.memory && socket.memory->drops != 0;
    lines.push_back({drops ? CheckOutcome::warn : CheckOutcome::ok, "socket", what,
                     "ss -ulnm 'sport = :" + std::to_string(socket.local_port) + "'"});
  }
}

}  // namespace

std::vector<LiveCheck> link_checks(const HostFacts& facts, const LinkFacts& around, const LinkRow& link) {
  std::vector<LiveCheck> lines;
  const std::string look = "ip address show dev " + link.name;
  for (const netlink::InterfaceAddress& each : around.addresses) {
    lines.push_back({CheckOutcome::ok, "address", text_of(each.prefix), look});
  }
  if (facts.known && around.addresses.empty()) lines.push_back({CheckOutcome::note, "address", "none", look});
  if (facts.known) put_routes(around, link, lines);
  if (const InterfaceFacts* own = facts.interface(link.index)) put_settings(*own, lines);
  put_sockets(facts, link, lines);
  return lines;
}

}  // namespace gtp::top
