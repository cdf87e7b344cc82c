// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/load_plan.hpp"

#include <unistd.h>

#include "gtpgen/command.hpp"
#include "gtpgen/echo/targets.hpp"

namespace gtp::gen {
namespace {

Result<void> check_sizes(const LoadPlan& plan) {
  const TrafficPlan& traffic = plan.traffic;
  const std::size_t least = traffic.smallest_size();
  if (traffic.sizes.smallest() < least) {
    return usage("an inner packet of " + std::to_string(traffic.sizes.smallest()) +
                     " octets has no room for headers and the stamp that measures it",
                 "--size of at least " + std::to_string(least));
  }
  const std::size_t most = 65'507 - traffic.gtp_header();
  if (traffic.sizes.largest() > most) {
    return usage("an inner packet of " + std::to_string(traffic.sizes.largest()) + " octets fits into no datagram",
                 "--size of at most " + std::to_string(most));
  }
  if (std::uint32_t{traffic.ue_port} + traffic.flows > 65'536) {
    return usage(std::to_string(traffic.flows) + " flows from port " + std::to_string(traffic.ue_port) +
                 " on are more than there are ports");
  }
  return {};
}

Result<void> check_addresses(const LoadPlan& plan) {
  const IpAddress& target = plan.target.address;
  if (is_multicast_or_broadcast(target)) {
    return usage(target.text() + " is a multicast or broadcast address: load goes to one host");
  }
  for (const IpAddress& peer : plan.tunnels.peers()) {
    if (is_multicast_or_broadcast(peer)) {
      return usage(peer.text() + " in the file of tunnels is a multicast or broadcast address");
    }
  }
  const auto& source = plan.source.addresses.address;
  if (!source.empty() && source.version() != target.version()) {
    return usage("--source and the target are of two IP versions");
  }
  if (plan.traffic.far.address.version() != plan.traffic.inner_version) {
    return usage("--dst is no IPv" + std::to_string(plan.traffic.inner_version) + " address, as the inner packets are");
  }
  if (plan.tunnels.ip_version() != plan.traffic.inner_version) {
    return usage("the subscribers' addresses are no IPv" + std::to_string(plan.traffic.inner_version) +
                 " addresses, as the inner packets are");
  }
  if (!plan.tunnels.source_ports().empty()) {
    if (plan.source.first_port != 0 || plan.source.any_port) {
      return usage("--sport, and source ports in the file of tunnels");
    }
    if (!source.empty() && plan.source.addresses.length < (source.is_v4() ? 32 : 128)) {
      return usage("--source with many addresses, and source ports in the file of tunnels");
    }
  }
  return {};
}

Result<void> check_via(const LoadPlan& plan) {
  if (!plan.via) {
    if (plan.directions == Directions::both) {
      return usage("both directions want to know our address on the gateway's other side", "--via ADDRESS");
    }
    if (plan.expect == Expect::via) return usage("--expect via without --via");
    if (!plan.via_netns.empty()) return usage("--via-netns without --via");
    return {};
  }
  if (plan.via->version() != plan.traffic.inner_version) {
    return usage("--via is no IPv" + std::to_string(plan.traffic.inner_version) + " address, as the inner packets are");
  }
  if (plan.traffic.protocol != InnerProtocol::udp) {
    return usage("through a gateway (--via) only inner UDP can be received", "--inner udp");
  }
  if (plan.directions != Directions::uplink && plan.traffic.has_unwanted()) {
    return usage("unwanted traffic is G-PDUs: not with --direction down or both", "--direction up");
  }
  if (plan.directions != Directions::uplink && std::uint32_t{plan.traffic.far_port} + plan.threads > 65'536) {
    return usage("not enough ports above --dport for that many threads");
  }
  return {};
}

// What the program in the kernel can write into a packet, and where to.
Result<void> check_flood(const LoadPlan& plan) {
  if (plan.backend != Backend::flood) return {};
  const std::string name = "--backend xdp-flood ";
  const TrafficPlan& traffic = plan.traffic;
  const IpPrefix& source = plan.source.addresses;
  const auto is_many = [](const IpPrefix& prefix) {
    return !prefix.address.empty() && prefix.length < (prefix.address.is_v4() ? 32 : 128);
  };
  if (traffic.sizes.parts().size() > 1) return usage(name + "sends packets of one size", "--size 100");
  if (traffic.has_unwanted()) return usage(name + "sends nothing unwanted: not with --negative");
  if (is_many(source)) return usage(name + "sends from one address: not with a prefix as --source");
  if (is_many(traffic.far) && traffic.flows > 1)
    return usage(name + "sends to one address: not with a prefix as --dst");
  if (plan.tunnels.peers().size() > 1 || (!plan.tunnels.peers().empty() && !plan.tunnels.peers().front().empty())) {
    return usage(name + "sends to one endpoint: no peers in the file of tunnels");
  }
  if (plan.via && plan.directions != Directions::uplink) return usage(name + "sends G-PDUs: only --direction up here");
  return {};
}

Result<void> check_threads(const LoadPlan& plan) {
  const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
  for (const std::uint32_t cpu : plan.cpus) {
    if (online > 0 && cpu >= static_cast<std::uint32_t>(::sysconf(_SC_NPROCESSORS_CONF))) {
      return usage("there is no CPU " + std::to_string(cpu), "nproc --all");
    }
  }
  return {};
}

}  // namespace

std::string_view word(Backend backend) noexcept {
  switch (backend) {
    case Backend::automatic:
      return "auto";
    case Backend::udp:
      return "udp";
    case Backend::packet:
      return "packet";
    case Backend::xdp:
      return "xdp";
    case Backend::flood:
      return "xdp-flood";
  }
  return "auto";
}

bool is_private(const IpAddress& address) noexcept { return echo::is_private(address); }

bool is_multicast_or_broadcast(const IpAddress& address) noexcept {
  if (address.is_v4()) return address.to_v4() >> 28 == 0xe || address.to_v4() == UINT32_MAX;
  return address.is_v6() && load_u8(address.octets().data()) == 0xff;
}

Result<void> check(const LoadPlan& plan) {
  for (const auto step : {check_addresses, check_sizes, check_via, check_flood, check_threads}) {
    if (auto checked = step(plan); !checked) return checked;
  }
  return {};
}

}  // namespace gtp::gen
