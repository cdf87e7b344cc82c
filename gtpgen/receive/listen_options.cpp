// SPDX-License-Identifier: GPL-2.0-or-later
#include "gtpgen/receive/listen_options.hpp"

#include <linux/filter.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>

#include "gtpgen/take.hpp"
#include "libcommon/wire/protocol.hpp"

namespace gtp::gen {
namespace {

constexpr std::uint64_t kMostThreads = 256;
constexpr std::uint64_t kLeastBuffer = 4096;
constexpr std::uint64_t kMostBuffer = 1U << 30;

Endpoint everywhere() { return {IpAddress::v4(0), wire::kPortGtpU}; }

Endpoint everywhere6() {
  constexpr std::array<std::byte, 16> kAny{};
  return {IpAddress::from(kAny), wire::kPortGtpU};
}

// ICMP errors and a full transmit queue are to be seen (IP_RECVERR).
void show_errors(int fd, int version) noexcept {
  const int on = 1;
  if (version == 6) {
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  } else {
    ::setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  }
}

// Sockets that share an address get its datagrams by TEID and not by the outer flow: between two gateways there is one
// flow only, and a tunnel's packets stay with one thread, in order. What is too short for a TEID goes to the first.
void share_by_teid(int fd, std::uint64_t threads) noexcept {
  std::array<sock_filter, 3> program = {{
      {BPF_LD | BPF_W | BPF_ABS, 0, 0, 4},  // behind the UDP header: the TEID
      {BPF_ALU | BPF_MOD | BPF_K, 0, 0, static_cast<std::uint32_t>(threads)},
      {BPF_RET | BPF_A, 0, 0, 0},
  }};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  // Without it the kernel shares by flow, which is right, too.
  (void)::setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &filter, sizeof filter);
}

}  // namespace

OptionGroup listen_options(ListenOptions& target) {
  return {"Receive",
          {
              {"-l,--listen", "ADDR[:PORT]", "where to listen (port 2152 of every address)",
               [&target](std::string_view given) -> Result<void> {
                 auto endpoint = parse_endpoint(given, everywhere());
                 if (!endpoint) return std::move(endpoint).error();
                 target.endpoints.push_back(*endpoint);
                 return {};
               },
               true},
              {"-T,--threads", "N", "threads that receive (1)", take_count(target.threads, 1, kMostThreads)},
              {"--rcvbuf", "OCTETS", "receive buffer of each socket (8Mi)",
               take_count(target.receive_buffer, kLeastBuffer, kMostBuffer)},
          }};
}

Result<std::vector<Fd>> open_sockets(const ListenOptions& options, bool by_teid) {
  std::vector<Endpoint> endpoints = options.endpoints;
  if (options.default_everywhere()) endpoints = {everywhere(), everywhere6()};
  std::vector<Fd> sockets;
  for (const Endpoint& endpoint : endpoints) {
    // Threads share an address's datagrams by flow.
    for (std::uint64_t i = 0; i < options.threads; ++i) {
      auto socket = bind_udp({endpoint, options.threads > 1, true});
      if (!socket) {
        // A host without IPv6 is no reason to fail when nobody asked for it.
        const int error = socket.error().system;
        const bool absent = error == EAFNOSUPPORT || error == EADDRNOTAVAIL;
        if (options.default_everywhere() && endpoint.address.version() == 6 && absent) break;
        return std::move(socket).error();
      }
      show_errors(socket->value(), endpoint.address.version());
      sockets.push_back(*std::move(socket));
      if (options.threads > 1 && by_teid && i + 1 == options.threads) {
        share_by_teid(sockets.back().value(), options.threads);
      }
    }
  }
  return sockets;
}

std::string describe(const ListenOptions& options) {
  if (options.default_everywhere()) return "every address, port " + std::to_string(wire::kPortGtpU);
  std::string text;
  for (const Endpoint& endpoint : options.endpoints) text += (text.empty() ? "" : ", ") + text_of(endpoint);
  return text;
}

}  // namespace gtp::gen
