// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/load/next_hop.hpp"

#include <linux/rtnetlink.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <thread>

#include "gtpgen/receive/socket_address.hpp"
#include "libcommon/netlink/neighbour.hpp"
#include "libcommon/netlink/route.hpp"
#include "libcommon/netlink/socket.hpp"

namespace gtp::gen {
namespace {

constexpr int kTries = 40;  // of 100 ms; the kernel gives up after three
constexpr std::chrono::milliseconds kPause(100);
constexpr std::uint16_t kDiscard = 9;

std::string name_of_link(std::uint32_t link) {
  std::array<char, IF_NAMESIZE> name{};
  return ::if_indextoname(link, name.data()) != nullptr ? name.data() : "link " + std::to_string(link);
}

// Does the kernel look for link addresses there at all? Not on tunnels and other links without ARP.
bool has_neighbours(std::uint32_t link) {
  const Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  name_of_link(link).copy(request.ifr_name, IFNAMSIZ - 1);
  if (!fd || ::ioctl(fd.value(), SIOCGIFFLAGS, &request) != 0) return true;
  return (static_cast<unsigned>(request.ifr_flags) & static_cast<unsigned>(IFF_NOARP)) == 0;
}

// A datagram of no octets to the port that throws it away (RFC 863): what makes the kernel ask.
void poke(const IpAddress& next_hop, const std::string& device) {
  const Fd fd(::socket(next_hop.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return;
  if (!device.empty()) {
    static_cast<void>(
        ::setsockopt(fd.value(), SOL_SOCKET, SO_BINDTODEVICE, device.c_str(), static_cast<socklen_t>(device.size())));
  }
  const SocketAddress to(Endpoint{next_hop, kDiscard});
  static_cast<void>(::sendto(fd.value(), nullptr, 0, 0, to.data(), to.size()));
}

}  // namespace

Result<NextHop> reach_next_hop(const IpAddress& destination, const std::string& device) {
  // Without netlink (a sandbox) the run goes on; the warm-up is for that, too.
  auto connection = netlink::connect(netlink::Protocol::route);
  if (!connection) return NextHop{};
  netlink::RouteQuery query;
  query.destination = destination;
  if (!device.empty()) query.link = ::if_nametoindex(device.c_str());
  auto route = netlink::find_route(*connection, query);
  if (!route) {
    Error error = std::move(route).error();
    error.what = "no way to " + destination.text() + ": " + error.what;
    error.hint = "ip route get " + destination.text();
    return error;
  }
  NextHop hop;
  hop.link = route->link;
  if (route->type != RTN_UNICAST || route->link == 0 || !has_neighbours(route->link)) return hop;
  const IpAddress next_hop = route->gateway.empty() ? destination : route->gateway;
  for (int i = 0; i < kTries; ++i) {
    auto neighbour = netlink::find_neighbour(*connection, route->link, next_hop);
    if (neighbour && neighbour->is_usable()) {
      hop.ethernet = neighbour->link_address_length == hop.address.size();
      if (hop.ethernet) std::copy_n(neighbour->link_address.begin(), hop.address.size(), hop.address.begin());
      return hop;
    }
    // Without the right to ask, or such a table, there is none to wait for.
    if (!neighbour && neighbour.error().system != ENOENT) return hop;
    if (neighbour && neighbour->has_failed() && i > 0) break;
    if (i == 0) poke(next_hop, device);
    if (i > 0 && !neighbour) return hop;
    std::this_thread::sleep_for(i == 0 ? std::chrono::milliseconds(2) : kPause);
  }
  const std::string link = name_of_link(route->link);
  return Error{ErrorCode::failed, EHOSTUNREACH,
               "no neighbour entry for " + next_hop.text() + " on " + link + ": it does not answer",
               "ping -c 1 " + next_hop.text() + ", or ip neigh replace " + next_hop.text() + " lladdr MAC dev " + link};
}

Result<MacAddress> link_address_of(std::uint32_t link) {
  const Fd fd(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  const std::string name = name_of_link(link);
  name.copy(request.ifr_name, IFNAMSIZ - 1);
  if (!fd || ::ioctl(fd.value(), SIOCGIFHWADDR, &request) != 0) {
    return Error::from_errno("cannot read the address of " + name);
  }
  MacAddress address;
  std::memcpy(address.data(), request.ifr_hwaddr.sa_data, address.size());
  return address;
}

}  // namespace gtp::gen
