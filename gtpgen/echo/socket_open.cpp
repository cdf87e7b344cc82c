// SPDX-License-Identifier: GPL-2.0-or-later
//
// Opening and setting up; sending and receiving is socket.cpp.
#include <linux/net_tstamp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <sys/socket.h>

#include <cerrno>

#include "gtpgen/command.hpp"
#include "gtpgen/echo/socket.hpp"
#include "gtpgen/echo/socket_address.hpp"
#include "gtpgen/receive/socket_setup.hpp"

namespace gtp::gen::echo {
namespace {

constexpr int kBuffer = 4 << 20;

// Linux has these in <linux/in.h>, which cannot stand beside <netinet/in.h>; IPv4 and IPv6 agree on the numbers.
int pmtu_mode(Fragment fragment) noexcept {
  switch (fragment) {
    case Fragment::system:
    case Fragment::want:
      return IP_PMTUDISC_WANT;
    case Fragment::dont:
      return IP_PMTUDISC_DONT;
    case Fragment::never:
      return IP_PMTUDISC_DO;
    case Fragment::probe:
      return IP_PMTUDISC_PROBE;
  }
  return IP_PMTUDISC_WANT;
}

bool set(int fd, int level, int name, int value) noexcept {
  return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

}  // namespace

EchoSocket::EchoSocket(Fd fd, int family, bool kernel_clock)
    : fd_(std::move(fd)), family_(family), kernel_clock_(kernel_clock) {}

Result<EchoSocket> EchoSocket::open(const SocketOptions& options) {
  const int domain = options.family == 4 ? AF_INET : AF_INET6;
  Fd fd(::socket(domain, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!fd) return Error::from_errno("cannot open an IPv" + std::to_string(options.family) + " socket");
  EchoSocket out(std::move(fd), options.family, options.kernel_clock);
  if (auto configured = out.configure(options); !configured) return std::move(configured).error();
  return out;
}

Result<void> EchoSocket::configure(const SocketOptions& options) {
  const bool v4 = family_ == 4;
  const int level = v4 ? IPPROTO_IP : IPPROTO_IPV6;
  if (!v4) set(fd(), level, IPV6_V6ONLY, 1);
  if (!options.interface.empty() && ::setsockopt(fd(), SOL_SOCKET, SO_BINDTODEVICE, options.interface.c_str(),
                                                 static_cast<socklen_t>(options.interface.size() + 1)) != 0) {
    Error error = Error::from_errno("interface " + options.interface);
    if (errno == ENODEV) error.code = ErrorCode::usage;
    return error;
  }
  if (!options.source.empty() || options.source_port != 0) {
    const SocketAddress local =
        socket_address(options.source.empty() ? IpAddress::from(std::vector<std::byte>(v4 ? 4 : 16)) : options.source,
                       options.source_port, 0);
    if (::bind(fd(), local.data(), local.size()) != 0) {
      const std::string where = (options.source.empty() ? std::string("any address") : options.source.text()) +
                                " port " + std::to_string(options.source_port);
      Error error = Error::from_errno("cannot send from " + where);
      if (errno == EADDRINUSE) error.hint = "another --source-port; `ss -lunp` shows who has this one";
      if (errno == EADDRNOTAVAIL) {
        error.code = ErrorCode::usage;
        error.hint = "an address of this host; `ip address` shows them";
      }
      return error;
    }
  }
  if (options.dscp != 0) set(fd(), level, v4 ? IP_TOS : IPV6_TCLASS, options.dscp << 2);
  if (options.ttl != 0) {
    if (auto done = set_ttl(options.ttl); !done) return done;
  }
  if (options.fragment != Fragment::system) {
    set(fd(), level, v4 ? IP_MTU_DISCOVER : IPV6_MTU_DISCOVER, pmtu_mode(options.fragment));
  }
  // ICMP errors, and ENOBUFS from queues that would else drop in silence.
  set(fd(), level, v4 ? IP_RECVERR : IPV6_RECVERR, 1);
  set(fd(), level, v4 ? IP_RECVTTL : IPV6_RECVHOPLIMIT, 1);
  set(fd(), level, v4 ? IP_RECVTOS : IPV6_RECVTCLASS, 1);
  set(fd(), SOL_SOCKET, SO_RXQ_OVFL, 1);
  // The first works only with CAP_NET_ADMIN, the second up to net.core.rmem_max.
  if (!set(fd(), SOL_SOCKET, SO_RCVBUFFORCE, kBuffer)) set(fd(), SOL_SOCKET, SO_RCVBUF, kBuffer);
  if (!set(fd(), SOL_SOCKET, SO_SNDBUFFORCE, kBuffer)) set(fd(), SOL_SOCKET, SO_SNDBUF, kBuffer);
  kernel_clock_ = kernel_clock_ && enable_stamps();
  return {};
}

Result<void> EchoSocket::set_ttl(int ttl) {
  const bool v4 = family_ == 4;
  if (!set(fd(), v4 ? IPPROTO_IP : IPPROTO_IPV6, v4 ? IP_TTL : IPV6_UNICAST_HOPS, ttl)) {
    return Error::from_errno("cannot set the TTL");
  }
  return {};
}

bool EchoSocket::enable_stamps() noexcept {
  constexpr int kFlags = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE |
                         SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;
  return set(fd(), SOL_SOCKET, SO_TIMESTAMPING, kFlags);
}

// Kernels differ in whether a datagram that was refused has used up a number. Turned off and on they count from 0 anew.
void EchoSocket::restart_numbers() {
  if (!kernel_clock_) return;
  set(fd(), SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE);
  tickets_.clear();
  first_number_ = 0;
  enable_stamps();
}

// SO_RXQ_OVFL tells with the next datagram, which may never come; the socket's own counter can be asked.
std::uint64_t EchoSocket::overflowed() const noexcept { return socket_drops(fd()).value_or(overflowed_); }

std::uint32_t EchoSocket::route_mtu(const SocketOptions& options, const Target& target) noexcept {
  auto socket = open(options);
  if (!socket) return 0;
  const SocketAddress remote =
      socket_address(target.address, target.port != 0 ? target.port : std::uint16_t{9}, target.scope);
  if (::connect(socket->fd(), remote.data(), remote.size()) != 0) return 0;
  int mtu = 0;
  socklen_t size = sizeof mtu;
  const bool v4 = options.family == 4;
  const int level = v4 ? IPPROTO_IP : IPPROTO_IPV6;
  if (::getsockopt(socket->fd(), level, v4 ? IP_MTU : IPV6_MTU, &mtu, &size) != 0) return 0;
  return mtu > 0 ? static_cast<std::uint32_t>(mtu) : 0;
}

}  // namespace gtp::gen::echo
