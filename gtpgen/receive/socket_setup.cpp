// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/socket_setup.hpp"

#include <linux/net_tstamp.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "gtpgen/receive/socket_address.hpp"

#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif

namespace gtp::gen {
namespace {

// Sets an option of type int; what it could not set, it says.
bool set(int fd, int level, int name, int value) noexcept {
  return ::setsockopt(fd, level, name, &value, sizeof value) == 0;
}

int value_of(int fd, int level, int name) noexcept {
  int value = 0;
  socklen_t length = sizeof value;
  return ::getsockopt(fd, level, name, &value, &length) == 0 ? value : 0;
}

Error bind_error(const Endpoint& endpoint) {
  const int error = errno;
  const std::string where = text_of(endpoint);
  Error failure = Error::from_errno("cannot receive on " + where, error);
  if (error == EADDRINUSE) {
    failure.hint =
        "another address, or --tap IF beside its owner: ss -ulnp 'sport = :" + std::to_string(endpoint.port) +
        "' (the kernel's gtp device shows without a process)";
  } else if (error == EADDRNOTAVAIL) {
    failure.hint = "an address of this host: ip -br address";
  }
  return failure;
}

}  // namespace

SocketFacts prepare_socket(int fd, std::size_t wanted, bool time_stamps) {
  SocketFacts facts;
  const int octets = static_cast<int>(std::min<std::size_t>(wanted, 1U << 30));
  if (!set(fd, SOL_SOCKET, SO_RCVBUFFORCE, octets)) set(fd, SOL_SOCKET, SO_RCVBUF, octets);
  // The kernel grants twice what was asked for, and counts its own overhead against that.
  facts.buffer = static_cast<std::size_t>(value_of(fd, SOL_SOCKET, SO_RCVBUF)) / 2;
  if (facts.buffer < static_cast<std::size_t>(octets)) {
    facts.note = "the receive buffer is " + std::to_string(facts.buffer) + " octets, " + std::to_string(octets) +
                 " were wanted: sysctl -w net.core.rmem_max=" + std::to_string(octets);
  }
  facts.aggregates = set(fd, IPPROTO_UDP, UDP_GRO, 1);
  if (!time_stamps) return facts;
  const int stamps = value_of(fd, SOL_SOCKET, SO_TIMESTAMPING);
  facts.stamps = set(fd, SOL_SOCKET, SO_TIMESTAMPING,
                     stamps | static_cast<int>(SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE));
  return facts;
}

std::optional<std::uint64_t> socket_drops(int fd) noexcept {
  std::array<std::uint32_t, SK_MEMINFO_VARS> facts{};
  socklen_t length = sizeof facts;
  if (::getsockopt(fd, SOL_SOCKET, SO_MEMINFO, facts.data(), &length) != 0) return std::nullopt;
  if (length <= SK_MEMINFO_DROPS * sizeof facts[0]) return std::nullopt;
  return facts[SK_MEMINFO_DROPS];
}

Result<Endpoint> parse_endpoint(std::string_view text, const Endpoint& otherwise) {
  Endpoint out = otherwise;
  std::string_view address = text;
  std::string_view port;
  bool has_port = false;
  const Error wrong{ErrorCode::usage, 0, "\"" + std::string(text) + "\" is no address and port",
                    "ADDRESS, ADDRESS:PORT, [IPV6]:PORT or :PORT"};
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return wrong;
    address = text.substr(1, end - 1);
    const std::string_view rest = text.substr(end + 1);
    if (!rest.empty() && rest.front() != ':') return wrong;
    has_port = !rest.empty();
    port = rest.substr(has_port ? 1 : 0);
  } else if (const std::size_t colon = text.find(':');
             colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
    address = text.substr(0, colon);
    port = text.substr(colon + 1);
    has_port = true;
  }
  if (!address.empty()) {
    const auto parsed = IpAddress::parse(address);
    if (!parsed) return wrong;
    out.address = *parsed;
  } else if (!has_port) {
    return wrong;
  }
  if (has_port) {
    const auto [stop, error] = std::from_chars(port.data(), port.data() + port.size(), out.port);
    if (error != std::errc{} || stop != port.data() + port.size() || port.empty()) return wrong;
  }
  return out;
}

std::string text_of(const Endpoint& endpoint) {
  const std::string port = ":" + std::to_string(endpoint.port);
  return endpoint.address.version() == 6 ? "[" + endpoint.address.text() + "]" + port : endpoint.address.text() + port;
}

Result<Fd> bind_udp(const Binding& binding) {
  const bool v6 = binding.endpoint.address.version() == 6;
  Fd socket(::socket(v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket) return Error::from_errno("cannot make a UDP socket");
  const int fd = socket.value();
  if (binding.share && !set(fd, SOL_SOCKET, SO_REUSEPORT, 1)) return Error::from_errno("SO_REUSEPORT");
  if (v6) set(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (binding.local_addresses) {
    const bool told = v6 ? set(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1) : set(fd, IPPROTO_IP, IP_PKTINFO, 1);
    if (!told) return Error::from_errno("IP_PKTINFO");
  }
  const SocketAddress address(binding.endpoint);
  if (::bind(fd, address.data(), address.size()) != 0) return bind_error(binding.endpoint);
  return socket;
}

}  // namespace gtp::gen
