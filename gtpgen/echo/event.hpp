// SPDX-License-Identifier: GPL-2.0-or-later
//
// What goes in and out of the engine: targets, packets to send, packets that came, and the events that outputs print.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gtpgen/echo/answer.hpp"
#include "gtpgen/echo/dialect.hpp"
#include "libcommon/util/ip.hpp"

namespace gtp::gen::echo {

class Peer;

// A host to ask.
struct Target {
  std::string name;  // as the user wrote it
  IpAddress address;
  std::uint16_t port = 0;   // 0: the dialect's
  std::uint32_t scope = 0;  // interface of a link-local address
};

// Which request of which peer; comes back with what the sockets learn about it.
struct Ticket {
  std::uint32_t peer = 0;
  std::uint64_t number = 0;  // of the request, from 0 on, never wraps
};

// Requests that are due. The octets of all lie in one buffer.
struct Outbox {
  struct Packet {
    Ticket ticket;
    IpAddress address;
    std::uint16_t port = 0;
    std::uint32_t scope = 0;
    std::size_t offset = 0;
    std::size_t length = 0;
  };
  static constexpr std::size_t kLimit = 64;

  std::vector<Packet> packets;
  std::vector<std::byte> octets;

  bool full() const noexcept { return packets.size() >= kLimit; }
  Bytes view(const Packet& packet) const noexcept { return Bytes(octets).subspan(packet.offset, packet.length); }
  void clear() noexcept {
    packets.clear();
    octets.clear();
  }
};

// A datagram that came. Times: `now_ns` is the monotonic clock's, `kernel_ns` the kernel's stamp, of the realtime
// clock.
struct Arrival {
  IpAddress from;
  std::uint16_t port = 0;
  std::uint64_t now_ns = 0;
  std::uint64_t kernel_ns = 0;  // 0: no stamp
  std::optional<std::uint8_t> ttl;
  std::optional<std::uint8_t> tos;
};

// An ICMP error about a datagram of ours.
struct IcmpError {
  IpAddress destination;  // of our datagram
  std::uint16_t port = 0;
  IpAddress sender;  // who says so; empty when unknown
  bool ipv6 = false;
  std::uint8_t type = 0;
  std::uint8_t code = 0;
  std::uint32_t mtu = 0;  // of "fragmentation needed" and "packet too big"; 0: not told
  Bytes quoted;           // our octets, as far as they were sent back
};
// "port unreachable".
std::string_view describe(const IcmpError& error) noexcept;

struct Event {
  enum class Kind : std::uint8_t {
    answered,
    duplicate,
    late,           // answered after it was given up
    lost,           // given up
    malformed,      // `reason`
    unreachable,    // `icmp`
    not_sent,       // `error`
    retransmitted,  // `attempts`
    unexpected,     // a datagram that answers nothing of ours; `reason`
    peer_asks,      // an Echo Request of the peer
    fallback,       // `dialect` did not work; the peer's is tried next
    restarted,      // `previous` counter, the peer's is the new one
    older_counter,  // discarded
    path_up,
    path_down,
  };
  Kind kind;
  const Peer& peer;
  std::uint64_t now_ns = 0;
  std::uint32_t sequence_number = 0;
  Dialect dialect = Dialect::gtpv2;
  unsigned attempts = 1;
  std::optional<std::uint64_t> rtt_ns = {};  // of requests that were sent once
  bool kernel_clock = false;
  std::uint8_t previous = 0;
  int error = 0;
  std::string_view reason = {};
  const Answer* answer = nullptr;
  const Arrival* arrival = nullptr;
  const IcmpError* icmp = nullptr;
};

// Receives events while the engine works; it must not call back into it.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void handle(const Event& event) = 0;
};

}  // namespace gtp::gen::echo
