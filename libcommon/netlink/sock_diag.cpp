// SPDX-License-Identifier: GPL-2.0-or-later
#include "libcommon/netlink/sock_diag.hpp"

#include <arpa/inet.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>

#include <cerrno>

namespace gtp::netlink {
namespace {

IpAddress address_of(const std::uint32_t (&words)[4], bool v6) noexcept {
  const Bytes octets = std::as_bytes(std::span(words));
  const IpAddress address = IpAddress::from(v6 ? octets : octets.first(4));
  for (const std::byte octet : address.octets()) {
    if (octet != std::byte{0}) return address;
  }
  return {};
}

UdpSocket::Memory memory_of(Bytes data) noexcept {
  std::uint32_t words[SK_MEMINFO_VARS] = {};
  load_prefix(data, words);
  return {words[SK_MEMINFO_RMEM_ALLOC], words[SK_MEMINFO_RCVBUF],  words[SK_MEMINFO_WMEM_ALLOC],
          words[SK_MEMINFO_SNDBUF],     words[SK_MEMINFO_BACKLOG], words[SK_MEMINFO_DROPS]};
}

Result<void> dump_family(Connection& connection, std::uint8_t family, std::uint16_t port,
                         FunctionRef<void(const UdpSocket&)> visitor) {
  Request request(SOCK_DIAG_BY_FAMILY);
  inet_diag_req_v2 header{};
  header.sdiag_family = family;
  header.sdiag_protocol = IPPROTO_UDP;
  header.idiag_ext = 1U << (INET_DIAG_SKMEMINFO - 1);
  header.idiag_states = ~0U;
  header.id.idiag_sport = htons(port);
  request.header(header);
  UdpSocket socket;
  const Result<DumpResult> done = connection.dump(request, [&](const Message& message) {
    if (decode_udp_socket(message, socket)) visitor(socket);
  });
  if (done) return {};
  // Debian and others build udp_diag as a module; a kernel without it answers ENOENT.
  if (done.error().system == ENOENT) {
    return Error{ErrorCode::unsupported, ENOENT, "this kernel cannot list UDP sockets", "sudo modprobe udp_diag"};
  }
  return done.error();
}

}  // namespace

bool decode_udp_socket(const Message& message, UdpSocket& socket) noexcept {
  inet_diag_msg header{};
  if (!load_native(message.payload, header)) return false;
  const bool v6 = header.idiag_family == AF_INET6;
  if (!v6 && header.idiag_family != AF_INET) return false;
  socket = UdpSocket{};
  socket.version = v6 ? 6 : 4;
  socket.local = address_of(header.id.idiag_src, v6);
  socket.local_port = ntohs(header.id.idiag_sport);
  socket.peer = address_of(header.id.idiag_dst, v6);
  socket.peer_port = ntohs(header.id.idiag_dport);
  socket.link = header.id.idiag_if;
  socket.uid = header.idiag_uid;
  socket.inode = header.idiag_inode;
  socket.receive_queue_bytes = header.idiag_rqueue;
  socket.send_queue_bytes = header.idiag_wqueue;
  bool sound = true;
  Attributes attributes = message.attributes(sizeof header);
  for (Attribute attribute; sound && attributes.next(attribute);) {
    if (attribute.type == INET_DIAG_SKMEMINFO) socket.memory = memory_of(attribute.data);
    if (attribute.type != INET_DIAG_SKV6ONLY) continue;
    std::uint8_t only = 0;
    sound = attribute.read(only);
    socket.v6_only = only != 0;
  }
  return sound && !attributes.malformed();
}

Result<void> udp_sockets(Connection& connection, std::span<const std::uint16_t> ports,
                         FunctionRef<void(const UdpSocket&)> visitor) {
  constexpr std::uint16_t kAll[] = {0};
  for (const int family : {AF_INET, AF_INET6}) {
    for (const std::uint16_t port : ports.empty() ? std::span<const std::uint16_t>(kAll) : ports) {
      if (Result<void> done = dump_family(connection, static_cast<std::uint8_t>(family), port, visitor); !done)
        return done;
    }
  }
  return {};
}

}  // namespace gtp::netlink
