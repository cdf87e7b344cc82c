// SPDX-License-Identifier: GPL-2.0-or-later
//
// Paths: two addresses that talk one protocol, whatever the direction. Their traffic each way, whether Echo (in PFCP:
// Heartbeat) is answered and how fast, restarts, Error Indications.
//
// A restart is a change of the sender's restart counter (TS 23.007, 18) or recovery time stamp (TS 29.244, 6.2.2). On
// the GTP user plane the counter means nothing (TS 29.281, 8.2) and is ignored. GTPv1-C and v2-C share a path, since
// they share the counter.
//
// At most kMaxPaths are told apart, in 6 MiB; what others carry is counted in one sum.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <vector>

#include "gtpdump/stats/message_facts.hpp"
#include "gtpdump/stats/message_stats.hpp"
#include "gtpdump/stats/section.hpp"
#include "libcommon/packet/layer.hpp"
#include "libcommon/util/flat_table.hpp"

namespace gtp::dump::stats {

class PathStats {
 public:
  static constexpr std::size_t kMaxPaths = 16384;

  // Every message.
  void count(const packet::Layer& layer, std::uint64_t octets);
  // A control message, right after its count().
  void control(const packet::Layer& layer, const MessageFacts& facts, const Exchange& exchange);

  std::size_t size() const noexcept { return paths_.size(); }
  void print(Page& page) const;
  void print_json(output::JsonWriter& json) const;

 private:
  enum class Family : std::uint8_t { gtpv0, gtp_c, gtp_u, gtp_prime, pfcp };

  // a < b. Without padding, for hashing.
  struct Key {
    IpAddress a;
    IpAddress b;
    Family family = Family::gtp_c;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Way {
    std::uint64_t packets = 0;
    std::uint64_t octets = 0;
    std::uint64_t restarts = 0;
    std::uint64_t restart_counter = 0;
    bool has_restart_counter = false;
  };
  struct Path {
    Key key;
    std::array<Way, 2> ways;  // sent by a, sent by b
    std::uint64_t echo_requests = 0;
    std::uint64_t echo_answered = 0;
    std::uint64_t rtt_count = 0;
    std::uint64_t rtt_sum = 0;
    std::uint64_t rtt_min = 0;
    std::uint64_t rtt_max = 0;
    std::uint64_t error_indications = 0;
  };

  static Family family_of(wire::Protocol protocol) noexcept;
  static std::string_view name_of(Family family, Naming naming) noexcept;
  void find(const packet::Layer& layer);
  void fill(output::Table& table, std::size_t limit, Naming naming) const;

  std::vector<Path> paths_;
  FlatTable<Key, std::uint32_t> index_;
  // Where the last packet belonged; most have the same path as the one before, one way or the other.
  Path* last_ = nullptr;
  std::size_t way_ = 0;
  Way others_;
};

}  // namespace gtp::dump::stats
