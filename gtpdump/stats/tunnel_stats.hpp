// SPDX-License-Identifier: GPL-2.0-or-later
//
// GTP-U tunnels, each one direction: the receiver's address and the TEID that it has given out. Octets are those of the
// T-PDUs.
//
// Where the sender numbers its G-PDUs (S=1), numbers that never came are counted per tunnel: a jump forward is a gap, a
// late packet fills it again (TS 29.281, 5.1; 16 bits, half of the circle is "before").
//
// At most kMaxTunnels are told apart, in 24 MiB; what others carry is counted in one sum. One hash lookup per G-PDU.
#pragma once

#include <cstdint>
#include <vector>

#include "gtpdump/stats/section.hpp"
#include "gtpdump/stats/session_stats.hpp"
#include "libcommon/packet/layer.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump::stats {

class TunnelStats {
 public:
  // Three quarters of 2^18: where the table would double again.
  static constexpr std::size_t kMaxTunnels = 196'608;

  // A G-PDU whose T-PDU has [octets], of [session] (0: not known), captured at [time_ns].
  void add(const packet::Layer& layer, std::uint64_t octets, std::uint64_t session, std::uint64_t time_ns);

  void print(Page& page, const SessionStats& sessions) const;
  void print_json(output::JsonWriter& json, const SessionStats& sessions) const;
  std::size_t memory_bytes() const noexcept { return tunnels_.capacity() * sizeof(Tunnel) + index_.memory_bytes(); }

 private:
  // Without padding, for hashing. An IPv4 address stands in [low].
  struct Key {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    std::uint32_t teid = 0;
    std::uint32_t ip_version = 0;
    friend bool operator==(const Key&, const Key&) = default;

    static Key of(const IpAddress& address, std::uint32_t teid) noexcept;
    IpAddress address() const noexcept;
  };
  struct Tunnel {
    std::uint64_t packets = 0;
    std::uint64_t octets = 0;
    std::uint64_t first_ns = 0;
    std::uint64_t last_ns = 0;
    std::uint64_t qfis = 0;  // bit n: QFI n was seen (six bits, TS 38.415, 5.5.3.3)
    std::uint64_t session = 0;
    std::uint32_t missing = 0;
    std::uint32_t reordered = 0;
    std::uint16_t sequence_number = 0;  // the furthest
    bool has_sequence_number = false;
  };

  static void follow_sequence(Tunnel& tunnel, std::uint16_t number) noexcept;
  // The keys of the tunnels at [positions], in their order.
  std::vector<Key> keys_of(const std::vector<std::size_t>& positions) const;
  std::vector<std::size_t> top() const;

  std::vector<Tunnel> tunnels_;
  FlatTable<Key, std::uint32_t> index_;
  std::uint64_t packets_ = 0;
  std::uint64_t octets_ = 0;
  std::uint64_t other_packets_ = 0;
  std::uint64_t other_octets_ = 0;
};

}  // namespace gtp::dump::stats
