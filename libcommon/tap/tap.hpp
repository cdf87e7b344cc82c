// SPDX-License-Identifier: GPL-2.0-or-later
//
// Tap: counters of every tunnel that is on the wire, without a word from who owns the tunnels: kernel module, gtp5g,
// a UPF of user space. A socket filter (gtpu_counters.bpf.c) in the kernel looks at each packet of the interfaces that
// it is attached to, in and out, and adds G-PDUs up; packets are neither copied nor kept nor touched.
//
//   what is counted     G-PDUs of GTPv1-U to UDP port 2152, by {address they go to, TEID, in or out, inner family}
//   packets             on the wire: super-packets of segmentation offload, GRO and UDP_SEGMENT count as their segments
//   bytes               of T-PDUs, the packets inside: what GTPA_STATS of our kernel module counts (gtp(4))
//   fragments           a fragmented datagram counts once and whole, by its first fragment
//   beside them         Echo, Error Indications and End Markers, by pair of addresses
//   not counted         GTPv0; frames for other hosts; what a switch chip, DPDK or XDP takes before the kernel sees it
//
// The same packet passes several interfaces of a host (VLAN, bond, bridge, both ends of a veth): interfaces.hpp chooses
// so that each is seen once. It does not know which addresses are this host's: a router's forwarded packets have a key
// of direction `in` and another of `out`, and the caller tells by `to` and `from`.
//
//   Tap ──attach──▶ AF_PACKET socket of eth1 ──filter──▶ map {to, TEID, …} → {packets, bytes, seen}
//    ▲                                                                     │
//    └───────────────────────────── read(): 512 keys a call ◀──────────────┘
//
// Costs: the filter takes about 95 ns for a G-PDU and 45 ns for any other packet (one core of an EPYC, hot caches), and
// the kernel's way to it some 50 ns for a packet received and 150 ns for one sent, which it clones for its taps; of a
// super-packet the way is paid once. tests/bench/tap measures the whole. In the kernel 128 octets for each key in use
// and 16 for each that there is room for: with the default sizes 48 MiB at once and 128 MiB more for a million keys.
// read() takes about 0.2 us a key. A full map counts no new keys and says so (Losses::no_room).
//
// Needs Linux 5.17, CAP_BPF for open() and CAP_NET_RAW in the network namespace for attach(). Ends with the object: no
// program and no map stays behind. One thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "libcommon/util/bytes.hpp"
#include "libcommon/util/fd.hpp"
#include "libcommon/util/function_ref.hpp"
#include "libcommon/util/ip.hpp"
#include "libcommon/util/result.hpp"

namespace gtp::tap {

struct Key {
  IpAddress to;
  std::uint32_t teid = 0;
  bool out = false;       // sent by this host, or forwarded
  bool inner_v6 = false;  // what is inside; a tunnel of both families has two keys

  friend bool operator==(const Key&, const Key&) = default;
};

struct Count {
  Key key;
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0;
  std::uint64_t idle_ns = 0;  // since the last packet
  std::uint64_t age_ns = 0;   // since the first, in ms; wraps after 49 days
  IpAddress from;             // of the last packet
  // By a PDU Session Container, else by the direction, this host taken for the gateway.
  bool up = false;
  IpAddress ms;  // the subscriber's address in the first packet, of IPv6 its /64; empty: there was none
  std::optional<std::uint8_t> qfi;
};

// Messages that are no G-PDU, ever since, of one direction between two addresses.
struct Signals {
  IpAddress from;
  IpAddress to;
  bool out = false;
  std::uint64_t echo_requests = 0;
  std::uint64_t echo_responses = 0;
  std::uint64_t error_indications = 0;
  std::uint64_t end_markers = 0;
  std::uint64_t others = 0;
  std::uint64_t idle_ns = 0;
};

// Packets that are in no count.
struct Losses {
  std::uint64_t no_room = 0;    // G-PDUs of keys that the full map did not take
  std::uint64_t malformed = 0;  // lengths beyond the datagram, extension headers without end
  std::uint64_t version = 0;    // on port 2152 and not GTPv1

  friend bool operator==(const Losses&, const Losses&) = default;
};

struct Limits {
  std::uint32_t keys_v4 = 1U << 21;  // rounded up to a power of two for 16 octets each
  std::uint32_t keys_v6 = 1U << 20;
};

// Where a frame's IP header is.
enum class Framing : std::uint8_t {
  ethernet,  // behind an Ethernet header and up to three VLAN tags
  ip,        // at the beginning: tun, GRE, PPP
};

class Tap {
 public:
  static Result<std::unique_ptr<Tap>> open(const Limits& limits = {});
  ~Tap();

  // In the network namespace of the calling thread. [incoming_only]: for loopback, where all that is sent comes back.
  Result<void> attach(std::uint32_t interface, Framing framing, bool incoming_only = false);
  void detach(std::uint32_t interface);
  bool attached(std::uint32_t interface) const noexcept;
  std::size_t interfaces() const noexcept { return sockets_.size(); }

  // A sweep over all keys: rewind(), then read() until it says false. A slice is 512 keys. What is added meanwhile may
  // be told or not; nothing is told twice.
  void rewind() noexcept;
  Result<bool> read(FunctionRef<void(const Count&)> visitor);
  // One key now.
  std::optional<Count> find(const Key& key) const;
  // Makes room; a packet that comes later begins at 0.
  void forget(const Key& key);

  // Counts a received packet that never was on a wire: for tests. [gso_size] makes a super-packet of it. At most some
  // 3,500 octets.
  Result<void> feed(Bytes frame, Framing framing, std::uint32_t gso_size = 0);

  // All of them: there are as many as pairs of nodes.
  Result<void> read_signals(FunctionRef<void(const Signals&)> visitor);
  Losses losses() const;

 private:
  struct Object;
  struct Attached {
    std::uint32_t interface = 0;
    Fd socket;
  };

  explicit Tap(std::unique_ptr<Object> object);
  template <typename Kernel>
  Result<bool> read_map(int map, FunctionRef<void(const Count&)> visitor);

  std::unique_ptr<Object> object_;
  std::vector<Attached> sockets_;
  bool reading_v6_ = false;
  bool begun_ = false;
  std::uint32_t position_ = 0;  // in the map that is read, opaque
};

}  // namespace gtp::tap
