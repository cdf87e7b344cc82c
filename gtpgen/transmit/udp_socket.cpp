// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/transmit/udp_socket.hpp"

#include <ifaddrs.h>
#include <sys/socket.h>

#include <memory>

namespace gtp::gen {
namespace {

// linux/in.h and linux/in6.h clash with the headers of the C library.
constexpr int kProbe = 3;     // IP_PMTUDISC_PROBE: DF, whatever the path MTU is thought to be
constexpr int kFragment = 0;  // IP_PMTUDISC_DONT

void set(int fd, int level, int option, int value) noexcept {
  // What an old kernel does not know is a loss of comfort only.
  static_cast<void>(::setsockopt(fd, level, option, &value, sizeof value));
}

Error bind_error(const Endpoint& local, int error) {
  Error result = Error::from_errno("cannot bind " + text_of(local) + "/udp", error);
  if (error == EADDRINUSE) {
    result.what += ": the kernel's GTP or another program has the port";
    result.hint = "--sport 0 for any other port, or --source with an address of this host's that is free";
  } else if (error == EADDRNOTAVAIL) {
    result.code = ErrorCode::usage;
    result.hint = "ip address add " + local.address.text() + "/32 dev lo";
  } else if (error == EACCES) {
    result.hint = "a port of 1024 or above, or CAP_NET_BIND_SERVICE";
  }
  return result;
}

Error connect_error(const Endpoint& destination, int error) {
  Error result = Error::from_errno("cannot send to " + destination.address.text(), error);
  if (error == ENETUNREACH || error == EHOSTUNREACH) {
    result.hint = "ip route get " + destination.address.text();
  } else if (error == EACCES) {
    result.what += " (a broadcast address?)";
    result.code = ErrorCode::usage;
  }
  return result;
}

}  // namespace

Result<Fd> open_udp_socket(const UdpOptions& options) {
  const bool connected = !options.destination.address.empty();
  const int family = (connected ? options.destination : options.local).address.is_v6() ? AF_INET6 : AF_INET;
  Fd fd(::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, IPPROTO_UDP));
  if (!fd) return Error::from_errno("cannot make a UDP socket");
  if (!options.device.empty() && ::setsockopt(fd.value(), SOL_SOCKET, SO_BINDTODEVICE, options.device.c_str(),
                                              static_cast<socklen_t>(options.device.size())) != 0) {
    return Error::from_errno("cannot use interface " + options.device);
  }
  const int tos = options.dscp << 2;
  const int discover = options.fragment ? kFragment : kProbe;
  if (family == AF_INET6) {
    set(fd.value(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
    set(fd.value(), IPPROTO_IPV6, IPV6_RECVERR, 1);
    set(fd.value(), IPPROTO_IPV6, IPV6_TCLASS, tos);
    set(fd.value(), IPPROTO_IPV6, IPV6_MTU_DISCOVER, discover);
  } else {
    set(fd.value(), IPPROTO_IP, IP_RECVERR, 1);
    set(fd.value(), IPPROTO_IP, IP_TOS, tos);
    set(fd.value(), IPPROTO_IP, IP_MTU_DISCOVER, discover);
  }
  set(fd.value(), SOL_SOCKET, SO_SNDBUF, options.send_buffer);
  // A send that finds no room waits, but not for ever: the run must end when it should.
  const timeval patience{0, 100'000};
  static_cast<void>(::setsockopt(fd.value(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience));
  if (!options.local.address.empty()) {
    const SocketAddress local(options.local);
    if (::bind(fd.value(), local.data(), local.size()) != 0) return bind_error(options.local, errno);
  }
  if (connected) {
    const SocketAddress destination(options.destination);
    if (::connect(fd.value(), destination.data(), destination.size()) != 0) {
      return connect_error(options.destination, errno);
    }
  }
  return fd;
}

Endpoint local_endpoint(int fd) noexcept {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  const auto address = static_cast<sockaddr*>(static_cast<void*>(&storage));
  if (::getsockname(fd, address, &length) != 0) return {};
  return SocketAddress(&storage, length).endpoint();
}

std::string interface_of(const IpAddress& address) {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> owner(list, ::freeifaddrs);
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
    if (one->ifa_addr == nullptr) continue;
    const int family = one->ifa_addr->sa_family;
    if (family != AF_INET && family != AF_INET6) continue;
    const socklen_t length = family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6);
    if (SocketAddress(one->ifa_addr, length).endpoint().address == address) return one->ifa_name;
  }
  // The whole of 127.0.0.0/8 is lo's.
  return address.is_v4() && address.to_v4() >> 24 == 127 ? "lo" : "";
}

}  // namespace gtp::gen
