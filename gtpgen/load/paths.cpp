// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/paths.hpp"

#include <algorithm>
#include <optional>

#include "gtpgen/command.hpp"
#include "gtpgen/load/next_hop.hpp"
#include "gtpgen/transmit/packet_transmitter.hpp"
#include "gtpgen/transmit/udp_socket.hpp"
#include "gtpgen/transmit/xdp_transmitter.hpp"
#include "libcommon/sys/netns.hpp"

namespace gtp::gen {
namespace {

constexpr std::size_t kMaxSources = 4096;

// Addresses and ports that the user wants to send from; a port of 0 is any.
struct SourceList {
  std::vector<Endpoint> endpoints;
  bool may_fall_back = false;  // 2152 was our idea
};

std::vector<IpAddress> source_addresses(const IpPrefix& prefix, const IpAddress& otherwise) {
  if (prefix.address.empty()) return {otherwise};
  const int bits = (prefix.address.is_v4() ? 32 : 128) - prefix.length;
  // A prefix with a host part is counted from there on, as everywhere.
  const std::uint32_t hosts = bits == 0    ? 1
                              : bits >= 12 ? 4096
                                           : (1U << bits) - (prefix.address.is_v4() && bits > 1 ? 2U : 0U);
  std::vector<IpAddress> addresses;
  for (std::uint32_t i = 0; i < hosts; ++i) {
    const IpAddress address = ue_address(prefix, i, hosts);
    if (!prefix.contains(address)) break;
    addresses.push_back(address);
  }
  return addresses;
}

Result<SourceList> list_sources(const LoadPlan& plan, const IpAddress& local) {
  SourceList list;
  const SourcePlan& source = plan.source;
  std::vector<std::uint16_t> ports;
  if (!plan.tunnels.source_ports().empty()) {
    ports = plan.tunnels.source_ports();
  } else if (source.first_port != 0) {
    for (std::uint32_t port = source.first_port; port <= source.last_port; ++port) {
      ports.push_back(static_cast<std::uint16_t>(port));
    }
  } else if (!source.any_port && plan.threads == 1) {
    ports = {kGtpUserPort};
    list.may_fall_back = true;
  } else {
    ports.assign(plan.threads, 0);
  }
  const auto addresses = source_addresses(source.addresses, local);
  if (addresses.size() * ports.size() > kMaxSources) {
    return usage(std::to_string(addresses.size() * ports.size()) + " source addresses and ports, " +
                 std::to_string(kMaxSources) + " at most");
  }
  for (const std::uint16_t port : ports) {
    for (const IpAddress& address : addresses) list.endpoints.push_back({address, port});
  }
  // A source without a tunnel would never send.
  if (list.endpoints.size() > plan.tunnels.count()) list.endpoints.resize(plan.tunnels.count());
  if (list.endpoints.size() < plan.threads) {
    const std::string least = std::to_string(plan.threads);
    return usage("every thread sends tunnels of its own from a socket of its own: " + least + " threads, but only " +
                     std::to_string(plan.tunnels.count()) + " tunnels, " +
                     std::to_string(addresses.size() * ports.size()) + " source addresses and ports",
                 "--tunnels " + least + ", or a range of " + least + " ports for --sport");
  }
  return list;
}

// Locally administered addresses, for frames that no link carries.
LinkHeader file_link() noexcept {
  LinkHeader link;
  link.destination.front() = link.source.front() = std::byte{2};
  link.destination.back() = std::byte{2};
  link.source.back() = std::byte{1};
  return link;
}

class PathOpener {
 public:
  PathOpener(const LoadPlan& plan, Clock& clock)
      : plan_(plan), clock_(clock), version_(plan.target.address.version()) {}

  Result<Paths> open() {
    if (!plan_.write_file.empty()) return open_file();
    const bool uplink = plan_.directions != Directions::downlink;
    const bool downlink = plan_.directions != Directions::uplink;
    if (uplink || !plan_.via) {
      if (auto opened = open_tunnelled(uplink ? Direction::uplink : Direction::downlink); !opened) {
        return std::move(opened).error();
      }
    }
    if (plan_.via) {
      if (auto opened = open_via(downlink); !opened) return std::move(opened).error();
    }
    return std::move(paths_);
  }

 private:
  UdpOptions udp_options() const {
    UdpOptions options;
    options.device = plan_.device;
    options.dscp = plan_.dscp;
    options.fragment = plan_.fragment;
    options.segment = plan_.segment;
    return options;
  }

  Lane& add_lane(Direction direction, bool plain, FrameStart start) {
    Lane& lane = paths_.lanes.emplace_back();
    lane.traffic = plan_.traffic;
    lane.traffic.direction = direction;
    lane.traffic.plain = plain;
    lane.style = {start, version_, plan_.dscp, !plan_.fragment, link_ ? link_->header : file_link()};
    lane.tunnels = &plan_.tunnels;
    lane.first_stream = paths_.lanes.size() == 1 ? 0 : plan_.tunnels.count();
    for (const auto& part : lane.traffic.sizes.parts()) {
      lane.templates.emplace_back(lane.traffic, lane.style, part.octets);
    }
    return lane;
  }

  // A socket that sends nothing: the kernel chooses the way, and tells source address and MTU of it.
  Result<void> look_at_target() {
    UdpOptions options = udp_options();
    options.destination = plan_.target;
    if (!plan_.source.addresses.address.empty()) {
      options.local = {source_addresses(plan_.source.addresses, {}).front(), 0};
    }
    auto probe = UdpTransmitter::open(options);
    if (!probe) return std::move(probe).error();
    local_ = (*probe)->outer().source;
    paths_.mtu = plan_.mtu.value_or((*probe)->path_mtu());
    paths_.iface = plan_.device.empty() ? interface_of(local_) : plan_.device;
    auto hop = reach_next_hop(plan_.target.address, plan_.device);
    if (!hop) return std::move(hop).error();
    hop_ = *hop;
    return {};
  }

  Result<void> open_tunnelled(Direction direction) {
    if (auto looked = look_at_target(); !looked) return looked;
    if (auto ready = prepare_link(); !ready) return ready;
    Lane& lane = add_lane(direction, false, link_ ? FrameStart::link : FrameStart::gtp);
    if (!plan_.fragment) {
      if (auto fits = check_mtu(lane.traffic, version_, paths_.mtu, paths_.iface); !fits) return fits;
    }
    if (auto set = set_peers(lane); !set) return set;
    auto list = list_sources(plan_, local_);
    if (!list) return std::move(list).error();
    // The other side of the gateway sends to 2152, whoever sent from there.
    if (plan_.via && plan_.directions == Directions::both && list->may_fall_back) list->endpoints.front().port = 0;
    for (const Endpoint& endpoint : list->endpoints) {
      if (auto opened = open_source(lane, endpoint, list->may_fall_back); !opened) return opened;
    }
    const bool by_ports = !plan_.tunnels.source_ports().empty();
    lane.deal(by_ports);
    paths_.backend = lane.sources.front()->name();
    if (plan_.backend == Backend::flood) {
      if (auto ready = open_floods(lane, by_ports); !ready) return ready;
      paths_.backend = word(plan_.backend);
    }
    for (const auto& source : lane.sources) {
      const Source from{Source::Kind::gtp_u, source->receive_fd()};
      (plan_.via || plan_.expect == Expect::none || plan_.expect == Expect::sink ? paths_.signalling
                                                                                 : paths_.receive_from)
          .push_back(from);
    }
    return {};
  }

  // For backends that make their own Ethernet headers.
  Result<void> prepare_link() {
    if (plan_.backend == Backend::automatic || plan_.backend == Backend::udp) return {};
    if (!hop_.ethernet) {
      return Error{ErrorCode::unsupported, 0,
                   "backend " + std::string(word(plan_.backend)) +
                       " wants an Ethernet interface with a neighbour, and the way to " + plan_.target.address.text() +
                       (paths_.iface.empty() ? "" : " (" + paths_.iface + ")") + " has none",
                   "--backend udp"};
    }
    auto own = link_address_of(hop_.link);
    if (!own) return std::move(own).error();
    link_ = LinkPath{hop_.link, {hop_.address, *own}};
    return {};
  }

  // A file in the place of the network: addresses are only written down.
  Result<Paths> open_file() {
    const bool uplink = plan_.directions != Directions::downlink;
    Lane& lane = add_lane(uplink ? Direction::uplink : Direction::downlink, false, FrameStart::link);
    if (auto set = set_peers(lane); !set) return std::move(set).error();
    OuterHeader outer;
    outer.source = plan_.source.addresses.address.empty()
                       ? *IpAddress::parse(version_ == 6 ? "2001:db8::1" : "192.0.2.1")
                       : plan_.source.addresses.address;
    outer.destination = plan_.target.address;
    outer.destination_port = plan_.target.port;
    if (plan_.source.first_port != 0) outer.source_port = plan_.source.first_port;
    auto file = FileTransmitter::create(plan_.write_file, outer, clock_);
    if (!file) return std::move(file).error();
    paths_.file = file->get();
    lane.sources.push_back(*std::move(file));
    lane.deal(false);
    paths_.backend = "file";
    return std::move(paths_);
  }

  Result<void> set_peers(Lane& lane) {
    for (const IpAddress& peer : plan_.tunnels.peers()) {
      const IpAddress address = peer.empty() ? plan_.target.address : peer;
      if (address.version() != version_) {
        return usage("peers " + address.text() + " and " + plan_.target.address.text() + " are of two IP versions");
      }
      lane.peer_addresses.push_back(address);
      lane.peers.emplace_back(Endpoint{address, plan_.target.port});
    }
    return {};
  }

  Result<void> open_source(Lane& lane, Endpoint local, bool may_fall_back) {
    UdpOptions options = udp_options();
    options.local = local;
    if (lane.peers.empty()) options.destination = plan_.target;
    auto opened = UdpTransmitter::open(options);
    if (!opened && may_fall_back && opened.error().system == EADDRINUSE) {
      options.local.port = 0;
      opened = UdpTransmitter::open(options);
      if (opened) {
        paths_.notes.push_back("port 2152 is in use here; sending from port " +
                               std::to_string((*opened)->outer().source_port));
      }
    }
    if (!opened) return std::move(opened).error();
    if (!link_ || plan_.backend == Backend::flood) {
      lane.sources.push_back(*std::move(opened));
      return {};
    }
    if (plan_.backend == Backend::xdp) {
      auto queue = queue_of(lane.sources.size() % plan_.threads, lane);
      if (!queue) return std::move(queue).error();
      lane.sources.push_back(std::make_unique<XdpTransmitter>(*std::move(queue), *std::move(opened)));
      return {};
    }
    auto raw = PacketTransmitter::open(*link_, *std::move(opened));
    if (!raw) return std::move(raw).error();
    lane.sources.push_back(*std::move(raw));
    return {};
  }

  // All sources of a thread send through one queue of the interface.
  Result<std::shared_ptr<XdpQueue>> queue_of(std::size_t thread, const Lane& lane) {
    if (thread < queues_.size()) return queues_[thread];
    std::size_t largest = 0;
    for (const FrameTemplate& frame : lane.templates) largest = std::max(largest, frame.length());
    auto queue =
        XdpQueue::open(hop_.link, static_cast<std::uint32_t>(queues_.size()), static_cast<std::uint32_t>(largest));
    if (queue) queues_.push_back(*queue);
    return queue;
  }

  // A program in the kernel for each thread, with the tunnels of its sources in the order of the plan.
  Result<void> open_floods(Lane& lane, bool by_ports) {
    for (std::uint32_t thread = 0; thread < plan_.threads; ++thread) {
      Flood flood;
      flood.link = hop_.link;
      flood.outer = lane.sources[thread]->outer();
      std::vector<FloodTunnel> tunnels;
      for (std::uint32_t position = 0; position < plan_.tunnels.count(); ++position) {
        const std::size_t source = lane.source_of(position, by_ports);
        if (source % plan_.threads != thread) continue;
        const std::uint32_t tunnel = plan_.tunnels.at(position);
        flood.streams.push_back(lane.first_stream + tunnel);
        tunnels.push_back(
            {plan_.tunnels.tunnel(tunnel), flood.streams.back(), lane.sources[source]->outer().source_port});
      }
      auto program = XdpFlood::open(tunnels);
      if (!program) return std::move(program).error();
      flood.program = *std::move(program);
      lane.floods.push_back(std::move(flood));
    }
    return {};
  }

  // Our address on the network side: packets of the uplink arrive there, those of the downlink come from there.
  Result<void> open_via(bool downlink) {
    std::optional<sys::Netns> netns;
    std::optional<sys::Netns::Scope> inside;
    if (!plan_.via_netns.empty()) {
      auto opened = sys::Netns::open(plan_.via_netns);
      if (!opened) return std::move(opened).error();
      auto entered = opened->enter();
      if (!entered) return std::move(entered).error();
      inside.emplace(*std::move(entered));
    }
    const bool uplink = plan_.directions != Directions::downlink;
    const std::uint32_t sockets = downlink ? plan_.threads : 1;
    std::vector<std::unique_ptr<Transmitter>> sources;
    for (std::uint32_t i = 0; i < sockets; ++i) {
      UdpOptions options;
      options.local = {*plan_.via, static_cast<std::uint16_t>(plan_.traffic.far_port + i)};
      options.dscp = plan_.traffic.inner_dscp;
      options.fragment = plan_.fragment;
      options.segment = plan_.segment;
      options.start = FrameStart::payload;
      auto opened = UdpTransmitter::open(options);
      if (!opened) return std::move(opened).error();
      if (uplink && i == 0) paths_.receive_from.push_back({Source::Kind::plain, (*opened)->receive_fd()});
      sources.push_back(*std::move(opened));
    }
    if (downlink) {
      if (auto way = reach_next_hop(plan_.tunnels.tunnel(0).ue, {}); !way) return std::move(way).error();
    }
    inside.reset();
    if (!downlink) {
      paths_.idle = std::move(sources);
      return {};
    }
    Lane& lane = add_lane(Direction::downlink, true, FrameStart::payload);
    lane.to_subscriber = true;
    lane.sources = std::move(sources);
    lane.deal(false);
    if (paths_.backend.empty()) paths_.backend = lane.sources.front()->name();
    if (local_.empty()) {
      if (auto looked = look_at_target(); !looked) return looked;
    }
    Binding binding;
    binding.endpoint = {local_, kGtpUserPort};
    auto listener = bind_udp(binding);
    if (!listener) return std::move(listener).error();
    paths_.receive_from.push_back({Source::Kind::gtp_u, listener->value()});
    paths_.listeners.push_back(*std::move(listener));
    return {};
  }

  const LoadPlan& plan_;
  Clock& clock_;
  int version_;
  IpAddress local_;  // towards the target
  NextHop hop_;
  std::optional<LinkPath> link_;                   // frames start at the link layer
  std::vector<std::shared_ptr<XdpQueue>> queues_;  // of each thread
  Paths paths_;
};

}  // namespace

Result<void> check_mtu(const TrafficPlan& traffic, int outer_version, std::uint32_t mtu, const std::string& iface) {
  const std::size_t inner = traffic.sizes.largest();
  const std::size_t overhead = traffic.overhead(outer_version);
  if (mtu == 0 || inner + overhead <= mtu) return {};
  const std::size_t most = mtu > overhead ? mtu - overhead : 0;
  return usage("inner " + std::to_string(inner) + " + " + std::to_string(overhead) + " = " +
                   std::to_string(inner + overhead) + " > MTU " + std::to_string(mtu) +
                   (iface.empty() ? "" : " on " + iface),
               "--size of at most " + std::to_string(most) + ", a larger MTU, or --fragment");
}

Result<Paths> Paths::open(const LoadPlan& plan, Clock& clock) { return PathOpener(plan, clock).open(); }

}  // namespace gtp::gen
