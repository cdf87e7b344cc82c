// SPDX-License-Identifier: GPL-2.0-or-later
//
// Reassembler: IPv4 and IPv6 fragments into datagrams, in any order, overlaps resolved to the octets that came first
// (RFC 5722 forbids IPv6 overlaps; a capture tool must still show something).
//
// Bounded: at most `max_datagrams` incomplete datagrams and `max_octets` held; the oldest is dropped and counted.
// Datagrams older than `max_age_ns` of capture time are dropped. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "libcommon/packet/layer.hpp"

namespace gtp::packet {

struct ReassemblerLimits {
  std::size_t max_datagrams = 1024;
  std::size_t max_octets = 8U << 20;
  std::uint64_t max_age_ns = 30'000'000'000;
};

struct Reassembled {
  FragmentInfo first;                       // of the fragment with offset 0, its payload the whole datagram
  std::unique_ptr<std::byte[]> buffer;      // owns first.payload
  std::vector<std::uint64_t> frames;        // of the fragments, in order of their offset
};

class Reassembler {
 public:
  explicit Reassembler(ReassemblerLimits limits = {});
  ~Reassembler();

  // Adds a fragment (its octets are copied). True when it completed a datagram, which is then in [out].
  // [scope] separates fragments that must not meet: 0 outside tunnels, else a hash of tunnel and direction.
  bool add(const FragmentInfo& fragment, std::uint64_t scope, std::uint64_t frame, std::uint64_t time_ns,
           Reassembled& out);

  // Datagrams given up: too old, too many, or too large.
  std::uint64_t dropped() const noexcept { return dropped_; }

 private:
  struct Datagram;
  ReassemblerLimits limits_;
  std::vector<std::unique_ptr<Datagram>> datagrams_;
  std::size_t octets_ = 0;
  std::uint64_t dropped_ = 0;
};

}  // namespace gtp::packet
