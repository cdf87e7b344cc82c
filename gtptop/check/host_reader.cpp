// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtptop/check/host_reader.hpp"

#include <linux/capability.h>
#include <linux/rtnetlink.h>
#include <unistd.h>

#include <algorithm>
#include <map>

#include "gtptop/check/nft_chains.hpp"
#include "gtptop/check/proc_files.hpp"
#include "gtptop/model/model.hpp"
#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/socket.hpp"
#include "libcommon/sys/capability.hpp"

namespace gtp::top {
namespace {

// A route costs some 20 us to ask for; more peers than this take turns.
constexpr std::size_t kPeersAtOnce = 512;
constexpr std::size_t kSamplesOfLink = 8;
constexpr std::size_t kMaxInterfaces = 256;

class KernelReader final : public HostReader {
 public:
  KernelReader();
  void read(const Model& model, HostFacts& facts) override;
  RouteFacts peer(const IpAddress& address) override { return way_to(address); }
  SubscriberFacts subscriber(const TunnelKey& key, const IpAddress& ms) override;
  LinkFacts around(std::uint32_t link) override;

 private:
  void read_rights(HostFacts& facts);
  void read_interfaces(HostFacts& facts);
  void read_sockets(HostFacts& facts);
  void read_counters(HostFacts& facts);
  void read_gtp_links(HostFacts& facts);
  void read_peers(const Model& model, HostFacts& facts);
  void read_subscribers(const Model& model, HostFacts& facts);
  RouteFacts way_to(const IpAddress& address);

  struct Interface {
    std::string name;
    std::uint32_t mtu = 0;
    bool gtp = false;
  };

  std::optional<netlink::Connection> route_;
  std::optional<netlink::Connection> diag_;
  std::optional<netlink::GtpClient> gtp_;
  std::map<std::uint32_t, Interface> interfaces_;
  std::uint32_t next_peer_ = 0;
  RowId next_row_ = 0;
};

KernelReader::KernelReader() {
  if (auto route = netlink::connect(netlink::Protocol::route)) route_ = *std::move(route);
  if (auto diag = netlink::connect(netlink::Protocol::sock_diag)) diag_ = *std::move(diag);
}

void KernelReader::read(const Model& model, HostFacts& facts) {
  // Links are there, so the module is, and nothing is loaded by asking.
  if (!gtp_ && !model.links.rows().empty()) {
    if (auto client = netlink::GtpClient::open()) gtp_.emplace(*std::move(client));
  }
  read_rights(facts);
  read_interfaces(facts);
  read_sockets(facts);
  read_counters(facts);
  read_gtp_links(facts);
  read_peers(model, facts);
  read_subscribers(model, facts);
  facts.dropping = facts.may_administer ? read_dropping_chains() : std::nullopt;
}

void KernelReader::read_rights(HostFacts& facts) {
  facts.root = ::geteuid() == 0;
  // The initial user namespace maps everybody to himself.
  const std::string map = read_text("/proc/self/uid_map");
  const bool initial = map.find("4294967295") != std::string::npos;
  facts.may_administer = initial && sys::has_capability(CAP_NET_ADMIN);
  facts.module_loaded = ::access("/sys/module/gtp", F_OK) == 0;
  if (facts.module_loaded || facts.repeated) return;
  facts.module_installed = is_module_installed("gtp");
  facts.module_blacklisted = find_blacklist("gtp");
}

std::optional<int> setting(const std::string& path) {
  const auto value = read_number(path);
  return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

void KernelReader::read_interfaces(HostFacts& facts) {
  facts.interfaces.clear();
  interfaces_.clear();
  if (!route_) return;
  const std::string v4 = "/proc/sys/net/ipv4/conf/";
  const std::string v6 = "/proc/sys/net/ipv6/conf/";
  const auto all_rp = setting(v4 + "all/rp_filter");
  const auto all_local = setting(v4 + "all/accept_local");
  const auto all_v6 = setting(v6 + "all/forwarding");
  const auto read = netlink::links(*route_, {}, [&](const netlink::Link& link) {
    interfaces_[link.index] = {link.name, link.mtu, link.kind == "gtp"};
    if (facts.interfaces.size() >= kMaxInterfaces && link.kind != "gtp") return;
    InterfaceFacts& out = facts.interfaces.emplace_back();
    out.index = link.index;
    out.name = link.name;
    out.up = link.is_up();
    out.gtp = link.kind == "gtp";
    out.mtu = link.mtu;
    out.elsewhere = out.gtp && link.parent_netnsid.has_value();
    const auto rp = setting(v4 + link.name + "/rp_filter");
    if (rp && all_rp) out.rp_filter = std::max(*rp, *all_rp);
    const auto local = setting(v4 + link.name + "/accept_local");
    if (local && all_local) out.accept_local = std::max(*local, *all_local);
    if (const auto on = setting(v4 + link.name + "/forwarding")) out.forwarding_v4 = *on != 0;
    // IPv6 asks the setting of all.
    if (all_v6) out.forwarding_v6 = *all_v6 != 0;
  });
  if (!read) facts.interfaces.clear();
  const auto off = setting("/proc/sys/net/ipv4/ip_no_pmtu_disc");
  facts.pmtu_discovery = off ? std::optional(*off == 0) : std::nullopt;
}

void KernelReader::read_sockets(HostFacts& facts) {
  facts.sockets.clear();
  facts.sockets_known = false;
  if (!diag_) return;
  constexpr std::uint16_t kPorts[] = {2152, 3386};
  facts.sockets_known = netlink::udp_sockets(*diag_, kPorts, [&](const netlink::UdpSocket& socket) {
                          facts.sockets.push_back(socket);
                        }).ok();
}

std::optional<std::uint64_t> sum(std::optional<std::uint64_t> a, std::optional<std::uint64_t> b) {
  if (!a && !b) return std::nullopt;
  return a.value_or(0) + b.value_or(0);
}

void KernelReader::read_counters(HostFacts& facts) {
  const std::string snmp = read_text("/proc/thread-self/net/snmp");
  const std::string snmp6 = read_text("/proc/thread-self/net/snmp6");
  const std::string netstat = read_text("/proc/thread-self/net/netstat");
  const auto both = [&](std::string_view group, std::string_view name, std::string_view name6) {
    return sum(counter_in_table(snmp, group, name), counter_in_list(snmp6, name6));
  };
  facts.rcvbuf_errors.read(both("Udp", "RcvbufErrors", "Udp6RcvbufErrors"));
  facts.checksum_errors.read(both("Udp", "InCsumErrors", "Udp6InCsumErrors"));
  facts.unreachable.read(both("Icmp", "InDestUnreachs", "Icmp6InDestUnreachs"));
  facts.fragments_made.read(both("Ip", "FragCreates", "Ip6FragCreates"));
  facts.reassembly_fails.read(both("Ip", "ReasmFails", "Ip6ReasmFails"));
  facts.reverse_path.read(counter_in_table(netstat, "TcpExt", "IPReversePathFilter"));

  const std::vector<Softnet> processors = parse_softnet(read_text("/proc/net/softnet_stat"));
  facts.softnet_packets.resize(processors.size());
  std::uint64_t dropped = 0;
  std::uint64_t squeezed = 0;
  for (std::size_t i = 0; i < processors.size(); ++i) {
    facts.softnet_packets[i].read(processors[i].packets);
    dropped += processors[i].dropped;
    squeezed += processors[i].squeezed;
  }
  facts.softnet_dropped.read(dropped);
  facts.softnet_squeezed.read(squeezed);

  const auto count = read_number("/proc/sys/net/netfilter/nf_conntrack_count");
  const auto max = read_number("/proc/sys/net/netfilter/nf_conntrack_max");
  const auto positive = [](std::optional<std::int64_t> value) {
    return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
  };
  facts.conntrack_count = positive(count);
  facts.conntrack_max = positive(max);
}

void KernelReader::read_gtp_links(HostFacts& facts) {
  if (!gtp_ || !gtp_->family().tools || !facts.may_administer) {
    facts.gtp_links.clear();
    return;
  }
  std::vector<GtpLinkFacts> fresh;
  const auto read = gtp_->link_counters([&](const netlink::GtpLinkCounters& counters) {
    GtpLinkFacts& out = fresh.emplace_back();
    out.link = counters.link;
    out.now = counters;
    for (const GtpLinkFacts& before : facts.gtp_links) {
      if (before.link != out.link) continue;
      out.grown.count = counters.count;
      for (std::size_t i = 1; i < counters.count; ++i) {
        if (counters.values[i] > before.now.values[i]) out.grown.values[i] = counters.values[i] - before.now.values[i];
      }
    }
  });
  if (!read) fresh.clear();
  facts.gtp_links = std::move(fresh);
}

RouteFacts KernelReader::way_to(const IpAddress& address) {
  RouteFacts out;
  out.destination = address;
  out.error = ENETUNREACH;
  if (!route_ || address.empty()) return out;
  netlink::RouteQuery query;
  query.destination = address;
  const auto route = netlink::find_route(*route_, query);
  if (!route) {
    out.error = route.error().system != 0 ? route.error().system : EIO;
    return out;
  }
  out.error = 0;
  out.route = *route;
  out.local = route->type == RTN_LOCAL;
  const Interface& interface = interfaces_[route->link];
  out.interface = interface.name;
  out.gtp = interface.gtp;
  out.mtu = route->mtu != 0 ? route->mtu : interface.mtu;
  // Only what has no gateway can be on the link; what has one may be the default route.
  if (!route->gateway.empty()) {
    query.table_entry = true;
    const auto entry = netlink::find_route(*route_, query);
    out.by_default = entry && entry->destination.length == 0;
  }
  return out;
}

void KernelReader::read_peers(const Model& model, HostFacts& facts) {
  const std::uint32_t limit = model.peers.limit();
  const bool all = model.peers.size() <= kPeersAtOnce;
  if (all) facts.peers.clear();
  const std::uint32_t count = all ? limit : std::min<std::uint32_t>(limit, kPeersAtOnce);
  if (all) next_peer_ = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Peer& peer = model.peers[(next_peer_ + i) % limit];
    if (!peer.used || peer.tunnels == 0) continue;
    RouteFacts fresh = way_to(peer.address);
    const auto known = std::find_if(facts.peers.begin(), facts.peers.end(),
                                    [&](const RouteFacts& each) { return each.destination == peer.address; });
    if (known == facts.peers.end() || all) {
      facts.peers.push_back(std::move(fresh));
    } else {
      *known = std::move(fresh);
    }
  }
  if (!all) next_peer_ = (next_peer_ + count) % limit;
}

SubscriberFacts KernelReader::subscriber(const TunnelKey& key, const IpAddress& ms) {
  SubscriberFacts out;
  out.link = key.link;
  out.id = key.id;
  out.version = key.version;
  out.ms = ms;
  out.route = way_to(ms);
  if (!gtp_) return out;
  netlink::TunnelKey wanted;
  wanted.link = key.link;
  wanted.version = key.version == 0 ? netlink::GtpVersion::v0 : netlink::GtpVersion::v1;
  wanted.id = key.id;
  wanted.inner_v6 = key.inner_v6 != 0;
  const auto found = gtp_->find(wanted);
  if (found) {
    out.found_by_id = true;
    out.qfi = found->qfi;
    out.seen_qfi = found->rx_qfi;
    return out;
  }
  // Not there at all is no finding: it was removed meanwhile.
  if (found.error().system != ENOENT || ms.empty()) return out;
  const auto listed = gtp_->find(netlink::TunnelKey::by_ms(key.link, ms));
  if (listed && listed->i_tei == key.id) out.found_by_id = false;
  return out;
}

LinkFacts KernelReader::around(std::uint32_t link) {
  LinkFacts out;
  if (!route_) return out;
  const auto addresses = netlink::addresses(
      *route_, link, [&](const netlink::InterfaceAddress& address) { out.addresses.push_back(address); });
  if (!addresses) out.addresses.clear();
  for (const int version : {4, 6}) {
    const auto routes = netlink::routes(*route_, version, 0, [&](const netlink::Route& route) {
      if (route.link == link && route.type == RTN_UNICAST) out.routes.push_back(route);
    });
    if (!routes) break;
  }
  return out;
}

// Some of each link, from a place in the table that goes on with each reading.
void KernelReader::read_subscribers(const Model& model, HostFacts& facts) {
  facts.subscribers.clear();
  if (!facts.may_administer) return;
  const RowId limit = model.tunnels.row_limit();
  if (limit == 0) return;
  const std::size_t wanted = model.links.rows().size() * kSamplesOfLink;
  std::map<std::uint32_t, std::size_t> taken;
  // A bounded walk: where links are very unequal, the small one may have its turn later.
  const RowId most = std::min<RowId>(limit, 65536);
  for (RowId i = 0; i < most && facts.subscribers.size() < wanted; ++i) {
    const RowId row = (next_row_ + i) % limit;
    const PackedTunnel& tunnel = model.tunnels[row];
    if (!tunnel.used() || tunnel.presence() != Presence::kernel) continue;
    const TunnelKey key = model.tunnels.key(row);
    if (taken[key.link]++ >= kSamplesOfLink) continue;
    facts.subscribers.push_back(subscriber(key, tunnel.ms()));
  }
  // A small table is looked at from its beginning each time, so that what was found is found again.
  next_row_ = limit <= 65536 ? 0 : (next_row_ + most) % limit;
}

}  // namespace

std::unique_ptr<HostReader> open_host_reader() { return std::make_unique<KernelReader>(); }

}  // namespace gtp::top
