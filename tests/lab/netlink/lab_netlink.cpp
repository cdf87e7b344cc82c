// SPDX-License-Identifier: GPL-2.0-or-later
//
// lab_netlink: libcommon/netlink against the kernel that runs, as root in the lab. It makes its own network:
//
//   core   c0 172.31.0.1/24   <--- veth --->   r0 172.31.0.2/24   ran
//          gtpc 10.45.0.1/16 (ggsn)            gtpr 10.45.0.2/32 (sgsn)
//
// Prints a line for each check and their sum; the status says whether all passed. LAB_MODULE says whose module it is.
#include <linux/rtnetlink.h>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "libcommon/netlink/address.hpp"
#include "libcommon/netlink/batch.hpp"
#include "libcommon/netlink/event_socket.hpp"
#include "libcommon/netlink/gtp_client.hpp"
#include "libcommon/netlink/gtp_events.hpp"
#include "libcommon/netlink/link.hpp"
#include "libcommon/netlink/neighbour.hpp"
#include "libcommon/netlink/route.hpp"
#include "libcommon/netlink/route_events.hpp"
#include "libcommon/netlink/sock_diag.hpp"
#include "libcommon/sys/netns.hpp"

namespace {

std::uint64_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
  ++allocations;
  if (void* const memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace gtp;
using namespace gtp::netlink;

int passed = 0;
int failed = 0;

bool check(bool holds, const char* what) {
  std::printf("%s - %s\n", holds ? "ok" : "not ok", what);
  std::fflush(stdout);
  ++(holds ? passed : failed);
  return holds;
}

// A value without which the rest makes no sense.
template <typename T>
T need(Result<T> result, const char* what) {
  if (result) return std::move(result).value();
  std::printf("not ok - %s: %s\n", what, result.error().what.c_str());
  std::exit(1);
}

template <typename T>
bool fails_with(const Result<T>& result, int error) {
  if (result.ok() || result.error().system != error) {
    std::printf("  wanted errno %d: %s\n", error, result.ok() ? "no error" : result.error().what.c_str());
    return false;
  }
  return true;
}

void shell(const char* command) {
  if (std::system(command) != 0) std::printf("  failed: %s\n", command);
}

IpAddress ip(const char* text) { return *IpAddress::parse(text); }

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Waits up to two seconds for an event that [wanted] takes.
template <typename Wanted>
bool wait_event(EventSocket& events, Wanted wanted) {
  const auto start = std::chrono::steady_clock::now();
  bool found = false;
  while (!found && seconds_since(start) < 2) {
    const auto read = events.read([&](const Message& message) { found = wanted(message) || found; });
    if (!read) return false;
  }
  return found;
}

struct Lab {
  bool ours;
  sys::Netns ran;
  Connection route;
  GtpClient client;
  std::uint32_t link = 0;
};

void make_network() {
  shell("ip netns add core && ip netns add ran");
  shell("ip link add c0 netns core type veth peer r0 netns ran");
  shell("ip -n core addr add 172.31.0.1/24 dev c0 && ip -n core link set c0 up");
  shell("ip -n ran addr add 172.31.0.2/24 dev r0 && ip -n ran link set r0 up");
  shell("ip -n core link set lo up; ip -n ran link set lo up");
}

Tunnel tunnel_of(const Lab& lab, std::uint32_t i_tei, std::uint32_t o_tei, IpAddress ms) {
  Tunnel tunnel;
  tunnel.link = lab.link;
  tunnel.i_tei = i_tei;
  tunnel.o_tei = o_tei;
  tunnel.ms = ms;
  tunnel.peer = ip("172.31.0.2");
  return tunnel;
}

void test_links(Lab& lab) {
  auto events = need(EventSocket::route(), "listen to rtnetlink");
  NewGtpLink link;
  link.name = "gtpc";
  link.hash_size = 4096;
  link.restart_count = 7;
  link.mtu = 1400;
  check(create_link(lab.route, link).ok(), "a link is made");
  check(fails_with(create_link(lab.route, link), EEXIST), "a second one of its name is not");
  const Link made = need(link_by_name(lab.route, "gtpc"), "the link is found");
  lab.link = made.index;
  check(made.kind == "gtp" && made.mtu == 1400 && made.is_up() && made.stats, "kind, MTU, state and counters");
  check(made.gtp && made.gtp->role == GtpRole::ggsn && made.gtp->hash_size == 4096 && made.gtp->restart_count == 7,
        "role, hash size and restart counter");
  check(wait_event(events,
                   [&](const Message& message) {
                     RouteEvent event;
                     return decode_route_event(message, event) && !event.removed &&
                            std::holds_alternative<Link>(event.what) && std::get<Link>(event.what).name == "gtpc";
                   }),
        "its making is an event");
  std::vector<std::string> names;
  check(links(lab.route, "gtp", [&](const Link& each) { names.push_back(each.name); }).ok() &&
            names == std::vector<std::string>{"gtpc"},
        "links of kind gtp");
  check(fails_with(link_by_name(lab.route, "gtp99"), ENODEV), "one that is not there");

  check(add_address(lab.route, lab.link, *IpPrefix::parse("10.45.0.1/16")).ok(), "an address is added");
  bool there = false;
  check(addresses(
            lab.route, lab.link,
            [&](const InterfaceAddress& each) {
              there |= each.prefix == *IpPrefix::parse("10.45.0.1/16");
            }).ok() &&
            there,
        "and found");
  check(add_route(lab.route, *IpPrefix::parse("10.46.0.0/16"), lab.link).ok(), "a route is added");
  check(add_route(lab.route, *IpPrefix::parse("fd45::/32"), lab.link).ok(), "one of IPv6 too");
  RouteQuery query;
  query.destination = ip("10.46.3.4");
  check(need(find_route(lab.route, query), "a route is found").link == lab.link, "it leads to the link");
  query.table_entry = true;
  check(need(find_route(lab.route, query), "its entry is found").destination == *IpPrefix::parse("10.46.0.0/16"),
        "the entry is the one that was made");
  query.destination = ip("192.0.2.1");
  check(fails_with(find_route(lab.route, query), ENETUNREACH), "no way leads elsewhere");
  unsigned entries = 0;
  check(routes(lab.route, 4, 254, [&](const Route& each) { entries += each.link == lab.link ? 1 : 0; }).ok() &&
            entries == 2,
        "the routes of the link");
  check(remove_route(lab.route, *IpPrefix::parse("10.46.0.0/16"), lab.link).ok(), "the route is removed");
}

void test_one_tunnel(Lab& lab) {
  auto events = need(EventSocket::gtp(lab.client.family()), "listen to gtp");
  const Tunnel tunnel = tunnel_of(lab, 100, 200, ip("10.45.0.2"));
  const auto told = [&](GtpEvent::Kind kind) {
    return wait_event(events, [&](const Message& message) {
      GtpEvent event;
      return decode_event(message, event) && event.kind == kind && event.tunnel.i_tei == 100;
    });
  };
  check(lab.client.add(tunnel).ok(), "a tunnel is added");
  check(told(GtpEvent::Kind::tunnel_added), "its making is an event");
  const Result<void> again = lab.client.add(tunnel);
  check(fails_with(again, EEXIST), "a second one of its TEID is not");
  if (lab.ours) check(again.error().what.find(": ") != std::string::npos, "and the kernel says why");

  Tunnel found = need(lab.client.find(TunnelKey::by_teid(lab.link, 100)), "it is found by TEID");
  check(found.stats.has_value() == lab.ours, "counters, where the module has them");
  found.stats.reset();
  check(found == tunnel, "it is what was made");
  check(lab.client.find(TunnelKey::by_ms(lab.link, ip("10.45.0.2"))).ok(), "it is found by address");
  check(fails_with(lab.client.find(TunnelKey::by_teid(lab.link, 101)), ENOENT), "another one is not");
  check(fails_with(lab.client.find(TunnelKey::by_teid(9999, 100)), ENODEV), "nor in a link that is none");
  if (lab.ours) {
    Tunnel changed = tunnel;
    changed.o_tei = 201;
    changed.qfi = 9;
    changed.flow_port = true;
    check(lab.client.update(changed).ok(), "it is changed");
    check(told(GtpEvent::Kind::tunnel_changed), "the change is an event");
    const Tunnel now = need(lab.client.find(TunnelKey::by_teid(lab.link, 100)), "it is found again");
    check(now.o_tei == 201 && now.qfi == 9 && now.flow_port, "with what was changed");
  }
  check(lab.client.remove(TunnelKey::of(tunnel)).ok(), "it is removed");
  check(told(GtpEvent::Kind::tunnel_removed), "its end is an event");
  check(fails_with(lab.client.remove(TunnelKey::of(tunnel)), ENOENT), "it is not there any more");

  if (lab.client.family().ipv6) {
    const Tunnel six = tunnel_of(lab, 300, 400, ip("fd45:0:0:2::"));
    check(lab.client.add(six).ok(), "a tunnel of an IPv6 subscriber");
    check(need(lab.client.find(TunnelKey::by_ms(lab.link, six.ms)), "is found").ms == six.ms, "by its prefix");
    check(lab.client.remove(TunnelKey::of(six)).ok(), "and removed");
  } else {
    check(fails_with(lab.client.add(tunnel_of(lab, 300, 400, ip("fd45::"))), EAFNOSUPPORT), "no IPv6 in this kernel");
  }
}

void test_many(Lab& lab) {
  constexpr std::uint32_t kTunnels = 20'000;
  auto deaf = need(EventSocket::gtp(lab.client.family(), 4096), "listen with a small buffer");
  std::vector<std::uint64_t> failures;
  const auto collect = [&](std::uint64_t request, const Error&) { failures.push_back(request); };
  auto start = std::chrono::steady_clock::now();
  {
    Batch batch(lab.client.connection(), collect);
    bool sound = true;
    for (std::uint32_t i = 0; i < kTunnels; ++i) {
      // Number 777 repeats the TEID of the one before.
      const std::uint32_t tei = 1000 + (i == 777 ? 776 : i);
      auto request = lab.client.add_request(tunnel_of(lab, tei, tei, IpAddress::v4(0x0a2d0100 + i)));
      sound = sound && request && batch.add(*request);
    }
    sound = sound && batch.flush();
    check(sound, "20,000 tunnels in batches");
  }
  std::printf("  added %u in %.2f s\n", kTunnels, seconds_since(start));
  check(failures == std::vector<std::uint64_t>{777}, "the one that fails is named");
  const auto flood = deaf.read([](const Message&) {}, 1'000'000);
  check(flood && flood->lost, "events that did not fit are told to be lost");

  std::vector<std::uint8_t> seen(kTunnels);
  TunnelFilter filter;
  filter.stats = true;
  std::uint64_t count = 0;
  const auto visitor = [&](const Tunnel& tunnel) {
    ++count;
    if (tunnel.i_tei >= 1000 && tunnel.i_tei - 1000 < kTunnels) ++seen[tunnel.i_tei - 1000];
  };
  const std::uint64_t before = allocations;
  start = std::chrono::steady_clock::now();
  const auto dumped = lab.client.dump(filter, visitor);
  const double took = seconds_since(start);
  const std::uint64_t allocated = allocations - before;
  std::printf("  read %lu in %.3f s, %lu allocations, %zu octets of state\n", static_cast<unsigned long>(count), took,
              static_cast<unsigned long>(allocated), sizeof(Tunnel));
  check(dumped && !dumped->interrupted && count == kTunnels - 1, "a dump has them all");
  bool once = true;
  for (std::uint32_t i = 0; i < kTunnels; ++i) once = once && seen[i] == (i == 777 ? 0 : 1);
  check(once, "each of them once");
  check(allocated <= 4, "without an allocation for each");

  filter.peer = ip("172.31.0.99");
  count = 0;
  check(lab.client.dump(filter, visitor).ok() && count == 0, "none for another peer");
  filter.peer = {};
  filter.link = lab.link + 1;
  check(lab.client.dump(filter, visitor).ok() && count == 0, "none for another link");
  if (lab.ours) {
    const auto counters = need(lab.client.link_counters(lab.link), "counters of the link");
    check(counters.tunnels == kTunnels - 1 && counters.count == link_counter_table().size(), "as many as were made");
    check(lab.client.add(tunnel_of(lab, 5, 5, ip("10.45.0.5"))).ok(), "one more");
    TunnelFilter since;
    since.since = counters.generation;
    check(lab.client.dump(since, visitor).ok() && count == 1, "is all that changed since");
  }

  start = std::chrono::steady_clock::now();
  Batch batch(lab.client.connection(), collect);
  bool sound = true;
  failures.clear();
  for (std::uint32_t i = 0; i < kTunnels; ++i) {
    Request request = lab.client.remove_request(TunnelKey::by_teid(lab.link, 1000 + i));
    sound = sound && batch.add(request);
  }
  sound = sound && batch.flush();
  std::printf("  removed %u in %.2f s\n", kTunnels, seconds_since(start));
  check(sound && failures == std::vector<std::uint64_t>{777}, "and all are removed");
}

void test_sockets(Lab& lab) {
  auto diag = need(connect(Protocol::sock_diag), "sock_diag");
  unsigned found = 0;
  bool measured = true;
  const auto done = udp_sockets(diag, kGtpPorts, [&](const UdpSocket& socket) {
    found += socket.local_port == 2152 || socket.local_port == 3386 ? 1 : 0;
    measured = measured && socket.memory && socket.memory->receive_limit_bytes > 0;
  });
  if (!done) std::printf("  %s\n", done.error().what.c_str());
  check(done && found == 2 && measured, "the link's two sockets, with their memory");
  static_cast<void>(lab);
}

void test_traffic(Lab& lab) {
  const auto inside = need(lab.ran.enter(), "enter the other namespace");
  auto route = need(connect(Protocol::route), "rtnetlink there");
  auto client = need(GtpClient::open(), "gtp there");
  NewGtpLink link;
  link.name = "gtpr";
  link.role = GtpRole::sgsn;
  link.local = ip("172.31.0.2");
  check(create_link(route, link).ok(), "a link of the other role");
  const Link made = need(link_by_name(route, "gtpr"), "it is found");
  check(made.gtp && made.gtp->role == GtpRole::sgsn, "and knows its role");
  Tunnel mirrored = tunnel_of(lab, 200, 100, ip("10.45.0.2"));
  mirrored.link = made.index;
  mirrored.peer = ip("172.31.0.1");
  check(client.add(mirrored).ok(), "the tunnel's other end");
  check(add_address(route, made.index, *IpPrefix::parse("10.45.0.2/32")).ok(), "the subscriber");
  check(add_route(route, *IpPrefix::parse("10.45.0.1/32"), made.index).ok(), "and the way through the tunnel");
}

void test_echo_and_counters(Lab& lab) {
  auto events = need(EventSocket::gtp(lab.client.family()), "listen to gtp");
  check(lab.client.add(tunnel_of(lab, 100, 200, ip("10.45.0.2"))).ok(), "this end");
  shell("ip netns exec core ping -q -c 3 -i 0.2 -W 2 10.45.0.2 >/dev/null");
  const Link link = need(link_by_name(lab.route, "gtpc"), "the link");
  check(link.stats && link.stats->tx_packets >= 3 && link.stats->rx_packets >= 3, "the link counts");
  if (lab.ours) {
    const Tunnel counted = need(lab.client.find(TunnelKey::by_teid(lab.link, 100), true, true), "its counters");
    check(counted.stats->tx_packets == 3 && counted.stats->rx_packets == 3 && counted.stats->rx_bytes == 3 * 84,
          "three packets each way");
    check(counted.stats->rx_idle_ms < 10'000 && counted.stats->created_ns > 0, "their age");
    const Tunnel zero = need(lab.client.find(TunnelKey::by_teid(lab.link, 100)), "once more");
    check(zero.stats->tx_packets == 0 && zero.stats->generation == counted.stats->generation, "set to zero");
  }
  unsigned usable = 0;
  check(neighbours(lab.route, 0, [&](const Neighbour& each) { usable += each.address == ip("172.31.0.2"); }).ok() &&
            usable == 1,
        "the peer is a neighbour");
  const std::uint32_t veth = need(link_by_name(lab.route, "c0"), "c0").index;
  check(need(find_neighbour(lab.route, veth, ip("172.31.0.2")), "it is found").is_usable(), "and usable");

  check(lab.client.echo(lab.link, GtpVersion::v1, ip("172.31.0.1"), ip("172.31.0.2")).ok(), "an echo is sent");
  GtpEvent event;
  check(wait_event(events,
                   [&](const Message& message) {
                     return decode_event(message, event) && event.kind == GtpEvent::Kind::echo_response;
                   }),
        "its answer is an event");
  check(event.tunnel.peer == ip("172.31.0.2") && event.local == ip("172.31.0.1"), "of that peer");
  check(event.rtt_ns.has_value() == lab.ours, "with its round-trip time, where the module has it");
}

void test_end(Lab& lab) {
  auto events = need(EventSocket::route(), "listen to rtnetlink");
  check(set_link_up(lab.route, lab.link, false).ok(), "the link is taken down");
  check(!need(link_by_index(lab.route, lab.link), "it is there").is_up(), "and is down");
  check(remove_link(lab.route, lab.link).ok(), "it is removed");
  check(wait_event(events,
                   [&](const Message& message) {
                     RouteEvent event;
                     return decode_route_event(message, event) && event.removed &&
                            std::holds_alternative<Link>(event.what) && std::get<Link>(event.what).name == "gtpc";
                   }),
        "its end is an event");
  std::uint64_t count = 0;
  check(lab.client.dump({}, [&](const Tunnel&) { ++count; }).ok() && count == 0, "and its tunnels are gone");
}

}  // namespace

int main() {
  const char* const module = std::getenv("LAB_MODULE");
  if (module == nullptr) return std::puts("lab_netlink runs in the lab: tests/lab/run -- lab_netlink"), 77;
  make_network();
  const auto core = need(sys::Netns::open("core"), "namespace core");
  const auto inside = need(core.enter(), "enter it");
  Lab lab{std::string(module) == "ours", need(sys::Netns::open("ran"), "namespace ran"),
          need(connect(Protocol::route), "rtnetlink"), need(GtpClient::open(), "gtp")};
  check(lab.client.family().tools == lab.ours, "whose module it is");
  check(lab.client.family().event_group != 0, "its events have a group");

  test_links(lab);
  test_one_tunnel(lab);
  test_many(lab);
  test_sockets(lab);
  test_traffic(lab);
  test_echo_and_counters(lab);
  test_end(lab);
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed == 0 ? 0 : 1;
}
