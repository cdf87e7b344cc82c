// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reassembler: IPv4 and IPv6 fragments into datagrams, in any order, overlaps resolved to the octets that came first
// (RFC 5722 forbids IPv6 overlaps; a capture tool must still show something).
//
// Bounded: at most `max_datagrams` incomplete datagrams and `max_octets` held; the oldest is dropped and counted.
// Datagrams older than `max_age_ns` of capture time are dropped. One thread.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "libcommon/packet/layer.hpp"

namespace gtp::packet {

struct ReassemblerLimits {
  std::size_t max_datagrams = 1024;
  std::size_t max_octets = 8U << 20;
  std::uint64_t max_age_ns = 30'000'000'000;
};

struct Reassembled {
  FragmentInfo first;                   // of the fragment with offset 0, its payload the whole datagram
  std::unique_ptr<std::byte[]> buffer;  // owns first.payload
  std::vector<std::uint64_t> frames;    // of the fragments, in order of their offset
};

class Reassembler {
 public:
  explicit Reassembler(ReassemblerLimits limits = {});
  ~Reassembler();
  Reassembler(const Reassembler&) = delete;
  Reassembler& operator=(const Reassembler&) = delete;

  // Adds a fragment (its octets are copied). True when it completed a datagram, which is then in [out].
  // [scope] separates fragments that must not meet: 0 outside tunnels, else a hash of tunnel and direction.
  bool add(const FragmentInfo& fragment, std::uint64_t scope, std::uint64_t frame, std::uint64_t time_ns,
           Reassembled& out);

  // Datagrams given up: too old, too many, or contradicting themselves.
  std::uint64_t dropped() const noexcept { return dropped_; }
  std::size_t pending() const noexcept { return datagrams_.size(); }
  std::size_t octets_held() const noexcept { return octets_; }

 private:
  // What the fragments of one datagram have in common (RFC 791, 3.2; RFC 8200, 4.5).
  struct Key {
    IpAddress src;
    IpAddress dst;
    std::uint32_t id = 0;
    std::uint8_t protocol = 0;  // IPv4 only: in IPv6 the first fragment's alone counts
    bool inner = false;
    std::uint64_t scope = 0;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept;
  };
  struct Datagram;
  using Datagrams = std::list<Datagram>;  // oldest first

  void drop(Datagrams::iterator datagram);
  void make_room(std::uint64_t time_ns);

  ReassemblerLimits limits_;
  Datagrams datagrams_;
  std::unordered_map<Key, Datagrams::iterator, KeyHash> by_key_;
  std::size_t octets_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace gtp::packet
